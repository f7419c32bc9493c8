import { confidence, nearest, squaredDistances } from '../../src/core/clustering/assign';
import { check } from '../../src/core/lib/assert';
import { matrix, type Matrix } from '../../src/core/lib/matrix';
import { implementations } from '../../src/core/methods';
import { withinClusters } from '../../src/core/metrics/withinClusters';
import type { Checkpoint, RunSpec, Snapshot, TrainingData } from '../../src/core/run';
import type { Protocol } from './arguments';

/** The end of a run. */
export interface Trained {
  snapshot: Snapshot;
  checkpoint: Checkpoint;
}

/** Trains and takes the last epoch. */
export async function fit(data: TrainingData, spec: RunSpec): Promise<Trained> {
  let last: Trained | null = null;
  for await (const report of implementations[spec.method].run(data, spec, { options: spec.options })) if (report.kind === 'epoch') last = report;
  return last!;
}

/**
 * What a method that was fitted on the train split says of the test split.
 * @throws InputError for the nearest centres of a method without a space of its own
 */
export async function transferred(trained: Trained, test: TrainingData, spec: RunSpec, protocol: Protocol): Promise<Snapshot> {
  const { apply } = implementations[spec.method];
  check(apply !== undefined || spec.method === 'kMeans', `${spec.method} has no centres to give series of another split to: take --protocol test or pooled.`);
  const own = apply ? await apply(test, spec, trained.checkpoint) : await fit(test, spec).then(({ snapshot }) => snapshot); // of k-means: its points
  if (protocol === 'test' || spec.method === 'dtc' || spec.method === 'vader') return own;
  const centres = withinClusters(points(trained.snapshot), trained.snapshot.assignments).centres;
  const distances = squaredDistances(points(own), matrix(centres.length, own.latentWidth, Float64Array.from(centres.flatMap((centre) => [...centre]))));
  const assignments = nearest(distances);
  return { ...own, assignments, confidence: confidence(distances, assignments) };
}

function points({ latents, latentWidth }: Snapshot): Matrix {
  return matrix(latents.length / latentWidth, latentWidth, latents);
}
