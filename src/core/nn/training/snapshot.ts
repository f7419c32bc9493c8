import { confidence, squaredDistances } from '../../clustering/assign';
import { kMeans } from '../../clustering/kMeans';
import { matchClusters } from '../../clustering/matchClusters';
import { matrix } from '../../lib/matrix';
import type { Random } from '../../lib/random';
import type { Snapshot } from '../../run';

/** The representations of all series, and the values of the gaps. */
export interface Encoded {
  /** H: [N, M]. */
  latents: Float32Array;
  imputed: Float32Array;
}

/**
 * k-means on H (10 restarts), clusters numbered like the previous epoch's.
 * Source: methods.md sections 4.3 and 5.3, last steps.
 */
export function clusterLatents({ latents, imputed }: Encoded, latentWidth: number, clusters: number, epoch: number, random: Random, previous: Int32Array | null): Snapshot {
  const points = matrix(latents.length / latentWidth, latentWidth, latents);
  const { assignments, centroids } = kMeans(points, clusters, random.fork(epoch));
  return {
    epoch,
    latents,
    latentWidth,
    assignments: matchClusters(assignments, previous, clusters),
    confidence: confidence(squaredDistances(points, centroids), assignments),
    imputed,
  };
}
