import type { Random } from '../../lib/random';
import type { SeriesSet } from '../SeriesSet';
import { Hiding, observedCells, type HiddenCells } from './HiddenCells';

/** Slope of the logistic curve by which a standardised driver raises the chance of a cell to be hidden. */
const SLOPE = 2;

/**
 * Hides cells by something that stays observed (MAR): the first variable of the same step, which is itself never
 * hidden; for series of one variable the time, so that later cells are missing more often, as when series drop out.
 * Where the driver is not observed it counts as its mean.
 *
 *     P(hidden) ∝ 1 / (1 + exp(−2 z)),  z = the driver, standardised over the set
 *
 * Parameters: `rate` in [0, 1). Throws an InputError outside of it. With D variables at most (D − 1) / D of the cells
 * can be hidden.
 * Source: Rubin (1976), Inference and missing data, for the kinds of missingness.
 */
export function hideByObserved(set: SeriesSet, rate: number, random: Random): HiddenCells {
  const { t: T, d: D } = set;
  const driver = D === 1 ? standardised(Float64Array.from(set.mask, (_, cell) => cell % T), set.mask) : standardised(Float64Array.from(set.values), Uint8Array.from(set.mask, (m, cell) => (cell % D === 0 ? m : 0)));
  return weighted(set, rate, random, (cell) => (D > 1 && cell % D === 0 ? 0 : logistic(driver[D === 1 ? cell : cell - (cell % D)])));
}

/**
 * Hides cells by their own value (MNAR): the higher a value within its variable, the more often it is missing.
 *
 *     P(hidden) ∝ 1 / (1 + exp(−2 z)),  z = the value, standardised by variable
 *
 * Parameters: `rate` in [0, 1). Throws an InputError outside of it.
 */
export function hideByValue(set: SeriesSet, rate: number, random: Random): HiddenCells {
  const values = Float64Array.from(set.values);
  const drivers = Array.from({ length: set.d }, (_, j) => standardised(values, Uint8Array.from(set.mask, (m, cell) => (cell % set.d === j ? m : 0))));
  return weighted(set, rate, random, (cell) => logistic(drivers[cell % set.d][cell]));
}

/**
 * Draws cells without replacement with chances in proportion to `weight`; those of weight 0 never.
 * Source: Efraimidis and Spirakis (2006), weighted random sampling: the least of E / w, E exponential.
 */
function weighted(set: SeriesSet, rate: number, random: Random, weight: (cell: number) => number): HiddenCells {
  const hiding = new Hiding(set, rate);
  const keyed = Array.from(observedCells(set), (cell): [number, number] => [-Math.log(1 - random.uniform()) / weight(cell), cell]).filter(([key]) => Number.isFinite(key));
  keyed.sort(([a], [b]) => a - b);
  keyed.forEach(([, cell]) => hiding.take(cell));
  return hiding.result();
}

const logistic = (z: number): number => 1 / (1 + Math.exp(-SLOPE * z));

/** (x − mean) / deviation over what `mask` shows; 0 elsewhere, and everywhere when nothing varies. */
function standardised(x: Float64Array, mask: Uint8Array): Float64Array {
  let [count, mean, square] = [0, 0, 0];
  for (let at = 0; at < x.length; at++) if (mask[at] === 1) [count, mean] = [count + 1, mean + x[at]];
  mean /= Math.max(1, count);
  for (let at = 0; at < x.length; at++) if (mask[at] === 1) square += (x[at] - mean) ** 2;
  const deviation = Math.sqrt(square / Math.max(1, count));
  return x.map((value, at) => (mask[at] === 1 && deviation > 0 ? (value - mean) / deviation : 0));
}
