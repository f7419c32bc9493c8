import { dispose, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Report } from '../../run';
import { addTerms } from './checkpoint';

/** Steps that may be queued on the device before the host waits, so that pause and stop act soon. */
const QUEUE = 4;

/**
 * One step on every batch of an epoch, with a report after each.
 *
 * @param batches the series of each batch
 * @param names what the numbers are that a step returns
 * @param step moves the weights; returns its loss terms and gradient norms
 * @returns the sums of the terms over the epoch
 * @throws DivergenceError naming the first term that is not finite
 */
export async function* steps(epoch: number, batches: readonly Int32Array[], names: readonly string[], step: (series: Int32Array, progress: number) => Tensor1D): AsyncGenerator<Report, Float64Array, void> {
  const sums = new Float64Array(names.length);
  let pending: Tensor1D[] = [];
  try {
    for (const [b, series] of batches.entries()) {
      pending.push(step(series, epoch - 1 + b / batches.length));
      if (pending.length === QUEUE || b === batches.length - 1) {
        for (const terms of pending) addTerms(sums, await terms.data(), names, epoch);
        dispose(pending);
        pending = [];
      }
      yield { kind: 'batch', epoch, batch: b + 1, batches: batches.length };
    }
    return sums;
  } finally {
    dispose(pending);
  }
}
