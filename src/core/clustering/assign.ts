import { matrix, type Matrix } from '../lib/matrix';
import { finitePoints, squaredDistance } from './points';

/** Squared Euclidean distances d_ik = ‖x_i − μ_k‖² [N, K] of `points` [N, M] to `centroids` [K, M], float64. */
export function squaredDistances(points: Matrix, centroids: Matrix): Matrix {
  const x = finitePoints(points);
  const mu = finitePoints(centroids);
  const d = new Float64Array(points.rows * centroids.rows);
  for (let i = 0; i < points.rows; i++) {
    for (let k = 0; k < centroids.rows; k++) d[i * centroids.rows + k] = squaredDistance(x, i, mu, k, points.columns);
  }
  return matrix(points.rows, centroids.rows, d);
}

/** argmin_k d_ik for each row of `distances` [N, K]; the lowest k on ties. */
export function nearest(distances: Matrix): Int32Array {
  const { rows: n, columns: k, data: d } = distances;
  return Int32Array.from({ length: n }, (_, i) => {
    let best = 0;
    for (let j = 1; j < k; j++) if (d[i * k + j] < d[i * k + best]) best = j;
    return best;
  });
}

/**
 * How clearly each point belongs to its own cluster:
 *
 *     (1 / d_own) / Σ_k 1 / d_k
 *
 * @param distances squared distances (d) [N, K]
 * @returns [N] in [0, 1]; 1 / K when all distances are equal. Points on a centroid share 1 among the centroids they are on.
 */
export function confidence(distances: Matrix, assignments: Int32Array): Float32Array {
  const { columns: k, data: d } = distances;
  return Float32Array.from(assignments, (own, i) => {
    const at = d[i * k + own];
    let sum = 0;
    for (let j = 0; j < k; j++) {
      const other = d[i * k + j];
      sum += at === other ? 1 : at / other;
    }
    return 1 / sum;
  });
}
