import type { SeriesSet } from '../series/SeriesSet';
import { same, withCells, type Step } from './Step';

/** Values outside [min, max] become gaps. */
export function range(set: SeriesSet, min: number, max: number): Step {
  return missingWhere(set, (value) => value < min || value > max);
}

/** Values equal to `sentinel` become gaps. */
export function sentinel(set: SeriesSet, value: number): Step {
  return missingWhere(set, (other) => other === value);
}

function missingWhere(set: SeriesSet, bad: (value: number) => boolean): Step {
  return { set: withCells(set, set.values, set.mask.map((m, cell) => (m === 1 && !bad(set.values[cell]) ? 1 : 0))), back: same };
}
