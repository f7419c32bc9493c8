/** A peer of the `step-webgpu` bench: the DTC training step of stock tfjs operations, the LSTMs one operation at a time. */
import {
  add, clone, concat, conv1d, dispose, keep, leakyRelu, matMul, maxPool, mul, ones, pad, reshape, reverse, sigmoid, slice, split, stack, tanh, tensor2d, tensor3d, tidy, tile, unstack, valueAndGrad, zeros,
  type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D, type Tensor4D,
} from '@tensorflow/tfjs-core';
import { klDivergence } from '../src/core/nn/losses/klDivergence';
import { maskedMeanSquaredError } from '../src/core/nn/losses/maskedMeanSquaredError';
import { Adam } from '../src/core/nn/training/adam';
import { dtcOf, K, type DtcProblem } from './stepProblem';

const SLOPE = 0.3;
const FILTERS = 50;

/** h_1..h_S of an LSTM, [B, S, H]. */
function lstm(x: Tensor3D, weights: Tensor1D, H: number): Tensor3D {
  const [B, , I] = x.shape;
  const kernel = reshape(slice(weights, 0, (I + H) * 4 * H), [I + H, 4 * H]) as Tensor2D;
  const bias = slice(weights, (I + H) * 4 * H, 4 * H);
  let [h, c]: Tensor2D[] = [zeros([B, H]), zeros([B, H])];
  const states = (unstack(x, 1) as Tensor2D[]).map((step) => {
    const [i, f, o, g] = split(add(matMul(concat([step, h], 1), kernel), bias), 4, 1) as Tensor2D[];
    c = add(mul(sigmoid(f), c), mul(sigmoid(i), tanh(g)));
    h = mul(sigmoid(o), tanh(c));
    return h;
  });
  return stack(states, 1) as Tensor3D;
}

/** One step; our model gives the layout of the parameters and the soft assignment. Losses: L_ae, L_c. */
export function stockDtc(problem: DtcProblem): () => Scalar[] {
  const { B, T, D, H, pooling: P, rate, clip } = problem;
  const model = dtcOf(problem);
  const S = T / P;
  const adam = new Adam(Float32Array.from(problem.start));
  const x = tensor3d(problem.x, [B, T, D]);
  const target = tensor2d(problem.target, [B, K]);
  type Name = Parameters<typeof model.parameters.take>[1];
  const bidirectional = (theta: Tensor1D, layer: 1 | 2, input: Tensor3D, width: number): Tensor3D => {
    const run = (direction: 'forward' | 'backward', series: Tensor3D): Tensor3D => lstm(series, model.parameters.take(theta, `${direction}${layer}` as Name) as Tensor1D, width);
    return leakyRelu(add(run('forward', input), reverse(run('backward', reverse(input, 1)), 1)), SLOPE) as Tensor3D;
  };
  const convolve = (input: Tensor3D, theta: Tensor1D, name: 'convolution' | 'deconvolution', filters: number, padding: 'same' | 'valid'): Tensor3D => {
    const kernel = model.parameters.take(theta, name);
    const taps = kernel.size / (input.shape[2] * filters);
    return add(conv1d(input, reshape(kernel, [taps, input.shape[2], filters]) as Tensor3D, 1, padding), model.parameters.take(theta, `${name}Bias`)) as Tensor3D;
  };

  return () => tidy(() => {
    const within = ones([B, T, D]);
    let terms: Scalar[] = [];
    const { grad } = valueAndGrad((parameters: Tensor) => {
      const theta = parameters as Tensor1D;
      const convolved = reshape(leakyRelu(convolve(x, theta, 'convolution', FILTERS, 'same'), SLOPE), [B, T, 1, FILTERS]) as Tensor4D;
      const pooled = reshape(maxPool(convolved, [P, 1], [P, 1], 'valid'), [B, S, FILTERS]) as Tensor3D;
      const z = reshape(bidirectional(theta, 2, bidirectional(theta, 1, pooled, H), 1), [B, S]) as Tensor2D;
      const longer = reshape(tile(reshape(z, [B, S, 1]), [1, 1, P]), [B, T, 1]);
      const decoded = convolve(pad(longer, [[0, 0], [5, 4], [0, 0]]) as Tensor3D, theta, 'deconvolution', D, 'valid');
      terms = [maskedMeanSquaredError(x, decoded, within), klDivergence(target, model.spread(model.parameters.cut(theta), z))];
      terms.forEach(keep);
      return add(terms[0], terms[1]) as Scalar;
    })(adam.parameters);
    adam.update(grad as Tensor1D, rate, clip);
    const kept = terms.map((term) => clone(term));
    dispose(terms);
    return kept;
  });
}
