import { drain } from '../lib/drain';
import { matrix } from '../lib/matrix';
import { daviesBouldin } from './daviesBouldin';
import { silhouetteOfPoints } from './silhouette';

export interface Validity {
  /** How it was measured. */
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
  return drain(validitySteps(latents, width, assignments)).validity;
}

/** The same step by step, with the silhouette of each series [N], or null where there is none. */
export function* validitySteps(latents: Float32Array, width: number, assignments: ArrayLike<number>): Generator<void, { validity: Validity; silhouettes: Float32Array | null }, void> {
  const n = latents.length / width;
  const points = matrix(n, width, latents);
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const found = n > SILHOUETTE_LIMIT ? null : yield* silhouetteOfPoints(points, assignments);
  const silhouette = found === null ? null : known(found.mean);
  return {
    validity: { distance: 'euclidean', n, silhouette, daviesBouldin: known(daviesBouldin(points, assignments)) },
    silhouettes: silhouette === null ? null : Float32Array.from(found!.samples),
  };
}
