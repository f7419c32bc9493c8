import { finitePoints, squaredDistance } from '../clustering/points';
import { check } from '../lib/assert';
import { drain } from '../lib/drain';
import type { Matrix } from '../lib/matrix';

export interface Silhouette {
  /** [N] in [−1, 1]; 0 for an item alone in its cluster, NaN for one without a cluster. */
  samples: Float64Array;
  /** Mean over the items that have a cluster; NaN when there are fewer than two clusters. */
  mean: number;
}

/**
 * Silhouette: how much nearer an item is to its own cluster than to the next one.
 *
 *     s_i = (b_i − a_i) / max(a_i, b_i)
 *
 * a_i: mean distance to the others of its own cluster; b_i: least mean distance to another cluster. It depends on the
 * distance and on the space: name both beside the number.
 *
 * @param distances d [N, N] of any distance
 * @param assignments clusters [N], from 0; −1 leaves an item out
 * @returns each item's value and the mean. With fewer than two clusters it is not defined: all NaN. Items at distance 0 from all have 0.
 * @throws InputError when the sizes differ
 * Source: Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster analysis.
 */
export function silhouette(distances: Matrix, assignments: ArrayLike<number>): Silhouette {
  const { rows: n, columns, data } = distances;
  check(n === columns && n === assignments.length, `The distances are ${n} x ${columns}, but there are ${assignments.length} assignments: both must be of the same series.`);
  return drain(silhouetteSteps(assignments, (i) => data.subarray(i * n, (i + 1) * n)));
}

/** The same of points x [N, M] and the Euclidean distance, a row of distances at a time; yields after each block of rows. */
export function silhouetteOfPoints(points: Matrix, assignments: ArrayLike<number>): Generator<void, Silhouette, void> {
  const { rows: n, columns: m } = points;
  check(n === assignments.length, `There are ${n} points, but ${assignments.length} assignments: both must be of the same series.`);
  const x = finitePoints(points);
  const distances = new Float64Array(n);
  return silhouetteSteps(assignments, (i) => {
    for (let j = 0; j < n; j++) distances[j] = Math.sqrt(squaredDistance(x, i, x, j, m));
    return distances;
  });
}

/** Rows between two pauses. */
const BLOCK = 64;

/** `row`: distances of item i to all. */
function* silhouetteSteps(assignments: ArrayLike<number>, row: (i: number) => ArrayLike<number>): Generator<void, Silhouette, void> {
  const n = assignments.length;
  const k = clusterCount(assignments);
  const count = new Int32Array(k);
  for (let i = 0; i < n; i++) if (assignments[i] >= 0) count[assignments[i]]++;
  const samples = new Float64Array(n).fill(Number.NaN);
  if (count.filter((size) => size > 0).length < 2) return { samples, mean: Number.NaN };

  const sums = new Float64Array(k);
  let total = 0;
  let items = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && i % BLOCK === 0) yield;
    const own = assignments[i];
    if (own < 0) continue;
    sums.fill(0);
    const d = row(i);
    for (let j = 0; j < n; j++) if (assignments[j] >= 0) sums[assignments[j]] += d[j];
    let b = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) if (c !== own && count[c] > 0) b = Math.min(b, sums[c] / count[c]);
    const a = (sums[own] - d[i]) / (count[own] - 1);
    const greatest = Math.max(a, b);
    samples[i] = count[own] === 1 || greatest === 0 ? 0 : (b - a) / greatest;
    total += samples[i];
    items++;
  }
  return { samples, mean: total / items };
}

/** One more than the greatest cluster. */
export function clusterCount(assignments: ArrayLike<number>): number {
  let k = 0;
  for (let i = 0; i < assignments.length; i++) k = Math.max(k, assignments[i] + 1);
  return k;
}
