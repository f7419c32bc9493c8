/**
 * Training of CRLI, in the order of methods.md section 5.3: for each minibatch a step of the discriminator,
 * then a step of generator, linear layer and decoder; after the epoch H, F and the clusters of the full set.
 */
import { add, clone, concat, dispose, keep, mul, onesLike, reshape, scalar, stack, tensor2d, tensor3d, tidy, valueAndGrad, type Scalar, type Tensor1D, type Tensor3D } from '@tensorflow/tfjs-core';
import { drainAsync } from '../../lib/drain';
import { Random } from '../../lib/random';
import type { Apply, Checkpoint, LiveOptions, Losses, Report, RunSpec, SizeOf, Snapshot, TrainingData } from '../../run';
import { readTogether, type Readback } from '../kernels/readback';
import { adversarialLoss } from '../losses/adversarialLoss';
import { discriminatorLoss } from '../losses/discriminatorLoss';
import { maskedMeanSquaredError } from '../losses/maskedMeanSquaredError';
import { spectralKMeans, spectralKMeansShare } from '../losses/spectralKMeans';
import { crliModel, DISCRIMINATOR_UNITS, generatorPasses, type CrliModel, type GeneratorPasses } from '../models/crli';
import { Adam } from './adam';
import { checkFinite, restoreAdam, saveAdam, withRestored } from './checkpoint';
import { steps } from './epoch';
import { encodedOf, encodedSize } from './fullPass';
import { rowsOfF, updateF, type Indicator } from './indicator';
import { forwardShare } from './forwardShare';
import { learningRate } from './learningRate';
import { batchIndices, disposeMinibatch, minibatch, type Minibatch } from './minibatch';
import { clusterLatents, type Encoded } from './snapshot';

type Option = (key: string) => number;

/** Streams of the seed. */
const START = 0;
const ORDER = 1;
const CLUSTERS = 2;

/** The batch size for which λ of the paper holds with the raw sum of L_km (methods.md 5.6). */
const LAMBDA_BATCH = 32;

const TERMS = ['prediction', 'reconstruction', 'adversarial', 'discriminator', 'kMeans', 'gradient of the generator', 'gradient of the discriminator'] as const;

/** Weights that are 0 in a stage of a run without joint training. */
const NONE: readonly string[] = [];
const OF_REPRESENTATION: readonly string[] = ['reconstructionWeight', 'lambda'];
const OF_IMPUTATION: readonly string[] = ['predictionWeight', 'adversarialWeight'];

/** Both directions, decoder and discriminator run for each series. */
export const crliSize: SizeOf = ({ hiddenUnits, layers }, D) => {
  const [h, L] = [Number(hiddenUnits), Number(layers)];
  const M = 2 * L * h;
  const discriminator = DISCRIMINATOR_UNITS.reduce((sum, units) => sum + units, 0);
  return { latentWidth: M, units: 2 * M + discriminator, weights: 2 * (3 * h * (D + h) + (L - 1) * 3 * h * 2 * h) + 3 * M * (D + M) + M * M };
};

