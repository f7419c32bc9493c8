/** The peer of the `step` bench: the same CRLI training step with the recurrences built from stock tfjs operations. */
import {
  add, clone, concat, dispose, keep, matMul, mul, ones, reshape, reverse, sigmoid, slice, split, stack, sub, tanh, tidy, tile, unstack, valueAndGrad, zeros,
  type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D,
} from '@tensorflow/tfjs-core';
import { stateWidth, weightLayout } from '../src/core/nn/kernels/gapAwareGru/shape';
import { adversarialLoss } from '../src/core/nn/losses/adversarialLoss';
import { discriminatorLoss } from '../src/core/nn/losses/discriminatorLoss';
import { maskedMeanSquaredError } from '../src/core/nn/losses/maskedMeanSquaredError';
import { spectralKMeansShare } from '../src/core/nn/losses/spectralKMeans';
import type { CrliModel } from '../src/core/nn/models/crli';
import type { Adam } from '../src/core/nn/training/adam';
import type { Minibatch } from '../src/core/nn/training/minibatch';

interface Layer {
  kernel: [gates: Tensor2D, candidate: Tensor2D];
  recurrent: [gates: Tensor2D, candidate: Tensor2D];
  bias: [gates: Tensor2D, candidate: Tensor2D];
}

/** One tfjs operation at a time, as a person would write it: estimates e_0..e_S and the final states. */
function recurrence(x: Tensor3D, mask: Tensor3D, initial: Tensor2D, weights: Tensor1D, units: readonly number[]): { estimates: Tensor3D; finalStates: Tensor2D } {
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

  const observed = unstack(mul(mask, x), 1) as Tensor2D[];
  const missing = unstack(sub(1, mask), 1) as Tensor2D[];
  const states = (units.length > 1 ? split(initial, [...units], 1) : [initial]) as Tensor2D[];
  const estimates = [estimate(states[states.length - 1])];
  for (let t = 0; t < S; t++) {
    let input: Tensor2D = add(observed[t], mul(missing[t], estimates[t]));
    for (const [l, { kernel, recurrent, bias }] of layers.entries()) {
      const h = states[l];
      const [z, r] = split(sigmoid(add(add(matMul(input, kernel[0]), matMul(h, recurrent[0])), bias[0])), 2, 1);
      const c = tanh(add(add(matMul(input, kernel[1]), matMul(mul(r, h) as Tensor2D, recurrent[1])), bias[1]));
      input = states[l] = add(c, mul(z, sub(h, c))) as Tensor2D;
    }
    estimates.push(estimate(input));
  }
  return { estimates: stack(estimates, 1) as Tensor3D, finalStates: states.length > 1 ? concat(states, 1) : states[0] };
}

/** D step, then G step; `model` gives the layout of the parameters only. @returns L_pre, L_rec, L_adv, L_D, L_km. */
export function stockStep(model: CrliModel, units: number[], discriminatorUnits: number[], generator: Adam, discriminator: Adam, batch: Minibatch, f: Tensor2D, centres: Tensor2D, lambda: number, rate: number, clip: number): Scalar[] {
  const { x, mask } = batch;
  const [B, T, D] = x.shape;
  const rest = zeros([B, T - 1, D]) as Tensor3D;
  const one = ones([B, 1, D]) as Tensor3D;

  const start = (theta: Tensor1D, direction: 'forward' | 'backward'): Tensor3D => {
    const symbol = add(mul(model.generator.take(theta, `${direction}Start`), direction === 'forward' ? -128 : 128), model.generator.take(theta, `${direction}StartBias`));
    return tile(reshape(symbol, [1, 1, D]) as Tensor3D, [B, 1, 1]);
  };
  const encode = (theta: Tensor1D, direction: 'forward' | 'backward', x: Tensor3D, m: Tensor3D): { estimates: Tensor3D; finalStates: Tensor2D } => {
    const initial = zeros([B, stateWidth(units)]) as Tensor2D;
    const { estimates, finalStates } = recurrence(concat([start(theta, direction), x], 1), concat([one, m], 1), initial, model.generator.take(theta, direction) as Tensor1D, units);
    return { estimates: slice(estimates, [0, 1, 0], [B, T, D]), finalStates };
  };
  const generate = (theta: Tensor1D): { imputation: Tensor3D; complete: Tensor3D; states: Tensor2D } => {
    const forward = encode(theta, 'forward', x, mask);
    const backward = encode(theta, 'backward', reverse(x, 1), reverse(mask, 1));
    const imputation = mul(add(forward.estimates, reverse(backward.estimates, 1)), 0.5) as Tensor3D;
    const complete = add(mul(mask, x), mul(sub(1, mask), imputation)) as Tensor3D;
    return { imputation, complete, states: concat([forward.finalStates, backward.finalStates], 1) };
  };
  const discriminate = (theta: Tensor1D, complete: Tensor3D): Tensor3D => {
    const initial = zeros([B, stateWidth(discriminatorUnits)]) as Tensor2D;
    const { estimates } = recurrence(complete, ones([B, T, D]), initial, theta, discriminatorUnits);
    return slice(estimates, [0, 1, 0], [B, T, D]);
  };
  const decode = (theta: Tensor1D, h: Tensor2D): Tensor3D => {
    const { estimates } = recurrence(concat([start(theta, 'forward'), rest], 1), concat([one, rest], 1), h, model.generator.take(theta, 'decoder') as Tensor1D, [model.latentWidth]);
    return slice(estimates, [0, 1, 0], [B, T, D]);
  };

  return tidy(() => {
    const within = ones([B, T, D]);
    const { complete } = generate(generator.parameters);
    const d = valueAndGrad((theta: Tensor) => discriminatorLoss(discriminate(theta as Tensor1D, complete), mask, within))(discriminator.parameters);
    discriminator.update(d.grad as Tensor1D, rate, clip);

    let terms: Scalar[] = [];
    const { grad } = valueAndGrad((parameters: Tensor) => {
      const theta = parameters as Tensor1D;
      const { imputation, complete, states } = generate(theta);
      const h = add(matMul(states, model.generator.take(theta, 'linear') as Tensor2D), model.generator.take(theta, 'linearBias')) as Tensor2D;
      terms = [
        maskedMeanSquaredError(x, imputation, mask),
        maskedMeanSquaredError(x, decode(theta, h), mask),
        adversarialLoss(discriminate(discriminator.parameters, complete), mask, within),
        spectralKMeansShare(h, f, centres, batch.rows),
      ];
      terms.forEach(keep);
      return add(add(terms[0], terms[1]), add(terms[2], mul(terms[3], lambda))) as Scalar;
    })(generator.parameters);
    generator.update(grad as Tensor1D, rate, clip);
    const kept = terms.map((term) => clone(term));
    dispose(terms);
    return [...kept.slice(0, 3), d.value as Scalar, kept[3]];
  });
}
