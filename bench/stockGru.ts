/** The gap-aware GRU of stock tfjs operations, for the peers of the `step` bench. */
import { add, concat, matMul, mul, reshape, sigmoid, slice, split, stack, sub, tanh, unstack, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { weightLayout } from '../src/core/nn/kernels/gapAwareGru/shape';

export interface Recurrence {
  /** [B, S + 1, I], or none. */
  estimates: Tensor3D | null;
  /** [B, S, H], or none. */
  states: Tensor3D | null;
  /** [B, ΣH] */
  finalStates: Tensor2D;
}

interface Layer {
  kernel: [gates: Tensor2D, candidate: Tensor2D];
  recurrent: [gates: Tensor2D, candidate: Tensor2D];
  bias: [gates: Tensor2D, candidate: Tensor2D];
}

/** One tfjs operation at a time, as a person would write it: estimates e_0..e_S, unless they are not wanted, the top layer's states and the final ones. */
export function recurrence(x: Tensor3D, mask: Tensor3D | null, initial: Tensor2D, weights: Tensor1D, units: readonly number[], wanted: 'estimates' | 'states' = 'estimates'): Recurrence {
  const [, S, I] = x.shape;
  const at = weightLayout(I, units);
  const gates = (from: number, rows: number, H: number): [Tensor2D, Tensor2D] =>
    split(reshape(slice(weights, from, rows * 3 * H), [rows, 3 * H]), [2 * H, H], 1) as [Tensor2D, Tensor2D];
  const layers: Layer[] = at.layers.map(({ inputs, units: H, kernel, recurrent, bias }) => ({
    kernel: gates(kernel, inputs, H),
    recurrent: gates(recurrent, H, H),
    bias: gates(bias, 1, H),
  }));
  const top = units[units.length - 1];
  const imputation = reshape(slice(weights, at.imputation, top * I), [top, I]) as Tensor2D;
  const imputationBias = slice(weights, at.imputationBias, I);
  const estimate = (h: Tensor2D): Tensor2D => add(matMul(h, imputation), imputationBias);

  const plain = wanted === 'states'; // every step is observed
  const observed = unstack(plain ? x : mul(mask!, x), 1) as Tensor2D[];
  const missing = plain ? [] : (unstack(sub(1, mask!), 1) as Tensor2D[]);
  const states = (units.length > 1 ? split(initial, [...units], 1) : [initial]) as Tensor2D[];
  const estimates = plain ? [] : [estimate(states[states.length - 1])];
  const tops: Tensor2D[] = [];
  for (let t = 0; t < S; t++) {
    let input: Tensor2D = plain ? observed[t] : add(observed[t], mul(missing[t], estimates[t]));
    for (const [l, { kernel, recurrent, bias }] of layers.entries()) {
      const h = states[l];
      const [z, r] = split(sigmoid(add(add(matMul(input, kernel[0]), matMul(h, recurrent[0])), bias[0])), 2, 1);
      const c = tanh(add(add(matMul(input, kernel[1]), matMul(mul(r, h) as Tensor2D, recurrent[1])), bias[1]));
      input = states[l] = add(c, mul(z, sub(h, c))) as Tensor2D;
    }
    if (plain) tops.push(input);
    else estimates.push(estimate(input));
  }
  return {
    estimates: plain ? null : (stack(estimates, 1) as Tensor3D),
    states: plain ? (stack(tops, 1) as Tensor3D) : null,
    finalStates: states.length > 1 ? concat(states, 1) : states[0],
  };
}
