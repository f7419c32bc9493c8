import { dtwKMeansSteps } from '../clustering/dtwKMeans';
import { seriesViews } from '../distances/SeriesView';
import { bandOf } from './distance';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** k-means under dynamic time warping, with barycentres. */
export const dtwKMeans: Clusterer = function* (data, { clusters, options }, random) {
  const { assignments, inertia } = yield* dtwKMeansSteps(seriesViews(data), clusters, random, { window: bandOf(options.window), restarts: Number(options.restarts) });
  return { assignments, points: seriesPoints(data), losses: { inertia } };
};
