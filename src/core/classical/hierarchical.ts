import { cutTree, hierarchicalSteps, type Linkage } from '../clustering/hierarchical';
import { distancesOf } from './distance';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** Agglomerative clustering on any distance, cut at K; its loss is the height of the last merge that was made. */
export const hierarchical: Clusterer = function* (data, spec) {
  const distances = yield* distancesOf(data, spec);
  const tree = yield* hierarchicalSteps(distances, spec.options.linkage as Linkage);
  const height = spec.clusters < data.n ? tree.heights[data.n - 1 - spec.clusters] : 0;
  return { assignments: cutTree(tree, spec.clusters), points: seriesPoints(data), losses: { height } };
};
