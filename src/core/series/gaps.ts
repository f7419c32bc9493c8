import { check } from '../lib/assert';
import type { Random } from '../lib/random';
import type { SeriesSet } from './SeriesSet';

export interface HiddenCells {
  /** Flat indices, ascending, of the observed cells that were hidden. */
  cells: Uint32Array;
  /** [N, T, D]; the set's mask without them. */
  mask: Uint8Array;
  /** Share of the observed cells that was asked for, and that which was reached. */
  asked: number;
  achieved: number;
}

/**
 * Hides observed cells completely at random, to measure an imputation on them.
 *
 * Draws ⌊rate · observed + ½⌋ cells without replacement, uniformly; a draw that would take the last observed cell
 * of a series is passed over, so `achieved` can fall short of `asked`.
 * Parameters: `rate` in [0, 1). Throws an InputError outside of it.
 */
export function hideCells(set: SeriesSet, rate: number, random: Random): HiddenCells {
  check(rate >= 0 && rate < 1, `The share of cells to hide must lie in [0, 1), got ${rate}.`);
  const mask = set.mask.slice();
  const width = set.t * set.d;
  const left = new Int32Array(set.n);
  const observed = new Uint32Array(mask.reduce((sum, m) => sum + m, 0));
  let at = 0;
  for (let cell = 0; cell < mask.length; cell++) {
    if (mask[cell] === 0) continue;
    observed[at++] = cell;
    left[Math.floor(cell / width)] += 1;
  }
  const wanted = Math.floor(rate * observed.length + 0.5);
  const hidden: number[] = [];
  random.shuffle(observed);
  for (let k = 0; k < observed.length && hidden.length < wanted; k++) {
    const i = Math.floor(observed[k] / width);
    if (left[i] === 1) continue;
    left[i] -= 1;
    mask[observed[k]] = 0;
    hidden.push(observed[k]);
  }
  return { cells: Uint32Array.from(hidden).sort(), mask, asked: rate, achieved: observed.length === 0 ? 0 : hidden.length / observed.length };
}

/** Steps of a block, as a share of T, at least 2. */
const BLOCK = 0.1;

/**
 * Hides blocks of ⌊T / 10⌋ steps of one variable of one series, drawn at random, until `rate` of the observed cells
 * are hidden. A block covers whatever is observed within it; the last block is cut short to meet the rate, and the
 * last observed cell of a series is never taken, so `achieved` can fall short of `asked`.
 * Parameters: `rate` in [0, 1). Throws an InputError outside of it.
 */
export function hideBlocks(set: SeriesSet, rate: number, random: Random): HiddenCells {
  check(rate >= 0 && rate < 1, `The share of cells to hide must lie in [0, 1), got ${rate}.`);
  const { n, t: T, d: D } = set;
  const mask = set.mask.slice();
  const observed = mask.reduce((sum, m) => sum + m, 0);
  const left = Int32Array.from({ length: n }, (_, i) => mask.subarray(i * T * D, (i + 1) * T * D).reduce((sum, m) => sum + m, 0));
  const length = Math.max(2, Math.floor(BLOCK * T));
  const wanted = Math.floor(rate * observed + 0.5);
  const blocks = Uint32Array.from({ length: n * D * Math.max(1, T - length + 1) }, (_, block) => block);
  random.shuffle(blocks);
  const hidden: number[] = [];
  for (const block of blocks) {
    const [group, from] = [block % (n * D), Math.floor(block / (n * D))];
    const [i, j] = [Math.floor(group / D), group % D];
    for (let t = from; t < Math.min(T, from + length) && hidden.length < wanted; t++) {
      const cell = (i * T + t) * D + j;
      if (mask[cell] === 0 || left[i] === 1) continue;
      left[i] -= 1;
      mask[cell] = 0;
      hidden.push(cell);
    }
    if (hidden.length >= wanted) break;
  }
  return { cells: Uint32Array.from(hidden).sort(), mask, asked: rate, achieved: observed === 0 ? 0 : hidden.length / observed };
}

/** The set with cells missing completely at random (MCAR): `rate` of its observed cells, as in {@link hideCells}. */
export function maskAtRandom(set: SeriesSet, rate: number, random: Random): SeriesSet {
  const { mask } = hideCells(set, rate, random);
  return { ...set, mask, values: set.values.map((value, cell) => value * mask[cell]) };
}
