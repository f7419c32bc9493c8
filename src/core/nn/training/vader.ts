/**
 * Training of VaDER, in the order of methods.md section 7: the autoencoder alone, a mixture of Gaussians fitted to its
 * latents, then autoencoder and mixture together; labels are the component of the greatest posterior.
 */
import { add, clone, concat, dispose, exp, keep, mul, reshape, scalar, stack, tensor2d, tidy, valueAndGrad, type Scalar, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { gaussianMixture } from '../../clustering/gaussianMixture';
import { logDensities, type Gaussians } from '../../clustering/gaussians';
import { clusterNumbers } from '../../clustering/matchClusters';
import { columnMeans } from '../../imputation/columnMean';
import { matrix } from '../../lib/matrix';
import { drainAsync } from '../../lib/drain';
import { Random } from '../../lib/random';
import type { Apply, Checkpoint, LiveOptions, Losses, Report, RunSpec, SizeOf, Snapshot, TrainingData } from '../../run';
import { readTogether, type Readback } from '../kernels/readback';
import { gaussianMixturePrior } from '../losses/gaussianMixturePrior';
import { maskedMeanSquaredError } from '../losses/maskedMeanSquaredError';
import { vaderModel, type VaderModel } from '../models/vader';
import { Adam } from './adam';
import { checkFinite, restoreAdam, saveAdam, withRestored } from './checkpoint';
import { steps } from './epoch';
import { encodedOf, encodedSize } from './fullPass';
import { learningRate } from './learningRate';
import { batchIndices, disposeMinibatch, minibatch, type Minibatch } from './minibatch';
import { clusterLatents, type Encoded } from './snapshot';

type Option = (key: string) => number;

/** Streams of the seed. */
const START = 0;
const ORDER = 1;
const CLUSTERS = 2;
const NOISE = 3;

const TERMS = ['reconstruction', 'latent', 'gradient'] as const;
/** Added to the variances of the first mixture, as a share of the mean variance of the latents. */
const REGULARISATION = 1e-4;
/** Least variance of a component at the start, for latents that coincide: float32 softplus keeps it above 0. */
const LEAST_VARIANCE = 1e-4;
const RESTARTS = 10;

export const vaderSize: SizeOf = ({ hiddenUnits, latentUnits }, D) => {
  const [H, M] = [Number(hiddenUnits), Number(latentUnits)];
  return { latentWidth: M, units: 2 * H, weights: 2 * 3 * H * (D + H) + 3 * H * M };
};

export async function* vader(data: TrainingData, spec: RunSpec, live: LiveOptions, from?: Checkpoint): AsyncGenerator<Report, void, void> {
  const option: Option = (key) => Number(live.options[key]);
  const seed = new Random(spec.seed);
  const B = Math.min(option('batchSize'), data.n);
  const K = spec.clusters;
  const model = modelOf(data, spec);
  const pretraining = Math.min(Math.floor(spec.epochs / 2), Math.ceil(Number(spec.options.pretrainingSteps) / Math.ceil(data.n / B)));
  let adam = from ? restoreAdam(from, 'network') : new Adam(model.parameters.initialise(seed.fork(START)));
  let assignments: Int32Array | null = from ? Int32Array.from(from.numbers.assignments) : null;
  let joint = from?.numbers.joint[0] === 1; // for good: a run that goes on with a longer pretraining keeps its mixture

  try {
    for (let epoch = (from?.epoch ?? 0) + 1; epoch <= spec.epochs; epoch++) {
      if (!joint && epoch > pretraining) {
        joint = true;
        const { latents } = yield* readTogether(encodedSize(data, model.latentWidth, B), (readback) => encode(readback, model, adam.parameters, data, B, epoch));
        adam = await withMixture(adam, latents, model.latentWidth, K, seed.fork(CLUSTERS), assignments);
      }
      const order = batchIndices(data.n, B, seed.fork(ORDER).fork(epoch));
      const checkpoint: Checkpoint = { method: spec.method, epoch, arrays: {}, numbers: {} };
      const { sums, encoded } = yield* readTogether(order.length * TERMS.length + adam.size + encodedSize(data, model.latentWidth, B), async function* (readback) {
        const sums = yield* steps(readback, epoch, order, TERMS, (series, epochs) => {
          const batch = minibatch(data, series, series.length);
          const random = seed.fork(NOISE).fork(adam.updates);
          const noise = Float32Array.from({ length: series.length * model.latentWidth }, () => random.normal());
          const terms = step(model, adam, batch, noise, joint, option, learningRate(live, epochs / spec.epochs));
          disposeMinibatch(batch);
          return terms;
        });
        await saveAdam(readback, checkpoint, 'network', adam);
        return { sums, encoded: yield* encode(readback, model, adam.parameters, data, B, epoch) };
      });
      checkFinite(checkpoint, { network: model.parameters });
      const snapshot = joint
        ? assigned(encoded, mixtureOf(checkpoint.arrays.network, model.latentWidth, K), model.latentWidth, epoch)
        : clusterLatents(encoded, model.latentWidth, K, epoch, seed.fork(CLUSTERS), assignments);
      assignments = snapshot.assignments;
      checkpoint.numbers.assignments = [...assignments];
      checkpoint.numbers.joint = [Number(joint)];
      const losses: Losses = { reconstruction: sums[0] / order.length, latent: sums[1] / order.length };
      yield { kind: 'epoch', epoch, losses, snapshot, checkpoint };
    }
  } finally {
    adam.dispose();
  }
}

/** Encodes and fills other series, and gives each the component of its greatest posterior; k-means before there is a mixture. */
export const applyVader: Apply = async (data, spec, from) => {
  const [model, K] = [modelOf(data, spec), spec.clusters];
  return withRestored(from, 'network', async (parameters) => {
    const B = Math.min(Number(spec.options.batchSize), data.n);
    const encoded = await drainAsync(readTogether(encodedSize(data, model.latentWidth, B), (readback) => encode(readback, model, parameters, data, B, from.epoch)));
    if (from.numbers.joint[0] === 1) return assigned(encoded, mixtureOf(from.arrays.network, model.latentWidth, K), model.latentWidth, from.epoch);
    return clusterLatents(encoded, model.latentWidth, K, from.epoch, new Random(spec.seed).fork(CLUSTERS), null);
  });
};

function modelOf(data: TrainingData, { options, clusters }: RunSpec): VaderModel {
  return vaderModel({ steps: data.t, variables: data.d, hiddenUnits: Number(options.hiddenUnits), latentWidth: Number(options.latentUnits), clusters, fillings: columnMeans(data) });
}

/**
 * One step.
 *
 *     L = w_rec T D L_rec + α L_latent,    the second term once the mixture is fitted
 *
 * @param noise ε of z = μ̃ + √s̃ ε, [B, M]
 * @returns L_rec, L_latent and the gradient norm, [3].
 */
export function step(model: VaderModel, adam: Adam, batch: Minibatch, noise: Float32Array, joint: boolean, option: Option, rate: number): Tensor1D {
  return tidy(() => {
    const { x, mask, valid } = batch;
    const [B, T, D] = x.shape;
    const epsilon = tensor2d(noise, [B, model.latentWidth]);
    let terms: Scalar[] = [];
    const { grad } = valueAndGrad((parameters) => {
      const weights = model.parameters.cut(parameters as Tensor1D);
      const { mu, logVariance } = model.encode(weights, batch);
      const z = add(mu, mul(exp(mul(logVariance, 0.5)), epsilon)) as Tensor2D;
      terms = [
        maskedMeanSquaredError(x, model.decode(weights, z, valid), mask), // L_rec
        joint ? gaussianMixturePrior(mu, logVariance, z, model.prior(weights)) : scalar(0), // L_latent
      ];
      terms.forEach(keep);
      return add(mul(terms[0], option('reconstructionWeight') * T * D), mul(terms[1], option('latentWeight'))) as Scalar;
    })(adam.parameters);
    const norm = adam.update(grad as Tensor1D, rate, option('clipNorm'));
    const all = stack([...terms.map((term) => clone(term)), norm]) as Tensor1D;
    dispose(terms);
    return all;
  });
}

/** μ̃ [N, M] and the decoder's values of the gaps, from a pass over the full set without a tape. */
function encode(readback: Readback, model: VaderModel, parameters: Tensor1D, data: TrainingData, B: number, epoch: number): AsyncGenerator<Report, Encoded, void> {
  return encodedOf(readback, data, model.latentWidth, B, epoch, (series) => {
    const batch = minibatch(data, series, series.length);
    const packed = tidy(() => {
      const weights = model.parameters.cut(parameters);
      const { mu } = model.encode(weights, batch);
      return concat([reshape(mu, [-1]), reshape(model.decode(weights, mu, batch.valid), [-1])]);
    });
    disposeMinibatch(batch);
    return packed;
  });
}

/** The same weights with a mixture fitted to the latents, its components numbered like the labels before. */
async function withMixture(adam: Adam, latents: Float32Array, M: number, K: number, random: Random, previous: Int32Array | null): Promise<Adam> {
  const fitted = gaussianMixture(matrix(latents.length / M, M, latents), K, random, { regularisation: REGULARISATION, restarts: RESTARTS });
  const number = clusterNumbers(fitted.assignments, previous, K);
  const { parameters, m, v } = await adam.read();
  const { logits, means, spreads } = priorOf(parameters, M, K);
  for (let c = 0; c < K; c++) {
    const k = number[c];
    logits[k] = Math.log(fitted.weights[c]);
    for (let j = 0; j < M; j++) {
      means[k * M + j] = fitted.means.data[c * M + j];
      spreads[k * M + j] = inverseSoftplus(Math.max(fitted.covariances.data[c * M + j], LEAST_VARIANCE));
    }
  }
  const next = new Adam(parameters, m, v, adam.updates);
  adam.dispose();
  return next;
}

/** The blocks of the prior, the last ones of the parameters, as views. */
function priorOf(parameters: Float32Array, M: number, K: number): { logits: Float32Array; means: Float32Array; spreads: Float32Array } {
  const at = parameters.length - K - 2 * K * M;
  return { logits: parameters.subarray(at, at + K), means: parameters.subarray(at + K, at + K + K * M), spreads: parameters.subarray(at + K + K * M) };
}

/** The prior as a mixture in float64. */
function mixtureOf(parameters: Float32Array, M: number, K: number): Gaussians {
  const { logits, means, spreads } = priorOf(parameters, M, K);
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit - Math.max(...logits)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { covariance: 'diagonal', weights: weights.map((weight) => weight / total), means: matrix(K, M, means), covariances: matrix(K, M, Float64Array.from(spreads, softplus)) };
}

/** Labels argmax_c φ_c N(μ̃; μ_c, s_c), and the posterior of the label as confidence. */
function assigned({ latents, imputed }: Encoded, mixture: Gaussians, M: number, epoch: number): Snapshot {
  const N = latents.length / M;
  const K = mixture.weights.length;
  const logs = logDensities(Float64Array.from(latents), N, M, mixture);
  const assignments = new Int32Array(N);
  const confidence = new Float32Array(N);
  for (let i = 0; i < N; i++) {
    const row = logs.subarray(i * K, (i + 1) * K);
    const most = Math.max(...row);
    assignments[i] = row.indexOf(most);
    confidence[i] = 1 / row.reduce((sum, log) => sum + Math.exp(log - most), 0);
  }
  return { epoch, latents, latentWidth: M, assignments, confidence, imputed };
}

/** log(1 + eˣ). */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** x of softplus(x) = y > 0. */
function inverseSoftplus(y: number): number {
  return y + Math.log(-Math.expm1(-y));
}
