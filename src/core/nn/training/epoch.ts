import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Report } from '../../run';
import type { Readback } from '../kernels/readback';
import { addTerms } from './checkpoint';

/**
 * One step on every batch of an epoch, with a report after each.
 *
 * @param batches the series of each batch
 * @param names what the numbers are that a step returns
 * @param step moves the weights; returns its loss terms and gradient norms
 * @returns the sums of the terms over the epoch, whole once the readback is
 * @throws DivergenceError naming the first term that is not finite; on a GPU when the readback is taken
 */
export async function* steps(readback: Readback, epoch: number, batches: readonly Int32Array[], names: readonly string[], step: (series: Int32Array, progress: number) => Tensor1D): AsyncGenerator<Report, Float64Array, void> {
  const sums = new Float64Array(names.length);
  for (const [b, series] of batches.entries()) {
    await readback.add(step(series, epoch - 1 + b / batches.length), (terms) => addTerms(sums, terms, names, epoch));
    yield { kind: 'batch', epoch, batch: b + 1, batches: batches.length };
  }
  return sums;
}
