import { matrix, type Matrix } from '../lib/matrix';
import type { Random } from '../lib/random';
import { checkClusterCount, checkSymmetric } from './checks';
import { topEigen } from './eigen';
import { kMeans } from './kMeans';

/**
 * Spectral clustering: k-means on the K least eigenvectors of the random-walk Laplacian.
 *
 *     L_rw = I − D⁻¹ A,   D = diag(Σ_j a_ij);   the rows of D^{−1/2} U, U the top eigenvectors of D^{−1/2} A D^{−1/2}
 *
 * @param affinity A [N, N], symmetric, 0 or more; see {@link gaussianAffinity} for one made of distances
 * @param k K, number of clusters
 * @param random seeds k-means (10 restarts)
 * @returns assignments [N] in 0..K-1 and the embedding [N, K]. A series without any affinity is a component of its own.
 * @throws InputError when K is not from 1 to N, or A is not finite, symmetric and 0 or more
 *
 * Source: Shi and Malik (2000), Normalized cuts and image segmentation; von Luxburg (2007), A tutorial on spectral clustering.
 */
export function spectralClustering(affinity: Matrix, k: number, random: Random): { assignments: Int32Array; embedding: Matrix } {
  checkSymmetric(affinity, 'affinities');
  const n = affinity.rows;
  checkClusterCount(k, n);
  // The diagonal says how near a series is to itself, which tells nothing of clusters.
  const between = (i: number, j: number): number => (i === j ? 0 : affinity.data[i * n + j]);
  const alone = new Uint8Array(n).fill(1);
  const root = Float64Array.from({ length: n }, (_, i) => {
    let degree = 0;
    for (let j = 0; j < n; j++) degree += between(i, j);
    if (degree > 0) alone[i] = 0;
    return degree > 0 ? Math.sqrt(degree) : 1;
  });
  // I + D^{−1/2} A D^{−1/2}: same eigenvectors, and no eigenvalue below 0.
  const shifted = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) shifted[i * n + j] = Number(i === j) * (1 + alone[i]) + between(i, j) / (root[i] * root[j]);
  const { vectors } = topEigen(matrix(n, n, shifted), k);
  const embedding = matrix(n, k, vectors.map((value, at) => value / root[Math.floor(at / k)]));
  return { assignments: kMeans(embedding, k, random).assignments, embedding };
}
