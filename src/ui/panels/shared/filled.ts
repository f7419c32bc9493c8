import type { SeriesSet } from '../../../core/series/SeriesSet';

/**
 * [N, T, D] in original units: what the file says, and in the gaps what the model says. NaN where the series does not
 * exist or nothing is known. A hidden cell keeps its true value.
 */
export function filledValues(set: SeriesSet, gaps: Uint32Array | null, imputed: Float32Array | null): Float32Array {
  const all = new Float32Array(set.values.length);
  for (let at = 0; at < all.length; at++) all[at] = set.mask[at] === 1 ? set.values[at] : Number.NaN;
  if (gaps !== null && imputed !== null) {
    for (let g = 0; g < gaps.length; g++) if (set.mask[gaps[g]] === 0) all[gaps[g]] = imputed[g];
  }
  return all;
}

/** Index of the first of `sorted` that is `value` or more. */
export function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
