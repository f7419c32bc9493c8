import { Matrix, solve } from 'ml-matrix';
import type { SeriesSet } from '../series/SeriesSet';
import { lines, same, withCells, type Step } from './Step';

export type Filter = 'movingAverage' | 'gaussian' | 'savitzkyGolay';

/** Deviations at which the Gaussian is cut off. */
const CUT = 4;

/**
 * Smooths observed values over their observed neighbours in the same series and variable; gaps stay gaps, and the
 * window is cut at the ends.
 *
 *     movingAverage  y_t = mean { x_s : |s − t| ≤ w }
 *     gaussian       y_t = Σ g(s − t) x_s / Σ g(s − t),  g(a) = exp(−a² / 2w²), |a| ≤ 4w
 *     savitzkyGolay  y_t = p(t), p the polynomial of least squares through { (s, x_s) : |s − t| ≤ w }
 *
 * @param width w, in steps; degree of the polynomial, less where there are too few values
 * Source: Savitzky and Golay (1964) for the last.
 */
export function smooth(set: SeriesSet, filter: Filter, width: number, degree: number): Step {
  const reach = filter === 'gaussian' ? CUT * width : width;
  const values = set.values.slice();
  for (const { from, to, at } of lines(set)) {
    for (let t = from; t < to; t++) {
      if (set.mask[at(t)] === 0) continue;
      const steps: number[] = [];
      for (let s = Math.max(from, t - reach); s <= Math.min(to - 1, t + reach); s++) if (set.mask[at(s)] === 1) steps.push(s - t);
      const near = steps.map((a) => set.values[at(t + a)]);
      if (filter === 'savitzkyGolay') values[at(t)] = polynomial(steps, near, Math.min(degree, steps.length - 1), width);
      else {
        const weights = steps.map((a) => (filter === 'gaussian' ? Math.exp(-(a * a) / (2 * width * width)) : 1));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        values[at(t)] = near.reduce((sum, value, k) => sum + (weights[k] / total) * value, 0);
      }
    }
  }
  return { set: withCells(set, values, set.mask), back: same };
}

/** The polynomial of least squares through (a, y), at 0. */
function polynomial(a: number[], y: number[], degree: number, width: number): number {
  const powers = new Matrix(a.map((step) => Array.from({ length: degree + 1 }, (_, power) => (step / width) ** power)));
  return solve(powers, Matrix.columnVector(y), true).get(0, 0);
}
