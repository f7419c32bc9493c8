/**
 * Training of DTCR, in the order of methods.md section 4.3: fakes of every series, a step on reconstruction,
 * classification and spectral k-means loss, an update of F every few epochs, k-means on H for the labels.
 */
import { add, concat, dispose, keep, mul, scalar, slice, stack, tensor1d, tensor2d, tensor3d, tidy, valueAndGrad, clone, type Scalar, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { drainAsync } from '../../lib/drain';
import { Random } from '../../lib/random';
import type { Apply, Checkpoint, LiveOptions, Losses, Report, RunSpec, SizeOf, TrainingData } from '../../run';
import { readTogether, type Readback } from '../kernels/readback';
import { classificationLoss } from '../losses/classificationLoss';
import { maskedMeanSquaredError } from '../losses/maskedMeanSquaredError';
import { spectralKMeans, spectralKMeansShare } from '../losses/spectralKMeans';
import { weightDecay } from '../losses/weightDecay';
import { dtcrModel, type DtcrBatch, type DtcrModel } from '../models/dtcr';
import { Adam } from './adam';
import { checkFinite, restoreAdam, saveAdam, withRestored } from './checkpoint';
import { steps } from './epoch';
import { fakeSeries } from './fakeSeries';
import { latentsOf } from './fullPass';
import { misleadingF, rowsOfF, updateF, type Indicator } from './indicator';
import { learningRate } from './learningRate';
import { batchIndices } from './minibatch';
import { phaseOf } from './robustness';
import { clusterLatents } from './snapshot';

type Option = (key: string) => number;

/** Streams of the seed. */
const START = 0;
const ORDER = 1;
const CLUSTERS = 2;
const FAKES = 3;
const MISLEADING = 4;

const TERMS = ['reconstruction', 'classification', 'kMeans', 'gradient'] as const;
/** Encoders from the least to the largest of the paper's grid. */
const UNITS: Record<string, readonly number[]> = { small: [50, 30, 30], large: [100, 50, 50] };

/** The encoder runs on as many fakes as series, the decoder on the series. */
export const dtcrSize: SizeOf = ({ encoder }, D) => {
  const m = 2 * UNITS[String(encoder)].reduce((sum, units) => sum + units, 0);
  return { latentWidth: m, units: 3 * m, weights: 3 * m * (D + 2 * m) };
};

export async function* dtcr(data: TrainingData, spec: RunSpec, live: LiveOptions, from?: Checkpoint): AsyncGenerator<Report, void, void> {
  const option: Option = (key) => Number(live.options[key]);
  const seed = new Random(spec.seed);
  const B = Math.min(option('batchSize'), data.n);
  const { values } = data; // complete, by the imputer of the options
  const imputed = Float32Array.from(data.gaps, (cell) => values[cell]);
  const model = modelOf(data, spec);
  const adam = from ? restoreAdam(from, 'network') : new Adam(model.parameters.initialise(seed.fork(START)));
  const kernels = tensor1d(model.parameters.kernels());

  try {
    let latents = yield* readTogether(data.n * model.latentWidth, (readback) => encode(readback, model, adam.parameters, data, values, B, from?.epoch ?? 0));
    let indicator: Indicator = from ? { f: from.arrays.f, centres: from.arrays.centres } : updateF(latents, data.n, model.latentWidth, spec.clusters);
    let assignments: Int32Array | null = from ? Int32Array.from(from.numbers.assignments) : null;
    let third = from?.numbers.third[0] ?? 0;

    for (let epoch = (from?.epoch ?? 0) + 1; epoch <= spec.epochs; epoch++) {
      const phase = phaseOf(epoch, spec.epochs, spec.options.misleadingF, third);
      third = phase.third;
      if (phase.f === 'shuffle') indicator = misleadingF(indicator, latents, data.n, model.latentWidth, seed.fork(MISLEADING));
      else if (phase.f === 'renew') indicator = updateF(latents, data.n, model.latentWidth, spec.clusters);
      const fakes = fakeSeries(values, data.n, data.t, data.d, data.starts, data.ends, option('fakeShare'), seed.fork(FAKES).fork(epoch));
      const order = batchIndices(data.n, B, seed.fork(ORDER).fork(epoch));
      const checkpoint: Checkpoint = { method: spec.method, epoch, arrays: {}, numbers: {} };
      const { sums, encoded } = yield* readTogether(order.length * TERMS.length + adam.size + data.n * model.latentWidth, async function* (readback) {
        const sums = yield* steps(readback, epoch, order, TERMS, (series, epochs) => {
          const rate = learningRate(live, epochs / spec.epochs);
          return step(model, adam, kernels, data, values, fakes, series, indicator, live.options.kMeansScale === 'mean', (key) => (key === 'learningRate' ? rate : key === phase.off ? 0 : option(key)));
        });
        await saveAdam(readback, checkpoint, 'network', adam);
        return { sums, encoded: yield* encode(readback, model, adam.parameters, data, values, B, epoch) };
      });
      checkFinite(checkpoint, { network: model.parameters });
      latents = encoded;
      if (epoch % option('fInterval') === 0 && phase.off === null) indicator = updateF(latents, data.n, model.latentWidth, spec.clusters);
      const snapshot = clusterLatents({ latents, imputed: imputed.slice() }, model.latentWidth, spec.clusters, epoch, seed.fork(CLUSTERS), assignments);
      assignments = snapshot.assignments;
      Object.assign(checkpoint.arrays, { f: Float32Array.from(indicator.f), centres: Float32Array.from(indicator.centres) });
      checkpoint.numbers.assignments = [...snapshot.assignments];
      checkpoint.numbers.third = [third];
      yield { kind: 'epoch', epoch, losses: lossesOf(sums, order.length, data.n), snapshot, checkpoint };
    }
  } finally {
    adam.dispose();
    kernels.dispose();
  }
}

/** Encodes other complete series, and clusters them by k-means on their H. */
export const applyDtcr: Apply = async (data, spec, from) => {
  const model = modelOf(data, spec);
  return withRestored(from, 'network', async (parameters) => {
    const B = Math.min(Number(spec.options.batchSize), data.n);
    const latents = await drainAsync(readTogether(data.n * model.latentWidth, (readback) => encode(readback, model, parameters, data, data.values, B, from.epoch)));
    const imputed = Float32Array.from(data.gaps, (cell) => data.values[cell]);
    return clusterLatents({ latents, imputed }, model.latentWidth, spec.clusters, from.epoch, new Random(spec.seed).fork(CLUSTERS), null);
  });
};

function modelOf(data: TrainingData, { options }: RunSpec): DtcrModel {
  return dtcrModel({ variables: data.d, units: UNITS[String(options.encoder)], dilations: dilations(data.t) });
}

/** 1, 4, 16 for long series, 1, 2, 4 for others; each less than T (methods.md 4.4, 2.5). */
export function dilations(T: number): number[] {
  return (T > 48 ? [1, 4, 16] : [1, 2, 4]).map((d) => Math.max(1, Math.min(d, T - 1)));
}

/**
 * One step on a batch of real series and as many fakes.
 *
 *     L = w_rec L_rec + w_cls L_cls + λ/2 L_km + w_dec ‖kernels‖²/2
 *
 * @param normalised whether λ weighs L_km / (n m), the mean over the entries of H, instead of the sum
 * @returns the terms and the gradient norm in the order of TERMS, [4].
 */
export function step(model: DtcrModel, adam: Adam, kernels: Tensor1D, data: TrainingData, values: Float32Array, fakes: Float32Array, indices: Int32Array, indicator: Indicator, normalised: boolean, option: Option): Tensor1D {
  const n = indices.length;
  const weights = [option('reconstructionWeight'), option('classificationWeight'), option('lambda') / (normalised ? 2 * n * model.latentWidth : 2)];
  return tidy(() => {
    const real = seriesBatch(data, values, indices);
    const both = weights[1] > 0 ? join(real, seriesBatch(data, fakes, indices)) : real;
    const signs = tensor2d(Float32Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : -1)), [2 * n, 1]);
    const f = tensor2d(rowsOfF(indicator.f, indices, n, data.n), [n, indicator.f.length / data.n]); // F_b
    const centres = tensor2d(indicator.centres, [model.latentWidth, f.shape[1]]); // C
    const { within } = real; // [n, T, D]
    let terms: Scalar[] = [];
    const { grad } = valueAndGrad((parameters) => {
      const theta = parameters as Tensor1D;
      const network = model.parameters.cut(theta);
      const representations = model.encode(network, both); // [2n, m], real first
      const h = slice(representations, [0, 0], [n, model.latentWidth]); // H_b
      terms = [
        maskedMeanSquaredError(real.x, model.decode(network, h, real.firstValue, data.t), within), // L_rec
        weights[1] > 0 ? classificationLoss(model.classify(network, representations), signs) : scalar(0), // L_cls
        n === data.n ? spectralKMeans(h, f) : spectralKMeansShare(h, f, centres, tensor2d(new Float32Array(n).fill(1), [n, 1])), // L_km
      ];
      terms.forEach(keep);
      const decay = weightDecay(theta, kernels, option('weightDecay'));
      return terms.map((term, i) => mul(term, weights[i]) as Scalar).reduce((total, term) => add(total, term), decay);
    })(adam.parameters);
    const norm = adam.update(grad as Tensor1D, option('learningRate'), option('clipNorm'));
    const all = stack([...terms.map((term) => clone(term)), norm]) as Tensor1D;
    dispose(terms);
    return all;
  });
}

