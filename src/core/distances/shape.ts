/** A series without gaps, as cross-correlation reads it. */
export interface Shape {
  /** Steps. */
  readonly n: number;
  readonly d: number;
  /** [n, D]. */
  readonly values: Float64Array;
  /** ‖values‖. */
  readonly norm: number;
  /** What was transformed already, by its size. */
  readonly spectra: Map<number, Spectrum>;
}

/** The transform of each variable, zero-padded. */
export interface Spectrum {
  /** [D, size]. */
  re: Float64Array;
  im: Float64Array;
}

/** Where two series fit best. */
export interface Match {
  /** Of the second series; later when positive. */
  shift: number;
  /** The normalised cross-correlation there, in [−1, 1]. */
  similarity: number;
}

export function shapeOf(values: Float64Array, d: number): Shape {
  return { n: values.length / d, d, values, norm: Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)), spectra: new Map() };
}

/** The match of two series where the cross-correlation is greatest; a series that is 0 throughout is like such series only. */
export function matchOf(a: Shape, b: Shape, shift: number, correlation: number): Match {
  const scale = a.norm * b.norm;
  if (!(scale > 0)) return { shift: 0, similarity: a.norm === b.norm ? 1 : 0 };
  return { shift, similarity: Math.min(1, Math.max(-1, correlation / scale)) };
}
