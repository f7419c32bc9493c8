import { kShapeSteps } from '../clustering/kShape';
import { seriesViews } from '../distances/SeriesView';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** k-Shape: clusters of series of the same shape, wherever in time it lies. */
export const kShape: Clusterer = function* (data, { clusters, options }, random) {
  const { assignments, inertia } = yield* kShapeSteps(seriesViews(data), clusters, random, { restarts: Number(options.restarts) });
  return { assignments, points: seriesPoints(data), losses: { inertia } };
};
