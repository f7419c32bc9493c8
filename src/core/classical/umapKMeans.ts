import { kMeans as cluster } from '../clustering/kMeans';
import { umap } from '../projection/umap';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** k-means on a UMAP projection of the prepared values of the series. */
export const umapKMeans: Clusterer = function* (data, { clusters, options, seed }, random) {
  const points = yield* umap(seriesPoints(data), { components: Number(options.components), neighbours: Number(options.neighbours), minDist: Number(options.minDist), seed });
  const { assignments, inertia } = cluster(points, clusters, random, { restarts: Number(options.restarts) });
  return { assignments, points, losses: { inertia } };
};