export async function* crli(data: TrainingData, spec: RunSpec, live: LiveOptions, from?: Checkpoint): AsyncGenerator<Report, void, void> {
  const option: Option = (key) => Number(live.options[key]);
  const seed = new Random(spec.seed);
  const B = Math.min(option('batchSize'), data.n);
  const model = modelOf(data, spec);
  // without joint training: the imputation first, then the representation of what it has filled
  const alone = spec.options.joint === false ? Math.ceil(spec.epochs / 2) : 0;
  let filled: Float32Array | null = from?.arrays.filled ?? null;
  let imputer: Float32Array | null = from?.arrays.imputer ?? null; // the generator that has filled it
  const { generator, discriminator } = restore(model, seed, from);

  try {
    let state = yield* readTogether(encodedSize(data, model.latentWidth, B), (readback) => encode(readback, model, generator.parameters, filled ? completed(data, filled) : data, B, spec, from?.epoch ?? 0));
    let indicator: Indicator = from ? { f: from.arrays.f, centres: from.arrays.centres } : updateF(state.latents, data.n, model.latentWidth, spec.clusters);
    let assignments: Int32Array | null = from ? Int32Array.from(from.numbers.assignments) : null;

    for (let epoch = (from?.epoch ?? 0) + 1; epoch <= spec.epochs; epoch++) {
      if (alone > 0 && epoch > alone && !filled) [filled, imputer] = [state.imputed, (await generator.read()).parameters];
      const off = alone === 0 ? NONE : filled ? OF_IMPUTATION : OF_REPRESENTATION;
      const shown = filled ? completed(data, filled) : data;
      const order = batchIndices(data.n, B, seed.fork(ORDER).fork(epoch));
      const checkpoint: Checkpoint = { method: spec.method, epoch, arrays: {}, numbers: {} };
      const size = order.length * TERMS.length + generator.size + discriminator.size + encodedSize(data, model.latentWidth, B);
      const { sums, encoded } = yield* readTogether(size, async function* (readback) {
        const sums = yield* steps(readback, epoch, order, TERMS, (series, epochs) => {
          const rate = learningRate(live, epochs / spec.epochs);
          const batch = batchOf(shown, series, B, spec);
          const terms = step(model, generator, discriminator, batch, data.n, indicator, (key) => (key === 'learningRate' ? rate : off.includes(key) ? 0 : option(key)));
          disposeMinibatch(batch);
          return terms;
        });
        await saveAdam(readback, checkpoint, 'generator', generator);
        await saveAdam(readback, checkpoint, 'discriminator', discriminator);
        return { sums, encoded: yield* encode(readback, model, generator.parameters, shown, B, spec, epoch) };
      });
      checkFinite(checkpoint, { generator: model.generator, discriminator: model.discriminator });
      state = encoded;
      if (filled && imputer) {
        state.imputed = filled.slice();
        Object.assign(checkpoint.arrays, { filled, imputer });
      }
      if (epoch % option('fInterval') === 0) indicator = updateF(state.latents, data.n, model.latentWidth, spec.clusters);
      const snapshot: Snapshot = clusterLatents(state, model.latentWidth, spec.clusters, epoch, seed.fork(CLUSTERS), assignments);
      assignments = snapshot.assignments;
      Object.assign(checkpoint.arrays, { f: Float32Array.from(indicator.f), centres: Float32Array.from(indicator.centres) });
      checkpoint.numbers.assignments = [...snapshot.assignments];
      yield { kind: 'epoch', epoch, losses: lossesOf(sums, order.length, data.n), snapshot, checkpoint };
    }
  } finally {
    generator.dispose();
    discriminator.dispose();
  }
}

/**
 * Encodes and fills other series, and clusters them by k-means on their H. Past the first stage of a run without joint
 * training the generator of that stage fills them, and the one of the second represents what it has filled.
 */
export const applyCrli: Apply = async (data, spec, from) => {
  const model = modelOf(data, spec);
  const B = Math.min(Number(spec.options.batchSize), data.n);
  const encoded = (generator: string, shown: TrainingData): Promise<Encoded> =>
    withRestored(from, generator, (parameters) => drainAsync(readTogether(encodedSize(shown, model.latentWidth, B), (readback) => encode(readback, model, parameters, shown, B, spec, from.epoch))));
  const clustered = (said: Encoded): Snapshot => clusterLatents(said, model.latentWidth, spec.clusters, from.epoch, new Random(spec.seed).fork(CLUSTERS), null);
  if (!from.arrays.imputer) return clustered(await encoded('generator', data));
  const { imputed } = await encoded('imputer', data);
  const { latents } = await encoded('generator', completed(data, imputed));
  return clustered({ latents, imputed });
};

function modelOf(data: TrainingData, { options }: RunSpec): CrliModel {
  return crliModel({ variables: data.d, hiddenUnits: Number(options.hiddenUnits), layers: Number(options.layers), linear: options.linear !== false });
}

/** A minibatch with the shares of the two directions; without them where they are a half everywhere. */
function batchOf(data: TrainingData, series: Int32Array, B: number, { options }: RunSpec): Minibatch {
  const batch = minibatch(data, series, B);
  if (options.combination !== 'nearness' || data.gaps.length === 0) return batch;
  return { ...batch, share: tensor3d(forwardShare(data, series, B), [B, data.t, data.d]) };
}

/** Both steps of one minibatch. @returns the terms and gradient norms in the order of TERMS, [7]. */
export function step(model: CrliModel, generator: Adam, discriminator: Adam, batch: Minibatch, N: number, indicator: Indicator, option: Option): Tensor1D {
  const passes = generatorPasses(); // the D step does not move the generator, so its forward pass serves the G step too
  try {
    return tidy(() => {
      const [lossD, normD] = option('adversarialWeight') > 0 && option('discriminatorWeight') > 0 ? discriminatorStep(model, generator, discriminator, batch, option, passes) : [scalar(0), scalar(0)];
      const [prediction, reconstruction, adversarial, kMeansLoss, normG] = generatorStep(model, generator, discriminator, batch, N, indicator, option, passes);
      return stack([prediction, reconstruction, adversarial, lossD, kMeansLoss, normG, normD]) as Tensor1D;
    });
  } finally {
    passes.forward.dispose();
    passes.backward.dispose();
  }
}

