import type { SeriesSet } from '../series/SeriesSet';
import { lines, same, withCells, type Step } from './Step';

/** Fills gaps of at most `limit` steps between two observed values on the straight line between them, over real time. */
export function interpolate(set: SeriesSet, limit: number): Step {
  const values = set.values.slice();
  const mask = set.mask.slice();
  const time = set.time.values;
  for (const { from, to, at } of lines(set)) {
    let before = -1;
    for (let t = from; t < to; t++) {
      if (set.mask[at(t)] === 0) continue;
      if (before >= 0 && t - before - 1 <= limit) {
        for (let gap = before + 1; gap < t; gap++) {
          const span = time[t] - time[before];
          const share = span > 0 ? (time[gap] - time[before]) / span : (gap - before) / (t - before);
          values[at(gap)] = values[at(before)] + share * (values[at(t)] - values[at(before)]);
          mask[at(gap)] = 1;
        }
      }
      before = t;
    }
  }
  return { set: withCells(set, values, mask), back: same };
}
