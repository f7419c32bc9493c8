import { linear } from '../imputation/linear';
import type { SeriesView } from './SeriesView';

/** The steps of a series [T_i, D], its gaps filled on straight lines over the steps, ends held; a variable never observed is 0. */
export function withoutGaps({ t, d, start, end, values, mask }: SeriesView): Float64Array {
  const cells = { n: 1, t, d, values: Float64Array.from(values), mask, starts: Int32Array.of(start), ends: Int32Array.of(end) };
  return linear(cells).slice(start * d, end * d);
}
