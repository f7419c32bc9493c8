import { gaussianAffinity } from '../clustering/gaussianAffinity';
import { spectralClustering } from '../clustering/spectralClustering';
import { distancesOf } from './distance';
import type { Clusterer } from './once';

/** Spectral clustering of a Gaussian affinity on any distance; the map shows its embedding. */
export const spectral: Clusterer = function* (data, spec, random) {
  const distances = yield* distancesOf(data, spec);
  const scale = Number(spec.options.scale);
  const { assignments, embedding } = spectralClustering(gaussianAffinity(distances, scale > 0 ? scale : undefined), spec.clusters, random);
  return { assignments, points: embedding, losses: {} };
};
