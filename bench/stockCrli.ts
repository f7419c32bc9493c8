/** A peer of the `step` bench: the CRLI training step with the recurrences built from stock tfjs operations. */
import {
  add, clone, concat, dispose, keep, matMul, mul, ones, reshape, reverse, slice, sub, tensor2d, tensor3d, tidy, tile, valueAndGrad, zeros,
  type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D,
} from '@tensorflow/tfjs-core';
import { stateWidth } from '../src/core/nn/kernels/gapAwareGru/shape';
import { adversarialLoss } from '../src/core/nn/losses/adversarialLoss';
import { discriminatorLoss } from '../src/core/nn/losses/discriminatorLoss';
import { maskedMeanSquaredError } from '../src/core/nn/losses/maskedMeanSquaredError';
import { spectralKMeansShare } from '../src/core/nn/losses/spectralKMeans';
import { crliModel } from '../src/core/nn/models/crli';
import { Adam } from '../src/core/nn/training/adam';
import { K, type CrliProblem } from './stepProblem';
import { recurrence } from './stockGru';

/** D step, then G step; our model gives the layout of the parameters only. Losses: L_pre, L_rec, L_adv, L_D, L_km. */
export function stockCrli({ B, T, D, H, discriminator: discriminatorUnits, rate, clip, lambda, ...given }: CrliProblem): () => Scalar[] {
  const units = [H];
  const model = crliModel({ variables: D, hiddenUnits: H, layers: 1 });
  const [generator, discriminator] = [new Adam(Float32Array.from(given.start)), new Adam(Float32Array.from(given.discriminatorStart))];
  const [x, mask] = [tensor3d(given.x, [B, T, D]), tensor3d(given.mask, [B, T, D])];
  const [f, centres] = [tensor2d(given.f, [B, K]), tensor2d(given.centres, [model.latentWidth, K])];
  const rows = ones([B, 1]) as Tensor2D;
  const rest = zeros([B, T - 1, D]) as Tensor3D;
  const one = ones([B, 1, D]) as Tensor3D;

  const start = (theta: Tensor1D, direction: 'forward' | 'backward'): Tensor3D => {
    const symbol = add(mul(model.generator.take(theta, `${direction}Start`), direction === 'forward' ? -128 : 128), model.generator.take(theta, `${direction}StartBias`));
    return tile(reshape(symbol, [1, 1, D]) as Tensor3D, [B, 1, 1]);
  };
  const encode = (theta: Tensor1D, direction: 'forward' | 'backward', x: Tensor3D, m: Tensor3D): { estimates: Tensor3D; finalStates: Tensor2D } => {
    const initial = zeros([B, stateWidth(units)]) as Tensor2D;
    const { estimates, finalStates } = recurrence(concat([start(theta, direction), x], 1), concat([one, m], 1), initial, model.generator.take(theta, direction) as Tensor1D, units);
    return { estimates: slice(estimates!, [0, 1, 0], [B, T, D]), finalStates };
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
    return slice(estimates!, [0, 1, 0], [B, T, D]);
  };
  const decode = (theta: Tensor1D, h: Tensor2D): Tensor3D => {
    const { estimates } = recurrence(concat([start(theta, 'forward'), rest], 1), concat([one, rest], 1), h, model.generator.take(theta, 'decoder') as Tensor1D, [model.latentWidth]);
    return slice(estimates!, [0, 1, 0], [B, T, D]);
  };

  return () => tidy(() => {
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
        spectralKMeansShare(h, f, centres, rows),
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