interface SeriesBatch extends DtcrBatch {
  /** x_1 of each series, [B, D]. */
  firstValue: Tensor2D;
  /** 1 for the cells that belong to their series, [B, T, D]. */
  within: Tensor3D;
}

export function seriesBatch({ t: T, d: D, starts, ends }: TrainingData, values: Float32Array, indices: Int32Array): SeriesBatch {
  const B = indices.length;
  const [x, within] = [new Float32Array(B * T * D), new Float32Array(B * T * D)];
  const [valid, first, last] = [new Float32Array(B * T), new Float32Array(B * T), new Float32Array(B * T)];
  const firstValue = new Float32Array(B * D);
  for (const [b, i] of indices.entries()) {
    const [from, to] = [starts[i], ends[i]];
    x.set(values.subarray((i * T + from) * D, (i * T + to) * D), (b * T + from) * D);
    within.fill(1, (b * T + from) * D, (b * T + to) * D);
    valid.fill(1, b * T + from, b * T + to);
    first[b * T + from] = 1;
    last[b * T + to - 1] = 1;
    firstValue.set(values.subarray((i * T + from) * D, (i * T + from + 1) * D), b * D);
  }
  return {
    x: tensor3d(x, [B, T, D]),
    within: tensor3d(within, [B, T, D]),
    valid: tensor2d(valid, [B, T]),
    first: tensor3d(first, [B, T, 1]),
    last: tensor3d(last, [B, T, 1]),
    firstValue: tensor2d(firstValue, [B, D]),
  };
}

function join(a: DtcrBatch, b: DtcrBatch): DtcrBatch {
  return { x: concat([a.x, b.x], 0), valid: concat([a.valid, b.valid], 0), first: concat([a.first, b.first], 0), last: concat([a.last, b.last], 0) };
}

/** H [N, m] from a pass over the full set without a tape, without fakes. */
function encode(readback: Readback, model: DtcrModel, parameters: Tensor1D, data: TrainingData, values: Float32Array, B: number, epoch: number): AsyncGenerator<Report, Float32Array, void> {
  return latentsOf(readback, data.n, model.latentWidth, B, epoch, (series) => tidy(() => model.encode(model.parameters.cut(parameters), seriesBatch(data, values, series))));
}

function lossesOf(sums: Float64Array, batches: number, N: number): Losses {
  return { reconstruction: sums[0] / batches, classification: sums[1] / batches, kMeans: sums[2] / N };
}
