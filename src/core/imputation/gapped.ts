/** What an imputer reads: cells [N, T, D], row-major, with a mask; a TrainingData or a SeriesSet fits. */
export interface Gapped<A extends Float32Array | Float64Array = Float32Array | Float64Array> {
  readonly n: number;
  readonly t: number;
  readonly d: number;
  /** [N, T, D]; what stands where `mask` is 0 is never read. */
  readonly values: A;
  /** [N, T, D]; 1 = observed. */
  readonly mask: Uint8Array;
  /** [N]; first step of each series. */
  readonly starts: Int32Array;
  /** [N]; step after the last of each series. */
  readonly ends: Int32Array;
}

/**
 * A copy of the values in which every gap within a series holds `fill(i, t, j)` for series i, step t, variable j.
 * Observed cells are kept bit by bit; cells outside the series are 0.
 */
export function filled<A extends Float32Array | Float64Array>(data: Gapped<A>, fill: (i: number, t: number, j: number) => number): A {
  const { n, t: T, d: D, values, mask, starts, ends } = data;
  const result = values.slice() as A;
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < T; t++) {
      const within = t >= starts[i] && t < ends[i];
      for (let j = 0; j < D; j++) {
        const at = (i * T + t) * D + j;
        if (!within) result[at] = 0;
        else if (mask[at] === 0) result[at] = fill(i, t, j);
      }
    }
  }
  return result;
}
