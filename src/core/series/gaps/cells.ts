import type { Random } from '../../lib/random';
import type { SeriesSet } from '../SeriesSet';
import { Hiding, observedCells, type HiddenCells } from './HiddenCells';

/**
 * Hides observed cells completely at random (MCAR), to measure an imputation on them: `rate` of them, drawn without
 * replacement, uniformly.
 * Parameters: `rate` in [0, 1). Throws an InputError outside of it.
 */
export function hideCells(set: SeriesSet, rate: number, random: Random): HiddenCells {
  const hiding = new Hiding(set, rate);
  const cells = observedCells(set);
  random.shuffle(cells);
  cells.forEach((cell) => hiding.take(cell));
  return hiding.result();
}

/** The set with cells missing completely at random (MCAR): `rate` of its observed cells, as in {@link hideCells}. */
export function maskAtRandom(set: SeriesSet, rate: number, random: Random): SeriesSet {
  const { mask } = hideCells(set, rate, random);
  return { ...set, mask, values: set.values.map((value, cell) => value * mask[cell]) };
}
