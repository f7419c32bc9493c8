import { EigenvalueDecomposition, Matrix, pseudoInverse } from 'ml-matrix';
import { check } from '../lib/assert';
import type { SeriesSet } from '../series/SeriesSet';
import { unusedOf, withCells, type Step } from './Step';

/**
 * The first principal components of the variables: y = W' (x − μ), W the leading eigenvectors of the covariance of the
 * steps at which every variable is observed. A step with a gap in any variable is a gap in all components; `unused`
 * tells the share of the observed values that are lost by it. With `estimate`, a step of which at least half of the
 * variables o are observed has the components that are expected of those:
 *
 *     x̂_m = μ_m + S_mo S_oo⁺ (x_o − μ_o),  y = W' (x̂ − μ)
 *
 * The way back is x̂ = μ + W y. The sign of a component is such that its largest weight is positive.
 * @throws InputError when there are fewer variables than components, or fewer complete steps than two
 * Source: Arteaga and Ferrer (2002), Dealing with missing data in MSPC, known data regression.
 */
export function components(set: SeriesSet, count: number, estimate = false): Step {
  const { n, t: T, d: D } = set;
  check(count <= D, `The series have ${D} variable${D === 1 ? '' : 's'}, too few for ${count} components.`);
  const complete = Array.from({ length: n * T }, (_, row) => row).filter((row) => set.mask.subarray(row * D, (row + 1) * D).every((m) => m === 1));
  check(complete.length >= 2, 'No two steps have all variables observed, so there are no principal components. Fill the gaps first.');
  const mean = new Float64Array(D);
  for (const row of complete) for (let j = 0; j < D; j++) mean[j] += set.values[row * D + j] / complete.length;
  const covariance = Matrix.zeros(D, D);
  for (const row of complete) {
    for (let a = 0; a < D; a++) for (let b = 0; b < D; b++) covariance.set(a, b, covariance.get(a, b) + ((set.values[row * D + a] - mean[a]) * (set.values[row * D + b] - mean[b])) / (complete.length - 1));
  }
  const vectors = new EigenvalueDecomposition(covariance, { assumeSymmetric: true }).eigenvectorMatrix; // ascending
  const weights = Array.from({ length: count }, (_, c) => {
    const column = vectors.getColumn(D - 1 - c);
    const largest = column.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    return largest < 0 ? column.map((value) => -value) : column;
  });
  const values = new Float64Array(n * T * count);
  const mask = new Uint8Array(n * T * count);
  const expected = estimate ? expectations(covariance) : null;
  for (let row = 0; row < n * T; row++) {
    const seen = Array.from(set.mask.subarray(row * D, (row + 1) * D).keys()).filter((j) => set.mask[row * D + j] === 1);
    if (seen.length < D && (expected === null || 2 * seen.length < D)) continue;
    const deviations = seen.map((j) => set.values[row * D + j] - mean[j]);
    const all = seen.length === D ? deviations : expected!(seen, deviations);
    for (let c = 0; c < count; c++) {
      values[row * count + c] = weights[c].reduce((sum, weight, j) => sum + weight * all[j], 0);
      mask[row * count + c] = 1;
    }
  }
  return {
    set: withCells({ ...set, d: count, variables: weights.map((_, c) => `PC${c + 1}`) }, values, mask),
    ...unusedOf(set, (cell) => mask[Math.floor(cell / D) * count] === 1, estimate ? 'more than half of the variables are missing, or hidden, at the same step' : 'another variable is missing, or hidden, at the same step. Interpolate first, or have gaps estimated, to keep more of them'),
    back(scores) {
      const result = new Float64Array(n * T * D);
      for (let row = 0; row < n * T; row++) {
        for (let j = 0; j < D; j++) result[row * D + j] = mean[j] + weights.reduce((sum, column, c) => sum + column[j] * scores[row * count + c], 0);
      }
      return result;
    },
  };
}

/** The deviations [D] expected of those of the variables `seen`; the regression for each pattern is made once. */
function expectations(covariance: Matrix): (seen: readonly number[], deviations: readonly number[]) => number[] {
  const all = Array.from({ length: covariance.rows }, (_, j) => j);
  const made = new Map<string, Matrix>();
  return (seen, deviations) => {
    const key = seen.join();
    const regression = made.get(key) ?? covariance.selection(all, [...seen]).mmul(pseudoInverse(covariance.selection([...seen], [...seen])));
    made.set(key, regression);
    const result = regression.mmul(Matrix.columnVector([...deviations])).to1DArray();
    seen.forEach((j, at) => (result[j] = deviations[at]));
    return result;
  };
}
