import { check } from '../lib/assert';
import type { SeriesSet } from '../series/SeriesSet';
import { lines, unusedOf, withCells, type Step } from './Step';

/**
 * y_t = x_t − x_{t−lag}, observed where both are; each series starts `lag` steps later.
 *
 * The way back sums up from the last observed value before a gap. Where an observed value follows, too, what the sum
 * misses it by is spread evenly over the gap (of all differences that lead there, the nearest in least squares). Where a
 * series starts with a gap it sums down from the first observed value; where none is, about the mean of the variable.
 * @throws InputError naming a series that is not longer than the lag
 */
export function difference(set: SeriesSet, lag: number): Step {
  const short = set.ids.findIndex((_, i) => set.ends[i] - set.starts[i] <= lag + 1);
  check(short < 0, `Series "${set.ids[short]}" has ${set.ends[short] - set.starts[short]} step${set.ends[short] - set.starts[short] === 1 ? '' : 's'}, too few for differences over ${lag}. Choose a shorter lag, or leave the series out.`);
  const values = new Float64Array(set.values.length);
  const used = new Uint8Array(set.mask.length);
  const mask = new Uint8Array(set.mask.length);
  for (const { from, to, at } of lines(set)) {
    for (let t = from + lag; t < to; t++) {
      values[at(t)] = set.values[at(t)] - set.values[at(t - lag)];
      mask[at(t)] = set.mask[at(t)] & set.mask[at(t - lag)];
      if (mask[at(t)] === 1) used[at(t)] = used[at(t - lag)] = 1;
    }
  }
  return {
    set: { ...withCells(set, values, mask), starts: set.starts.map((start) => start + lag) },
    ...unusedOf(set, (cell) => used[cell] === 1, `nothing observed stands ${lag} step${lag === 1 ? '' : 's'} before or after them`),
    back(complete) {
      const result = set.values.slice();
      const means = meansOf(set);
      for (const { j, from, to, at } of lines(set)) {
        for (let phase = from; phase < Math.min(to, from + lag); phase++) {
          const cells = Array.from({ length: Math.ceil((to - phase) / lag) }, (_, k) => at(phase + k * lag));
          sumUp(cells, set.mask, complete, result, means[j]);
        }
      }
      return result;
    },
  };
}

/** Fills what `mask` misses of `cells`, each of which is the one before it and its own difference. */
function sumUp(cells: readonly number[], mask: Uint8Array, differences: Float64Array, result: Float64Array, mean: number): void {
  const known = cells.flatMap((cell, k) => (mask[cell] === 1 ? [k] : []));
  if (known.length === 0) {
    result[cells[0]] = 0;
    for (let k = 1; k < cells.length; k++) result[cells[k]] = result[cells[k - 1]] + differences[cells[k]];
    const level = cells.reduce((sum, cell) => sum + result[cell], 0) / cells.length;
    for (const cell of cells) result[cell] += mean - level;
    return;
  }
  for (let k = known[0] - 1; k >= 0; k--) result[cells[k]] = result[cells[k + 1]] - differences[cells[k + 1]];
  known.forEach((start, g) => {
    const end = known[g + 1] ?? cells.length;
    for (let k = start + 1; k < end; k++) result[cells[k]] = result[cells[k - 1]] + differences[cells[k]];
    if (end === cells.length || end === start + 1) return;
    const missed = result[cells[end]] - result[cells[end - 1]] - differences[cells[end]];
    for (let k = start + 1; k < end; k++) result[cells[k]] += (missed * (k - start)) / (end - start);
  });
}

/** [D]; mean of the observed values of each variable, 0 where there are none. */
function meansOf({ d: D, values, mask }: SeriesSet): Float64Array {
  const [sums, counts] = [new Float64Array(D), new Float64Array(D)];
  mask.forEach((m, cell) => {
    sums[cell % D] += m * values[cell];
    counts[cell % D] += m;
  });
  return sums.map((sum, j) => sum / Math.max(1, counts[j]));
}
