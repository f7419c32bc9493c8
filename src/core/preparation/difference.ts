import { check } from '../lib/assert';
import type { SeriesSet } from '../series/SeriesSet';
import { lines, withCells, type Step } from './Step';

/**
 * y_t = x_t − x_{t−lag}, observed where both are; each series starts `lag` steps later.
 *
 * The way back sums up from the last observed value before a gap, or down from the first one after it where a series
 * starts with a gap.
 * @throws InputError naming a series that is not longer than the lag
 */
export function difference(set: SeriesSet, lag: number): Step {
  const short = set.ids.findIndex((_, i) => set.ends[i] - set.starts[i] <= lag + 1);
  check(short < 0, `Series "${set.ids[short]}" has ${set.ends[short] - set.starts[short]} steps, too few for differences over ${lag}. Choose a shorter lag, or leave the series out.`);
  const values = new Float64Array(set.values.length);
  const mask = new Uint8Array(set.mask.length);
  for (const { from, to, at } of lines(set)) {
    for (let t = from + lag; t < to; t++) {
      values[at(t)] = set.values[at(t)] - set.values[at(t - lag)];
      mask[at(t)] = set.mask[at(t)] & set.mask[at(t - lag)];
    }
  }
  return {
    set: { ...withCells(set, values, mask), starts: set.starts.map((start) => start + lag) },
    back(complete) {
      const result = set.values.slice();
      for (const { from, to, at } of lines(set)) {
        const known = (t: number): boolean => set.mask[at(t)] === 1;
        for (let phase = from; phase < Math.min(to, from + lag); phase++) {
          let first = phase;
          while (first < to && !known(first)) first += lag;
          if (first >= to) first = phase; // nothing to start from: 0
          for (let t = first - lag; t >= phase; t -= lag) result[at(t)] = result[at(t + lag)] - complete[at(t + lag)];
          for (let t = first + lag; t < to; t += lag) if (!known(t)) result[at(t)] = result[at(t - lag)] + complete[at(t)];
        }
      }
      return result;
    },
  };
}
