import { confidence, squaredDistances } from '../clustering/assign';
import { matchClusters } from '../clustering/matchClusters';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import type { Losses, Method, RunSpec, TrainingData } from '../run';

export interface Clustering {
  /** [N] in 0..K-1. */
  assignments: Int32Array;
  /** Where the series lie on the map: [N, M]. */
  points: Matrix;
  /** By the keys of the catalog. */
  losses: Losses;
}

/** Clusters complete series; yields the share that is done, in [0, 1], often enough that a run can be paused. */
export type Clusterer = (data: TrainingData, spec: RunSpec, random: Random) => Generator<number, Clustering, void>;

/** A method that is computed once, as a run of one epoch. */
export function once(cluster: Clusterer): Method {
  return async function* run(data, spec, _live, from) {
    if (from) return;
    const steps = cluster(data, spec, new Random(spec.seed));
    let step = steps.next();
    let share = 0;
    for (; !step.done; step = steps.next()) {
      share = Math.max(share, step.value);
      yield { kind: 'batch', epoch: 1, batch: Math.floor(share * 100), batches: 100 };
    }
    const { assignments: found, points, losses } = step.value;
    const assignments = matchClusters(found, null, spec.clusters);
    yield {
      kind: 'epoch',
      epoch: 1,
      losses,
      snapshot: {
        epoch: 1,
        latents: Float32Array.from(points.data),
        latentWidth: points.columns,
        assignments,
        confidence: confidence(squaredDistances(points, centroids(points, assignments, spec.clusters)), assignments),
        imputed: Float32Array.from(data.gaps, (cell) => data.values[cell]),
      },
      checkpoint: { method: spec.method, epoch: 1, arrays: {}, numbers: {} },
    };
  };
}

/** Means of the clusters [K, M]; an empty cluster takes the mean of all points. */
function centroids({ rows: n, columns: m, data: x }: Matrix, assignments: Int32Array, k: number): Matrix {
  const means = new Float64Array(k * m);
  const counts = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    counts[assignments[i]] += 1;
    for (let j = 0; j < m; j++) means[assignments[i] * m + j] += x[i * m + j];
  }
  for (let c = 0; c < k; c++) {
    for (let j = 0; j < m; j++) {
      if (counts[c] > 0) means[c * m + j] /= counts[c];
      else for (let i = 0; i < n; i++) means[c * m + j] += x[i * m + j] / n;
    }
  }
  return matrix(k, m, means);
}
