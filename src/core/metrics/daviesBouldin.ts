import type { Matrix } from '../lib/matrix';
import { withinClusters } from './withinClusters';

/**
 * Davies–Bouldin index: how much a cluster overlaps its nearest, mean over the clusters; less is better.
 *
 *     DB = (1 / K) Σ_k max_{l ≠ k} (S_k + S_l) / ‖μ_k − μ_l‖,   S_k = mean distance of its points to μ_k
 *
 * @param points x [N, M], in the space that was clustered
 * @param assignments clusters [N], from 0; −1 leaves a point out
 * @returns 0 or more; Infinity when two clusters with spread have the same centre, NaN with fewer than two clusters
 * @throws InputError when the sizes differ
 *
 * Differs: scikit-learn leaves clusters with the same centre out instead.
 * Source: Davies and Bouldin (1979), A cluster separation measure, definitions 4 and 5.
 */
export function daviesBouldin(points: Matrix, assignments: ArrayLike<number>): number {
  const { centres, scatters } = withinClusters(points, assignments);
  if (centres.length < 2) return Number.NaN;
  let sum = 0;
  centres.forEach((a, k) => {
    let worst = 0;
    centres.forEach((b, l) => {
      const spread = scatters[k] + scatters[l];
      const apart = Math.sqrt(a.reduce((total, value, j) => total + (value - b[j]) ** 2, 0));
      if (l !== k && spread > 0) worst = Math.max(worst, spread / apart);
    });
    sum += worst;
  });
  return sum / centres.length;
}
