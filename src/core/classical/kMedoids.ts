import { kMedoidsSteps } from '../clustering/kMedoids';
import { distancesOf } from './distance';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** k-medoids on any distance: each cluster is described by one of its series. */
export const kMedoids: Clusterer = function* (data, spec, random) {
  const distances = yield* distancesOf(data, spec);
  const { assignments, cost } = yield* kMedoidsSteps(distances, spec.clusters, random, { restarts: Number(spec.options.restarts) });
  return { assignments, points: seriesPoints(data), losses: { cost } };
};
