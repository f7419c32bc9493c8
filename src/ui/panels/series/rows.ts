import type { SeriesSet } from '../../../core/series/SeriesSet';

/** Series shown one below the other. */
export const ROWS = 4;

/** Variables of one series shown one below the other. */
export const MOST_VARIABLES = 8;

export type Order = 'inFile' | 'leastCertain';

/** The series to page through: the selected ones, or all; by place in the file, or by confidence from the least. */
export function listed(n: number, selection: readonly number[], order: Order, confidence: Float32Array | null): number[] {
  const series = selection.length > 0 ? [...selection] : Array.from({ length: n }, (_, i) => i);
  return order === 'leastCertain' && confidence !== null ? series.sort((a, b) => confidence[a] - confidence[b] || a - b) : series;
}

/** Observed and missing cells of one series, all variables together. */
export function cellCounts(set: SeriesSet, i: number): { observed: number; missing: number } {
  const [from, to] = [(i * set.t + set.starts[i]) * set.d, (i * set.t + set.ends[i]) * set.d];
  let observed = 0;
  for (let at = from; at < to; at++) observed += set.mask[at];
  return { observed, missing: to - from - observed };
}
