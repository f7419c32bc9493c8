import { tensor2d, tensor3d, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../../lib/random';
import type { TrainingData } from '../../run';
import type { CrliBatch } from '../models/crli';

/** A minibatch of fixed size B; the rows past `series.length` only pad it. */
export interface Minibatch extends CrliBatch {
  /** Indices of the series in the first rows. */
  series: Int32Array;
  /** [B, 1]; 1 = a series, 0 = padding. */
  rows: Tensor2D;
}

/**
 * The series of `indices` as tensors of B rows. Padding rows have mask 0 and valid 0, so they weigh nothing
 * in any loss, and every batch of a run has the same shape. The caller disposes the tensors.
 */
export function minibatch(data: TrainingData, indices: Int32Array, B: number): Minibatch {
  const { t: T, d: D } = data;
  const x = new Float32Array(B * T * D);
  const mask = new Float32Array(B * T * D);
  const valid = new Float32Array(B * T);
  const rows = new Float32Array(B);
  for (const [b, i] of indices.entries()) {
    x.set(data.values.subarray(i * T * D, (i + 1) * T * D), b * T * D);
    mask.set(data.mask.subarray(i * T * D, (i + 1) * T * D), b * T * D);
    valid.fill(1, b * T + data.starts[i], b * T + data.ends[i]);
    rows[b] = 1;
  }
  return { series: indices, x: tensor3d(x, [B, T, D]), mask: tensor3d(mask, [B, T, D]), valid: tensor2d(valid, [B, T]), rows: tensor2d(rows, [B, 1]) };
}

export function disposeMinibatch(batch: Minibatch): void {
  for (const tensor of [batch.x, batch.mask, batch.valid, batch.rows, batch.share]) tensor?.dispose();
}

/** All series once, in slices of B: shuffled when `random` is given. */
export function batchIndices(n: number, B: number, random?: Random): Int32Array[] {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  random?.shuffle(order);
  return Array.from({ length: Math.ceil(n / B) }, (_, b) => order.slice(b * B, (b + 1) * B));
}
