import type { SeriesSet } from '../../core/series/SeriesSet';

/** Share of the cells within their series that are gaps; 0 where there is no cell. */
export function missingShare({ mask, starts, ends, d }: Pick<SeriesSet, 'mask' | 'starts' | 'ends' | 'd'>): number {
  const within = starts.reduce((sum, start, i) => sum + (ends[i] - start) * d, 0);
  let observed = 0;
  for (const cell of mask) observed += cell;
  return within === 0 ? 0 : 1 - observed / within;
}
