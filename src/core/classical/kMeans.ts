import { kMeans as cluster } from '../clustering/kMeans';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** k-means on the prepared values of the series, x_i in R^{TD}. */
export const kMeans: Clusterer = function* (data, spec, random) {
  const points = seriesPoints(data);
  const { assignments, inertia } = cluster(points, spec.clusters, random, { restarts: Number(spec.options.restarts) });
  return { assignments, points, losses: { inertia } };
};
