import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { cholesky, solvedNorm } from './cholesky';

export type Covariance = 'diagonal' | 'full';

/** The components of a Gaussian mixture. */
export interface Gaussians {
  covariance: Covariance;
  /** π [K], sums to 1. */
  weights: Float64Array;
  /** μ [K, M]. */
  means: Matrix;
  /** Σ: [K, M] of variances when diagonal, [K, M M] when full. */
  covariances: Matrix;
}

/**
 * The M step: components of the points x [N, M] under responsibilities r [N, K]; `floor` is added to every variance. A
 * component without any responsibility takes the mean and spread of all points, and next to no weight.
 */
export function gaussians(x: Float64Array, n: number, m: number, r: Float64Array, k: number, covariance: Covariance, floor: number): Gaussians {
  const tiny = 10 * Number.EPSILON;
  const width = covariance === 'full' ? m * m : m;
  const weights = new Float64Array(k);
  const means = new Float64Array(k * m);
  const covariances = new Float64Array(k * width);
  const d = new Float64Array(m);
  for (let c = 0; c < k; c++) {
    let mass = 0;
    for (let i = 0; i < n; i++) mass += r[i * k + c];
    const alone = !(mass > tiny);
    const share = (i: number): number => (alone ? 1 / n : r[i * k + c] / mass);
    weights[c] = mass + tiny;
    const mu = means.subarray(c * m, (c + 1) * m);
    const sigma = covariances.subarray(c * width, (c + 1) * width);
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) mu[j] += share(i) * x[i * m + j];
    for (let i = 0; i < n; i++) {
      const s = share(i);
      if (s === 0) continue;
      for (let j = 0; j < m; j++) d[j] = x[i * m + j] - mu[j];
      if (covariance === 'diagonal') for (let j = 0; j < m; j++) sigma[j] += s * d[j] * d[j];
      else for (let j = 0; j < m; j++) for (let l = 0; l < m; l++) sigma[j * m + l] += s * d[j] * d[l];
    }
    for (let j = 0; j < m; j++) sigma[covariance === 'diagonal' ? j : j * (m + 1)] += floor;
  }
  const sum = weights.reduce((a, b) => a + b, 0);
  return { covariance, weights: weights.map((weight) => weight / sum), means: matrix(k, m, means), covariances: matrix(k, width, covariances) };
}

/** log(π_k N(x_i; μ_k, Σ_k)) [N, K]. */
export function logDensities(x: Float64Array, n: number, m: number, { covariance, weights, means, covariances }: Gaussians): Float64Array {
  const k = weights.length;
  const logs = new Float64Array(n * k);
  const v = new Float64Array(m);
  for (let c = 0; c < k; c++) {
    const sigma = (covariances.data as Float64Array).subarray(c * covariances.columns, (c + 1) * covariances.columns);
    const l = covariance === 'full' ? factor(sigma, m) : null;
    let logRoot = 0;
    for (let j = 0; j < m; j++) logRoot += l ? Math.log(l[j * (m + 1)]) : Math.log(sigma[j]) / 2;
    const constant = Math.log(weights[c]) - logRoot - (m * Math.log(2 * Math.PI)) / 2;
    for (let i = 0; i < n; i++) {
      let norm = 0;
      for (let j = 0; j < m; j++) {
        v[j] = x[i * m + j] - means.data[c * m + j];
        norm += (v[j] * v[j]) / sigma[j];
      }
      if (l) norm = solvedNorm(l, v);
      logs[i * k + c] = constant - norm / 2;
    }
  }
  return logs;
}

/** The Cholesky factor; where rounding has made the matrix singular, with ten times more on the diagonal until it is not. */
function factor(sigma: Float64Array, m: number): Float64Array {
  let trace = 0;
  for (let j = 0; j < m; j++) trace += sigma[j * (m + 1)] / m;
  for (let extra = 0; ; extra = extra === 0 ? 1e-12 * trace : 10 * extra) {
    check(extra <= trace, 'A covariance has no finite inverse: standardise the data, or choose diagonal covariances.');
    const raised = sigma.slice();
    for (let j = 0; j < m; j++) raised[j * (m + 1)] += extra;
    const l = cholesky(raised, m);
    if (l !== null) return l;
  }
}
