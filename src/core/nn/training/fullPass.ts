/** Passes over the full set without a tape, batch by batch; they report after each batch so that they can be paused. What they return is whole once the readback is. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Report, TrainingData } from '../../run';
import type { Readback } from '../kernels/readback';
import { batchIndices } from './minibatch';
import type { Encoded } from './snapshot';

async function* fullPass(readback: Readback, n: number, B: number, epoch: number, compute: (series: Int32Array) => Tensor, take: (values: Float32Array, series: Int32Array) => void): AsyncGenerator<Report, void, void> {
  const batches = batchIndices(n, B);
  for (const series of batches) {
    await readback.add(compute(series), (values) => take(values, series));
    yield { kind: 'batch', epoch, batch: batches.length, batches: batches.length };
  }
}

/** H [N, M]; `encode` gives that of a batch. */
export async function* latentsOf(readback: Readback, n: number, M: number, B: number, epoch: number, encode: (series: Int32Array) => Tensor): AsyncGenerator<Report, Float32Array, void> {
  const latents = new Float32Array(n * M);
  yield* fullPass(readback, n, B, epoch, encode, (values, series) => latents.set(values, series[0] * M));
  return latents;
}

/** Values that {@link encodedOf} reads back, for a readback that is to hold them. */
export function encodedSize({ n, t, d }: TrainingData, M: number, B: number): number {
  return Math.ceil(n / B) * B * (M + t * d);
}

/**
 * H [N, M] and the values of the gaps; `encode` gives, one after the other, H [R, M] and all cells [R, T, D] of a batch,
 * whose last rows may be padding.
 */
export async function* encodedOf(readback: Readback, { n, t, d, gaps }: TrainingData, M: number, B: number, epoch: number, encode: (series: Int32Array) => Tensor): AsyncGenerator<Report, Encoded, void> {
  const width = t * d;
  const latents = new Float32Array(n * M);
  const imputed = new Float32Array(gaps.length);
  let gap = 0;
  yield* fullPass(readback, n, B, epoch, encode, (values, series) => {
    const [first, cells] = [series[0], (values.length / (M + width)) * M];
    latents.set(values.subarray(0, series.length * M), first * M);
    const end = (first + series.length) * width;
    for (; gap < gaps.length && gaps[gap] < end; gap++) imputed[gap] = values[cells + gaps[gap] - first * width];
  });
  return { latents, imputed };
}
