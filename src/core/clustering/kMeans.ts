import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import type { Random } from '../lib/random';
import { lloyd, type LloydResult } from './lloyd';
import { finitePoints } from './points';
import { seedCentroids } from './seedCentroids';

export interface KMeansOptions {
  /** Seeded starts; the one with the least inertia wins. Default 10. May be 0 when `start` is given. */
  restarts?: number;
  /** Steps of one start at most. Default 300. */
  maxIterations?: number;
  /** Draw 2 + ⌊ln K⌋ candidates for each first centroid and keep the best. Default true. */
  greedy?: boolean;
  /** Centroids [K, M] to try as one more start, before the seeded ones. */
  start?: Matrix;
}

export interface KMeansResult {
  /** [N] in 0..K-1: the nearest centroid. */
  assignments: Int32Array;
  /** μ [K, M], float64. */
  centroids: Matrix;
  /** Within-cluster sum of squares. */
  inertia: number;
  /** Steps of the winning start. */
  iterations: number;
}

/**
 * k-means: the K centroids that make the within-cluster sum of squares small, the best of several seeded starts.
 *
 *     min over μ of Σ_i min_k ‖x_i − μ_k‖²
 *
 * @param points x [N, M]; computed in float64
 * @param k K, number of clusters
 * @param random the only source of chance: the same state gives the same result
 * @returns assignments to the nearest centroid. Every cluster has a point unless fewer than K points are distinct.
 * @throws InputError when K is not a whole number from 1 to N, a coordinate is not finite, or `start` has another shape
 *
 * Source: Lloyd (1982); seeding of Arthur and Vassilvitskii (2007).
 */
export function kMeans(points: Matrix, k: number, random: Random, options: KMeansOptions = {}): KMeansResult {
  const { restarts = 10, maxIterations = 300, greedy = true, start } = options;
  const { rows: n, columns: m } = points;
  check(Number.isInteger(k) && k >= 1, `the number of clusters is ${k}: choose a whole number of at least 1`);
  check(k <= n, `${k} clusters need at least ${k} points, but there are ${n}: choose fewer clusters`);
  check(restarts >= 1 || start !== undefined, 'k-means needs at least one restart or centroids to start from');
  const x = finitePoints(points);

  let best: LloydResult | null = null;
  const attempt = (centroids: Float64Array): void => {
    const result = lloyd(x, n, m, centroids, maxIterations);
    if (best === null || result.inertia < best.inertia) best = result;
  };
  if (start !== undefined) {
    check(start.rows === k && start.columns === m, `start is ${start.rows} x ${start.columns}, but ${k} centroids of ${m} coordinates are needed`);
    attempt(finitePoints(start));
  }
  const trials = greedy ? 2 + Math.floor(Math.log(k)) : 1;
  for (let r = 0; r < restarts; r++) attempt(seedCentroids(x, n, m, k, random, trials));

  const { assignments, centroids, inertia, iterations } = best as unknown as LloydResult;
  return { assignments, centroids: matrix(k, m, centroids), inertia, iterations };
}
