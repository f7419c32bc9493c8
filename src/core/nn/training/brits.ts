/**
 * Training of BRITS as an imputer: no labels, the error on observed cells alone.
 * Differs: batches of 32 and about 600 updates by steps of 0.005 that decay, as in the models here, in place of the
 * batches of 64 and steps of 0.001 of the official code.
 */
import { reshape, tensor3d, tidy, valueAndGrad, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core';
import { drainAsync } from '../../lib/drain';
import { Random } from '../../lib/random';
import type { Report, RunSpec, TrainingData } from '../../run';
import { readTogether } from '../kernels/readback';
import { britsFilling, britsLoss, britsModel, elapsed, type BritsBatch } from '../models/brits';
import { Adam } from './adam';
import { checkFinite } from './checkpoint';
import { steps } from './epoch';
import { encodedOf, encodedSize } from './fullPass';
import { learningRate } from './learningRate';
import { batchIndices, disposeMinibatch, minibatch, type Minibatch } from './minibatch';

/** Streams of the seed. */
const START = 0;
const ORDER = 1;

export interface BritsSize {
  /** Default: 108. */
  units?: number;
  /** Default: about 600 updates, at least 10 epochs. */
  epochs?: number;
}

const UNITS = 108;
const UPDATES = 600;
const EPOCHS = 10;
/** Series in a minibatch. */
export const BATCH = 32;
const CLIP_NORM = 5;
/** Adam with cosine decay, as in the models here. */
const RATE = { options: { learningRate: 0.005, decay: 'cosine' } };

/** Trains on the data and reports its batches on the way; returns the values of the gaps, in their order. */
export async function* brits(data: TrainingData, { seed }: Pick<RunSpec, 'seed'>, size: BritsSize = {}): AsyncGenerator<Report, Float32Array, void> {
  const random = new Random(seed);
  const model = britsModel(data.d, size.units ?? UNITS);
  const adam = new Adam(model.parameters.initialise(random.fork(START)));
  const B = Math.min(BATCH, data.n);
  const epochs = size.epochs ?? Math.max(EPOCHS, Math.round(UPDATES / Math.ceil(data.n / B)));
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const order = batchIndices(data.n, B, random.fork(ORDER).fork(epoch));
      const training = readTogether(order.length, (readback) =>
        steps(readback, epoch, order, ['imputation'], (series, progress) => {
          const batch = britsBatch(data, series);
          const loss = step(model, adam, batch, learningRate(RATE, progress / epochs));
          disposeBatch(batch);
          return loss;
        }),
      );
      for await (const report of training) yield { ...report, epoch: 0 };
    }
    checkFinite({ epoch: epochs, arrays: { imputer: (await adam.read()).parameters } }, { imputer: model.parameters });
    const filled = readTogether(encodedSize(data, 0, B), (readback) =>
      encodedOf(readback, data, 0, B, epochs, (series) => {
        const batch = britsBatch(data, series);
        const filling = tidy(() => britsFilling(model, adam.parameters, batch));
        disposeBatch(batch);
        return filling;
      }),
    );
    return (await drainAsync(filled)).imputed;
  } finally {
    adam.dispose();
  }
}

/** One update. @returns the loss, [1]. */
function step(model: ReturnType<typeof britsModel>, adam: Adam, batch: BritsBatch, rate: number): Tensor1D {
  return tidy(() => {
    const { value, grad } = valueAndGrad((parameters) => britsLoss(model, parameters as Tensor1D, batch))(adam.parameters);
    adam.update(grad as Tensor1D, rate, CLIP_NORM);
    return reshape(value as Scalar, [1]);
  });
}

export type BritsMinibatch = Minibatch & BritsBatch;

/** The series of `indices` with their elapsed steps; the caller disposes it by {@link disposeBatch}. */
export function britsBatch(data: TrainingData, indices: Int32Array): BritsMinibatch {
  const { t: T, d: D } = data;
  const [forward, backward] = [new Float32Array(indices.length * T * D), new Float32Array(indices.length * T * D)];
  for (const [b, i] of indices.entries()) {
    const mask = data.mask.subarray(i * T * D, (i + 1) * T * D);
    forward.set(elapsed(mask, D, data.starts[i]), b * T * D);
    backward.set(elapsed(mask.map((_, at) => mask[(T - 1 - Math.floor(at / D)) * D + (at % D)]), D, T - data.ends[i]), b * T * D);
  }
  const shape: [number, number, number] = [indices.length, T, D];
  return { ...minibatch(data, indices, indices.length), elapsed: { forward: tensor3d(forward, shape), backward: tensor3d(backward, shape) } };
}

export function disposeBatch(batch: BritsMinibatch): void {
  disposeMinibatch(batch);
  batch.elapsed.forward.dispose();
  batch.elapsed.backward.dispose();
}
