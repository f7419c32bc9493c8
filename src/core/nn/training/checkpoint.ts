import { tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { DivergenceError, type Checkpoint } from '../../run';
import type { Readback } from '../kernels/readback';
import type { Layout } from '../parameters';
import { Adam, stateOf } from './adam';

/** θ, m, v and the update count of an optimiser under a name, into the checkpoint, once the readback is taken. */
export async function saveAdam(readback: Readback, checkpoint: Checkpoint, name: string, adam: Adam): Promise<void> {
  checkpoint.numbers[name] = [adam.updates];
  await readback.add(adam.packed(), (values) => {
    const { parameters, m, v } = stateOf(values);
    Object.assign(checkpoint.arrays, { [name]: parameters, [`${name}.m`]: m, [`${name}.v`]: v });
  });
}

export function restoreAdam({ arrays, numbers }: Checkpoint, name: string): Adam {
  return new Adam(arrays[name], arrays[`${name}.m`], arrays[`${name}.v`], numbers[name][0]);
}

/** What `use` makes of the weights of a checkpoint, which are freed afterwards. */
export async function withRestored<A>(from: Checkpoint, name: string, use: (parameters: Tensor1D) => Promise<A>): Promise<A> {
  const parameters = tensor1d(from.arrays[name]);
  try {
    return await use(parameters);
  } finally {
    parameters.dispose();
  }
}

/**
 * Throws a DivergenceError that names the block when a weight or moment is not finite. WebGPU may hide a NaN
 * in a loss, so the weights are scanned as well (platform.md section 9).
 */
export function checkFinite({ arrays, epoch }: Pick<Checkpoint, 'arrays' | 'epoch'>, layouts: Record<string, Layout<string>>): void {
  for (const [name, values] of Object.entries(arrays)) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    const [part, moment] = name.split('.');
    throw new DivergenceError(`${moment ? 'an optimiser moment' : 'a weight'} of the ${part} (${layouts[part].nameAt(bad)})`, epoch);
  }
}

/** Adds the terms of one step to their sums; throws a DivergenceError that names the first that is not finite. */
export function addTerms(sums: Float64Array, terms: ArrayLike<number>, names: readonly string[], epoch: number): void {
  for (const [i, name] of names.entries()) {
    if (!Number.isFinite(terms[i])) throw new DivergenceError(name, epoch);
    sums[i] += terms[i];
  }
}
