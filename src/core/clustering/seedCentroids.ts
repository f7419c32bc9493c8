import type { Random } from '../lib/random';
import { squaredDistance } from './points';

/**
 * k-means++ seeding: each further centroid is a point drawn with probability d(x)² / Σ d(x)², where d(x) is the
 * distance of x to its nearest centroid so far.
 *
 * @param x points (x) [N, M], float64
 * @param trials candidates drawn for each centroid; the one that lowers Σ d(x)² most is kept (1 = plain k-means++)
 * @returns centroids (μ) [K, M], each a copy of a point. Points are repeated only when fewer than K are distinct.
 *
 * Source: Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding, sections 2.2 and 5 (greedy).
 */
export function seedCentroids(x: Float64Array, n: number, m: number, k: number, random: Random, trials: number): Float64Array {
  const mu = new Float64Array(k * m);
  const first = random.integer(n);
  mu.set(x.subarray(first * m, (first + 1) * m));
  const owner = new Int32Array(n);
  let nearest = new Float64Array(n);
  for (let i = 0; i < n; i++) nearest[i] = squaredDistance(x, i, mu, 0, m);
  let best = new Float64Array(n);
  let candidate = new Float64Array(n);

  for (let c = 1; c < k; c++) {
    let bestSum = Number.POSITIVE_INFINITY;
    let bestPoint = 0;
    for (let trial = 0; trial < trials; trial++) {
      const point = draw(nearest, random);
      // A centroid at least twice as far from the candidate as from x stays nearer to x: no need to measure.
      const quarter = Float64Array.from({ length: c }, (_, j) => squaredDistance(x, point, mu, j, m) / 4);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const d = quarter[owner[i]] >= nearest[i] ? nearest[i] : Math.min(nearest[i], squaredDistance(x, i, x, point, m));
        candidate[i] = d;
        sum += d;
      }
      if (sum < bestSum) {
        bestSum = sum;
        bestPoint = point;
        [best, candidate] = [candidate, best];
      }
    }
    mu.set(x.subarray(bestPoint * m, (bestPoint + 1) * m), c * m);
    for (let i = 0; i < n; i++) if (best[i] < nearest[i]) owner[i] = c;
    [nearest, best] = [best, nearest];
  }
  return mu;
}

/** An index drawn in proportion to `weights`; uniform when all are zero. Never one of weight zero otherwise. */
function draw(weights: Float64Array, random: Random): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  if (!(total > 0)) return random.integer(weights.length);
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) break;
  }
  return last;
}
