/**
 * Training of DTC, in the order of methods.md section 3.4: the autoencoder alone, centroids by complete linkage, then
 * autoencoder and clustering together, the target P made anew from the full set; labels are argmax q. The heat-map
 * network tells of any epoch which steps speak for each label.
 */
import { add, clone, dispose, keep, mul, scalar, stack, tensor2d, tensor3d, tidy, valueAndGrad, type Scalar, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { cutTree, hierarchical } from '../../clustering/hierarchical';
import { kMeans } from '../../clustering/kMeans';
import { clusterNumbers } from '../../clustering/matchClusters';
import { matrix } from '../../lib/matrix';
import { drainAsync } from '../../lib/drain';
import { Random } from '../../lib/random';
import type { Apply, Checkpoint, LiveOptions, Losses, Relevance, Report, RunSpec, SizeOf, Snapshot, TrainingData } from '../../run';
import { readTogether, type Readback } from '../kernels/readback';
import { klDivergence } from '../losses/klDivergence';
import { maskedMeanSquaredError } from '../losses/maskedMeanSquaredError';
import type { SimilarityName } from '../losses/similarity';
import { targetDistribution } from '../losses/targetDistribution';
import { dtcModel, FILTERS, poolingFor, UNITS, type DtcModel } from '../models/dtc';
import { Adam } from './adam';
import { checkFinite, restoreAdam, saveAdam, withRestored } from './checkpoint';
import { steps } from './epoch';
import { latentsOf } from './fullPass';
import { relevance } from './heatMap';
import { learningRate } from './learningRate';
import { batchIndices } from './minibatch';
import { clusterLatents, type Encoded } from './snapshot';

type Option = (key: string) => number;

/** Streams of the seed. */
const START = 0;
const ORDER = 1;
const CLUSTERS = 2;
const HEAT = 3;

const TERMS = ['reconstruction', 'clustering', 'gradient'] as const;
/** More series would need a distance matrix of over 30 MB: their centroids come from k-means. */
const LINKAGE_LIMIT = 2000;
/** The run ends when fewer labels than this share changed, so many checks in a row. */
const CHANGED = 0.001;
const CHECKS = 5;

/** Two convolutions, two LSTMs in both directions. */
export const dtcSize: SizeOf = (_, D) => ({ units: 2 * (UNITS + 1) + FILTERS, weights: 10 * D * FILTERS + 2 * 4 * UNITS * (FILTERS + UNITS) + 8 * (UNITS + 2) });

export async function* dtc(data: TrainingData, spec: RunSpec, live: LiveOptions, from?: Checkpoint): AsyncGenerator<Report, void, void> {
  const option: Option = (key) => Number(live.options[key]);
  const seed = new Random(spec.seed);
  const B = Math.min(option('batchSize'), data.n);
  const { model, pooling } = modelOf(data, spec);
  const K = spec.clusters;
  const batches = Math.ceil(data.n / B);
  const pretraining = Math.min(Math.floor(spec.epochs / 2), Math.ceil(Number(spec.options.pretrainingSteps) / batches));
  const imputed = Float32Array.from(data.gaps, (cell) => data.values[cell]);
  let adam = from ? restoreAdam(from, 'network') : new Adam(model.parameters.initialise(seed.fork(START)));
  let target: Float32Array | null = from?.arrays.target ?? null;
  let assignments: Int32Array | null = from ? Int32Array.from(from.numbers.assignments) : null;
  let joint = from?.numbers.joint[0] ?? 0; // the first epoch with the clusters, 0 before; for good, also where the run goes on with a longer pretraining
  let quiet = (from?.numbers.quiet[0] ?? 0) % CHECKS; // a run that had ended by itself and is told to go on is checked anew
  let latents: Float32Array | null = null; // z of the weights as they are
  let q: Float32Array | null = null; // of the weights as they are, once there are centroids

  try {
    for (let epoch = (from?.epoch ?? 0) + 1; epoch <= spec.epochs; epoch++) {
      if (joint === 0 && epoch > pretraining) joint = epoch;
      if (joint > 0 && (epoch - joint) % Number(spec.options.targetInterval) === 0) {
        latents ??= yield* readTogether(data.n * model.latentWidth, (readback) => encode(readback, model, adam.parameters, data, B, pooling, epoch));
        if (target === null) adam = await withCentroids(adam, model, latents, spec, seed.fork(CLUSTERS), assignments);
        target = targetDistribution(q ?? (await softAssignments(model, adam.parameters, latents)), K);
      }
      const order = batchIndices(data.n, B, seed.fork(ORDER).fork(epoch));
      const checkpoint: Checkpoint = { method: spec.method, epoch, arrays: {}, numbers: {} };
      const { sums, z } = yield* readTogether(order.length * TERMS.length + adam.size + data.n * model.latentWidth, async function* (readback) {
        const sums = yield* steps(readback, epoch, order, TERMS, (series, epochs) => step(model, adam, data, series, pooling, target, K, option, learningRate(live, epochs / spec.epochs)));
        await saveAdam(readback, checkpoint, 'network', adam);
        return { sums, z: yield* encode(readback, model, adam.parameters, data, B, pooling, epoch) };
      });
      checkFinite(checkpoint, { network: model.parameters });
      latents = z;
      const encoded = { latents: latents.slice(), imputed: imputed.slice() };
      q = target ? await softAssignments(model, adam.parameters, latents) : null;
      const snapshot: Snapshot = q
        ? assigned(q, encoded, K, epoch)
        : clusterLatents(encoded, model.latentWidth, K, epoch, seed.fork(CLUSTERS), assignments);
      const changed = assignments === null ? 1 : snapshot.assignments.reduce((count, label, i) => count + Number(label !== assignments![i]), 0) / data.n;
      quiet = q && changed < CHANGED ? quiet + 1 : 0;
      assignments = snapshot.assignments;
      if (target) checkpoint.arrays.target = target.slice();
      checkpoint.numbers.assignments = [...assignments];
      checkpoint.numbers.joint = [joint];
      checkpoint.numbers.quiet = [quiet];
      const losses: Losses = { reconstruction: sums[0] / order.length, clustering: sums[1] / order.length };
      yield { kind: 'epoch', epoch, losses, snapshot, checkpoint };
      if (quiet >= CHECKS) return;
    }
  } finally {
    adam.dispose();
  }
}

/** Encodes other complete series, and gives each the cluster of its largest q; k-means on z before there are centroids. */
export const applyDtc: Apply = async (data, spec, from) => {
  const { model, pooling } = modelOf(data, spec);
  return withRestored(from, 'network', async (parameters) => {
    const B = Math.min(Number(spec.options.batchSize), data.n);
    const latents = await drainAsync(readTogether(data.n * model.latentWidth, (readback) => encode(readback, model, parameters, data, B, pooling, from.epoch)));
    const imputed = Float32Array.from(data.gaps, (cell) => data.values[cell]);
    if (from.arrays.target) return assigned(await softAssignments(model, parameters, latents), { latents, imputed }, spec.clusters, from.epoch);
    return clusterLatents({ latents, imputed }, model.latentWidth, spec.clusters, from.epoch, new Random(spec.seed).fork(CLUSTERS), null);
  });
};

/** The heat-map network, trained on the frozen latents of an epoch. */
export const dtcRelevance: Relevance = (data, spec, { latents, assignments }) => relevance(data, latents, modelOf(data, spec).pooling, spec.clusters, assignments, new Random(spec.seed).fork(HEAT));

function modelOf(data: TrainingData, { options, clusters }: RunSpec): { model: DtcModel; pooling: number } {
  const wanted = Number(options.pooling);
  const pooling = Math.min(data.t, wanted > 0 ? wanted : poolingFor(data.t));
  const similarity = options.similarity as SimilarityName;
  const squared = options.kernel === 'auto' ? similarity === 'eucl' : options.kernel === 'squared';
  const model = dtcModel({ variables: data.d, steps: Math.ceil(data.t / pooling) * pooling, pooling, clusters, similarity, squared, slope: Number(options.slope) });
  return { model, pooling };
}

/** One step: L = w_rec L_ae + γ L_c, the second term once there is a target. @returns the terms and the gradient norm, [3]. */
export function step(model: DtcModel, adam: Adam, data: TrainingData, indices: Int32Array, pooling: number, target: Float32Array | null, K: number, option: Option, rate: number): Tensor1D {
  return tidy(() => {
    const { x, within, valid } = seriesBatch(data, indices, pooling);
    const p = target && tensor2d(Float32Array.from({ length: indices.length * K }, (_, at) => target[indices[Math.floor(at / K)] * K + (at % K)]), [indices.length, K]);
    let terms: Scalar[] = [];
    const { grad } = valueAndGrad((parameters) => {
      const weights = model.parameters.cut(parameters as Tensor1D);
      const z = model.encode(weights, x, valid);
      terms = [
        maskedMeanSquaredError(x, model.decode(weights, z), within), // L_ae
        p ? klDivergence(p, model.spread(weights, z)) : scalar(0), // L_c
      ];
      terms.forEach(keep);
      return add(mul(terms[0], option('reconstructionWeight')), mul(terms[1], option('gamma'))) as Scalar;
    })(adam.parameters);
    const norm = adam.update(grad as Tensor1D, rate, option('clipNorm'));
    const all = stack([...terms.map((term) => clone(term)), norm]) as Tensor1D;
    dispose(terms);
    return all;
  });
}

/** Series padded to a multiple of P: x [B, T, D], within [B, T, D], valid [B, S]. */
function seriesBatch({ t, d: D, values, starts, ends }: TrainingData, indices: Int32Array, P: number): { x: Tensor3D; within: Tensor3D; valid: Tensor2D } {
  const B = indices.length;
  const T = Math.ceil(t / P) * P;
  const [x, within, valid] = [new Float32Array(B * T * D), new Float32Array(B * T * D), new Float32Array((B * T) / P)];
  for (const [b, i] of indices.entries()) {
    const [from, to] = [starts[i], ends[i]];
    x.set(values.subarray((i * t + from) * D, (i * t + to) * D), (b * T + from) * D);
    within.fill(1, (b * T + from) * D, (b * T + to) * D);
    for (let s = Math.floor(from / P); s < Math.ceil(to / P); s++) valid[(b * T) / P + s] = 1;
  }
  return { x: tensor3d(x, [B, T, D]), within: tensor3d(within, [B, T, D]), valid: tensor2d(valid, [B, T / P]) };
}

/** z [N, S] of all series, without a tape. */
function encode(readback: Readback, model: DtcModel, parameters: Tensor1D, data: TrainingData, B: number, pooling: number, epoch: number): AsyncGenerator<Report, Float32Array, void> {
  return latentsOf(readback, data.n, model.latentWidth, B, epoch, (series) =>
    tidy(() => {
      const { x, valid } = seriesBatch(data, series, pooling);
      return model.encode(model.parameters.cut(parameters), x, valid);
    }),
  );
}

/** The values of a tensor, which is then disposed. */
async function taken(tensor: Tensor2D): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

/** q [N, K]. Read asynchronously: a synchronous read of a GPU goes through a canvas and may end its process. */
async function softAssignments(model: DtcModel, parameters: Tensor1D, latents: Float32Array): Promise<Float32Array> {
  const S = model.latentWidth;
  return taken(tidy(() => model.assign(model.parameters.cut(parameters), tensor2d(latents, [latents.length / S, S]))));
}

/** Labels argmax q, and q of the label as confidence. */
function assigned(q: Float32Array, { latents, imputed }: Encoded, K: number, epoch: number): Snapshot {
  const N = q.length / K;
  const assignments = Int32Array.from({ length: N }, (_, i) => q.subarray(i * K, (i + 1) * K).reduce((best, value, j, row) => (value > row[best] ? j : best), 0));
  return { epoch, latents, latentWidth: latents.length / N, assignments, confidence: Float32Array.from(assignments, (label, i) => q[i * K + label]), imputed };
}

/** The same weights with the centroids of the first clusters, numbered like the labels before. */
async function withCentroids(adam: Adam, model: DtcModel, latents: Float32Array, spec: RunSpec, random: Random, previous: Int32Array | null): Promise<Adam> {
  const [K, S] = [spec.clusters, model.latentWidth];
  const N = latents.length / S;
  const found = spec.options.start === 'completeLinkage' && N <= LINKAGE_LIMIT ? await byLinkage(model, latents, K) : null;
  const labels = found ?? kMeans(matrix(N, S, latents), K, random).assignments;
  const number = clusterNumbers(labels, previous, K);
  const centroids = new Float32Array(K * S);
  const counts = new Float64Array(K);
  labels.forEach((label) => (counts[number[label]] += 1));
  labels.forEach((label, i) => {
    const k = number[label];
    for (let s = 0; s < S; s++) centroids[k * S + s] += latents[i * S + s] / counts[k];
  });
  const { parameters, m, v } = await adam.read();
  parameters.set(centroids, parameters.length - K * S); // the last block
  const next = new Adam(parameters, m, v, adam.updates);
  adam.dispose();
  return next;
}

/** Labels of complete linkage under the model's similarity, or null when a cluster has a single series. */
export async function byLinkage(model: DtcModel, latents: Float32Array, K: number): Promise<Int32Array | null> {
  const S = model.latentWidth;
  const N = latents.length / S;
  const distances = new Float64Array(N * N);
  const rows = Math.max(1, Math.floor(2e6 / (N * S)));
  for (let from = 0; from < N; from += rows) {
    const count = Math.min(rows, N - from);
    const part = await taken(tidy(() => model.similarity(tensor2d(latents.subarray(from * S, (from + count) * S), [count, S]), tensor2d(latents, [N, S]))));
    distances.set(part, from * N);
  }
  for (let i = 0; i < N; i++) {
    distances[i * N + i] = 0;
    for (let j = 0; j < i; j++) distances[i * N + j] = distances[j * N + i] = (distances[i * N + j] + distances[j * N + i]) / 2;
  }
  const labels = cutTree(hierarchical(matrix(N, N, distances), 'complete'), K);
  const counts = new Int32Array(K);
  labels.forEach((label) => (counts[label] += 1));
  return counts.some((count) => count < 2) ? null : labels;
}
