import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import type { Random } from '../lib/random';
import { checkClusterCount } from './checks';
import { gaussians, logDensities, type Covariance, type Gaussians } from './gaussians';
import { kMeans } from './kMeans';
import { finitePoints } from './points';

export interface GaussianMixtureOptions {
  covariance?: Covariance;
  /** Added to every variance, as a share of the mean variance of the data. Default 1e-6. */
  regularisation?: number;
  /** Seeded starts from k-means; the greatest likelihood wins. Default 1. */
  restarts?: number;
  /** EM steps of one start at most. Default 200. */
  maxIterations?: number;
  /** Gain of the mean log-likelihood that ends the steps. Default 1e-4. */
  tolerance?: number;
  /** Assignments [N] in 0..K-1 to start from, instead of k-means. */
  start?: Int32Array;
}

export interface GaussianMixtureResult extends Gaussians {
  /** [N] in 0..K-1: the component of the greatest posterior. A component may be that of no point. */
  assignments: Int32Array;
  /** Posteriors [N, K]; rows sum to 1. */
  responsibilities: Matrix;
  /** Mean log-likelihood of a point, in nats. */
  logLikelihood: number;
  iterations: number;
}

/**
 * Gaussian mixture by expectation–maximisation:
 *
 *     p(x) = Σ_k π_k N(x; μ_k, Σ_k);   r_ik = π_k N(x_i; μ_k, Σ_k) / p(x_i)
 *     π_k = Σ_i r_ik / N,   μ_k = Σ_i r_ik x_i / Σ_i r_ik,   Σ_k = Σ_i r_ik (x_i − μ_k)(x_i − μ_k)' / Σ_i r_ik + ε I
 *
 * in the log domain. Full covariances need M² numbers a component and M³ operations a step: diagonal for wide points.
 *
 * @param points x [N, M], finite
 * @param k K, number of components
 * @returns posteriors and components; ε keeps every covariance positive definite, for constant or few points too
 * @throws InputError when K is not from 1 to N, or a coordinate is not finite
 * Source: Dempster, Laird and Rubin (1977); Bishop (2006), Pattern recognition and machine learning, section 9.2.
 */
export function gaussianMixture(points: Matrix, k: number, random: Random, options: GaussianMixtureOptions = {}): GaussianMixtureResult {
  const { covariance = 'diagonal', regularisation = 1e-6, restarts = 1, maxIterations = 200, tolerance = 1e-4, start } = options;
  const { rows: n, columns: m } = points;
  checkClusterCount(k, n);
  const x = finitePoints(points);
  check(start === undefined || start.length === n, `start has ${start?.length} assignments for ${n} points`);
  const floor = Math.max(regularisation * meanVariance(x, n, m), 1e-300);
  const run = (first: Int32Array): GaussianMixtureResult => {
    const r = new Float64Array(n * k);
    first.forEach((c, i) => (r[i * k + c] = 1));
    let components = gaussians(x, n, m, r, k, covariance, floor);
    let logLikelihood = Number.NEGATIVE_INFINITY;
    let iterations = 0;
    for (;;) {
      const next = posteriors(logDensities(x, n, m, components), n, k, r);
      const gain = next - logLikelihood;
      logLikelihood = next;
      if (!(gain > tolerance) || iterations >= maxIterations) break;
      components = gaussians(x, n, m, r, k, covariance, floor);
      iterations++;
    }
    return { ...components, assignments: mostLikely(r, n, k), responsibilities: matrix(n, k, r), logLikelihood, iterations };
  };
  if (start) return run(start);
  let best = run(kMeans(points, k, random, { restarts: 1 }).assignments);
  for (let attempt = 1; attempt < restarts; attempt++) {
    const found = run(kMeans(points, k, random, { restarts: 1 }).assignments);
    if (found.logLikelihood > best.logLikelihood) best = found;
  }
  return best;
}

/** Writes the posteriors of joint log densities [N, K] into `r`. @returns the mean log-likelihood */
function posteriors(logs: Float64Array, n: number, k: number, r: Float64Array): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const line = logs.subarray(i * k, (i + 1) * k);
    const most = line.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const sum = line.reduce((a, b) => a + Math.exp(b - most), 0);
    for (let c = 0; c < k; c++) r[i * k + c] = Math.exp(line[c] - most) / sum;
    total += most + Math.log(sum);
  }
  return total / n;
}

function mostLikely(r: Float64Array, n: number, k: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => {
    let best = 0;
    for (let c = 1; c < k; c++) if (r[i * k + c] > r[i * k + best]) best = c;
    return best;
  });
}

function meanVariance(x: Float64Array, n: number, m: number): number {
  let sum = 0;
  for (let j = 0; j < m; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += x[i * m + j] / n;
    for (let i = 0; i < n; i++) sum += (x[i * m + j] - mean) ** 2 / n;
  }
  return sum / m;
}
