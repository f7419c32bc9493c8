/**
 * The data type of the house: N series of T steps and D variables, with gaps.
 *
 * Cells are row-major [N, T, D]: cell (i, t, j) is at `(i * T + t) * D + j`. A missing cell holds 0 in
 * `values` and 0 in `mask`; no placeholder ever reaches a product. Steps outside `starts[i] <= t < ends[i]`
 * are not gaps: the series does not exist there, and their mask is 0 as well.
 */
export interface SeriesSet {
  readonly name: string;
  /** N, number of series. */
  readonly n: number;
  /** T, number of steps of the longest series. */
  readonly t: number;
  /** D, number of variables. */
  readonly d: number;
  /** [N, T, D], original units; 0 where missing. */
  readonly values: Float64Array;
  /** [N, T, D]; 1 = observed. */
  readonly mask: Uint8Array;
  /** [N]; first step of each series. */
  readonly starts: Int32Array;
  /** [N]; step after the last of each series. */
  readonly ends: Int32Array;
  /** [N]; unique. */
  readonly ids: readonly string[];
  /** [D] names of the variables. */
  readonly variables: readonly string[];
  readonly time: TimeAxis;
  /** Kept apart: only metrics and colours may read it. */
  readonly labels: Labels | null;
  /** [N]; a split named in the file, for example train and test. Empty strings where unknown. */
  readonly split: readonly string[] | null;
}

/** `values[t]` is a number, or milliseconds since 1970 for `date`; `texts[t]` is what the file said. */
export interface TimeAxis {
  readonly kind: 'index' | 'number' | 'date';
  readonly name: string;
  readonly values: Float64Array;
  readonly texts: readonly string[];
}

/** `codes[i]` indexes `names`; -1 where the file gives none. */
export interface Labels {
  readonly name: string;
  readonly names: readonly string[];
  readonly codes: Int32Array;
}

/** True when step t belongs to series i. */
export function within(set: SeriesSet, i: number, t: number): boolean {
  return t >= set.starts[i] && t < set.ends[i];
}

/** Flat indices, ascending, of the cells that lie within their series and are 0 in `mask`. */
export function gapCells(set: SeriesSet, mask: Uint8Array = set.mask): Uint32Array {
  const cells: number[] = [];
  for (let i = 0; i < set.n; i++) {
    for (let at = (i * set.t + set.starts[i]) * set.d; at < (i * set.t + set.ends[i]) * set.d; at++) {
      if (mask[at] === 0) cells.push(at);
    }
  }
  return Uint32Array.from(cells);
}
