import { softDtwKMeansSteps } from '../clustering/softDtwKMeans';
import { seriesViews } from '../distances/SeriesView';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** k-means under soft-DTW. */
export const softDtwKMeans: Clusterer = function* (data, { clusters, options }, random) {
  const { assignments, inertia } = yield* softDtwKMeansSteps(seriesViews(data), clusters, random, { gamma: Number(options.gamma), restarts: Number(options.restarts), maxIterations: 20, barycentreIterations: 10 });
  return { assignments, points: seriesPoints(data), losses: { inertia } };
};
