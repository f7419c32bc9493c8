import { squaredDistances } from '../clustering/assign';
import { matrix } from '../lib/matrix';
import { daviesBouldin } from './daviesBouldin';
import { silhouette } from './silhouette';

export interface Validity {
  /** Where and how it was measured. */
  space: 'latents';
  distance: 'euclidean';
  /** N. */
  n: number;
  /** Mean silhouette in [−1, 1]; null for one cluster, and above {@link SILHOUETTE_LIMIT} series, whose pairs are too many. */
  silhouette: number | null;
  /** Davies–Bouldin index, 0 at best; null for one cluster. */
  daviesBouldin: number | null;
}

export const SILHOUETTE_LIMIT = 5000;

/**
 * How well clusters are told apart without labels. Latents that were trained to form clusters flatter both numbers.
 *
 * @param latents H [N, M], width M, assignments [N]
 */
export function validity(latents: Float32Array, width: number, assignments: ArrayLike<number>): Validity {
  const n = latents.length / width;
  const points = matrix(n, width, latents);
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const distances = (): Float64Array => Float64Array.from(squaredDistances(points, points).data, Math.sqrt);
  return {
    space: 'latents',
    distance: 'euclidean',
    n,
    silhouette: n > SILHOUETTE_LIMIT ? null : known(silhouette(matrix(n, n, distances()), assignments).mean),
    daviesBouldin: known(daviesBouldin(points, assignments)),
  };
}
