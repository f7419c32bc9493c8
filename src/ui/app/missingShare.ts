import type { SeriesSet } from '../../core/series/SeriesSet';

/** Share of the cells within their series that are gaps, of which `observed` are none; 0 where there is no cell. */
export function missingShare({ starts, ends, d }: Pick<SeriesSet, 'starts' | 'ends' | 'd'>, observed: number): number {
  const within = starts.reduce((sum, start, i) => sum + (ends[i] - start) * d, 0);
  return within === 0 ? 0 : 1 - observed / within;
}