/** Moves the discriminator alone, by w_D L_D; the generator runs without a tape. @returns L_D and the norm of the gradient. */
export function discriminatorStep(model: CrliModel, generator: Adam, discriminator: Adam, batch: Minibatch, option: Option, passes?: GeneratorPasses): Scalar[] {
  return tidy(() => {
    const { complete } = model.generate(model.generator.cut(generator.parameters), batch, passes);
    const { value, grad } = valueAndGrad((parameters) => discriminatorLoss(model.discriminate(parameters as Tensor1D, complete, batch.valid), batch.mask, cellsWithin(batch)))(
      discriminator.parameters,
    );
    const weight = option('discriminatorWeight');
    const gradient = (weight === 1 ? grad : mul(grad, weight)) as Tensor1D;
    return [value as Scalar, discriminator.update(gradient, option('learningRate'), option('clipNorm'))];
  });
}

/**
 * Moves generator, linear layer and decoder alone.
 *
 *     L = w_pre L_pre + w_rec L_rec + w_adv L_adv + λ L_km
 *
 * @returns L_pre, L_rec, L_adv, L_km and the norm of the gradient.
 */
export function generatorStep(model: CrliModel, generator: Adam, discriminator: Adam, batch: Minibatch, N: number, indicator: Indicator, option: Option, passes?: GeneratorPasses): Scalar[] {
  const { x, mask, valid, series, rows } = batch;
  const [B, T] = x.shape;
  const weights = [option('predictionWeight'), option('reconstructionWeight'), option('adversarialWeight'), (option('lambda') * LAMBDA_BATCH) / Math.max(LAMBDA_BATCH, B)];
  return tidy(() => {
    const f = tensor2d(rowsOfF(indicator.f, series, B, N), [B, indicator.f.length / N]); // F_b
    const centres = tensor2d(indicator.centres, [model.latentWidth, f.shape[1]]); // C
    const within = cellsWithin(batch);
    let terms: Scalar[] = [];
    const { grad } = valueAndGrad((parameters) => {
      const theta = model.generator.cut(parameters as Tensor1D);
      const { imputation, complete, states } = model.generate(theta, batch, passes);
      const representation = model.represent(theta, states); // H_b
      terms = [
        maskedMeanSquaredError(x, imputation, mask), // L_pre
        maskedMeanSquaredError(x, model.decode(theta, representation, T), mask), // L_rec
        weights[2] > 0 ? adversarialLoss(model.discriminate(discriminator.parameters, complete, valid, true), mask, within) : scalar(0), // L_adv
        B === N ? spectralKMeans(representation, f) : spectralKMeansShare(representation, f, centres, rows), // L_km
      ];
      terms.forEach(keep);
      return terms.map((term, i) => mul(term, weights[i]) as Scalar).reduce((sum, term) => add(sum, term));
    })(generator.parameters);
    const norm = generator.update(grad as Tensor1D, option('learningRate'), option('clipNorm'));
    const kept = terms.map((term) => clone(term));
    dispose(terms);
    return [...kept, norm];
  });
}

/** The data with its gaps filled, every cell of a series observed. */
function completed(data: TrainingData, filling: Float32Array): TrainingData {
  const [values, mask] = [data.values.slice(), data.mask.slice()];
  data.gaps.forEach((cell, g) => {
    values[cell] = filling[g];
    mask[cell] = 1;
  });
  return { ...data, values, mask };
}

/** 1 for the cells that belong to their series, [B, T, D]. */
function cellsWithin({ valid, mask }: Minibatch): Tensor3D {
  return mul(reshape(valid, [...valid.shape, 1]), onesLike(mask));
}

/** H [N, M] and the values of the gaps, from a pass over the full set without a tape; reports so that it can be paused. */
function encode(readback: Readback, model: CrliModel, parameters: Tensor1D, data: TrainingData, B: number, spec: RunSpec, epoch: number): AsyncGenerator<Report, Encoded, void> {
  return encodedOf(readback, data, model.latentWidth, B, epoch, (series) => {
    const batch = batchOf(data, series, B, spec);
    const packed = tidy(() => {
      const theta = model.generator.cut(parameters);
      const { imputation, states } = model.generate(theta, batch);
      return concat([reshape(model.represent(theta, states), [-1]), reshape(imputation, [-1])]);
    });
    disposeMinibatch(batch);
    return packed;
  });
}

function restore(model: CrliModel, seed: Random, from?: Checkpoint): { generator: Adam; discriminator: Adam } {
  if (from) return { generator: restoreAdam(from, 'generator'), discriminator: restoreAdam(from, 'discriminator') };
  const start = seed.fork(START);
  return { generator: new Adam(model.generator.initialise(start.fork(0))), discriminator: new Adam(model.discriminator.initialise(start.fork(1))) };
}

function lossesOf(sums: Float64Array, batches: number, N: number): Losses {
  return {
    prediction: sums[0] / batches,
    reconstruction: sums[1] / batches,
    adversarial: sums[2] / batches,
    discriminator: sums[3] / batches,
    kMeans: sums[4] / N,
  };
}
