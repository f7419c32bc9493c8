/** A peer of the `step` bench: the DTCR training step with the recurrences built from stock tfjs operations. */
import {
  add, clone, concat, dispose, keep, matMul, mul, ones, pad, relu, reshape, reverse, slice, square, sum, tensor1d, tensor2d, tensor3d, tidy, transpose, valueAndGrad, zeros,
  type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D,
} from '@tensorflow/tfjs-core';
import { classificationLoss } from '../src/core/nn/losses/classificationLoss';
import { maskedMeanSquaredError } from '../src/core/nn/losses/maskedMeanSquaredError';
import { spectralKMeansShare } from '../src/core/nn/losses/spectralKMeans';
import { Adam } from '../src/core/nn/training/adam';
import { dtcrOf, K, type DtcrProblem } from './stepProblem';
import { recurrence } from './stockGru';

const WEIGHT_DECAY = 1e-4;

/** One step on B series and as many fakes; our model gives the layout of the parameters only. Losses: L_rec, L_cls, L_km. */
export function stockDtcr(problem: DtcrProblem): () => Scalar[] {
  const { B, T, D, units, rate, clip, lambda } = problem;
  const model = dtcrOf(problem);
  const m = model.latentWidth;
  const adam = new Adam(Float32Array.from(problem.start));
  const kernels = tensor1d(model.parameters.kernels());
  const x = tensor3d(problem.x, [B, T, D]);
  const both = concat([x, tensor3d(problem.fakes, [B, T, D])], 0);
  const signs = tensor2d(Array.from({ length: 2 * B }, (_, i) => (i < B ? 1 : -1)), [2 * B, 1]);
  const [f, centres] = [tensor2d(problem.f, [B, K]), tensor2d(problem.centres, [m, K])];
  const one = ones([B, 1, D]) as Tensor3D;
  const rest = zeros([B, T - 1, D]) as Tensor3D;

  /** The last outputs of all layers, dilations as batch. */
  const direct = (theta: Tensor1D, direction: string, series: Tensor3D): Tensor2D[] => {
    let input = series;
    return units.map((width, l) => {
      const d = problem.dilations[l];
      const [rows, , I] = input.shape;
      const S = Math.ceil(T / d);
      const apart = reshape(transpose(reshape(pad(input, [[0, 0], [0, S * d - T], [0, 0]]), [rows, S, d, I]), [0, 2, 1, 3]), [rows * d, S, I]) as Tensor3D;
      const { states } = recurrence(apart, null, zeros([rows * d, width]), model.parameters.take(theta, `${direction}${l}`) as Tensor1D, [width], 'states');
      const joined = reshape(transpose(reshape(states!, [rows, d, S, width]), [0, 2, 1, 3]), [rows, S * d, width]) as Tensor3D;
      input = slice(joined, [0, 0, 0], [rows, T, width]);
      return reshape(slice(input, [0, T - 1, 0], [rows, 1, width]), [rows, width]) as Tensor2D;
    });
  };
  const decode = (theta: Tensor1D, h: Tensor2D): Tensor3D => {
    const first = slice(x, [0, 0, 0], [B, 1, D]);
    const { estimates } = recurrence(concat([first, rest], 1), concat([one, rest], 1), h, model.parameters.take(theta, 'decoder') as Tensor1D, [m]);
    return slice(estimates!, [0, 1, 0], [B, T, D]);
  };
  const classify = (theta: Tensor1D, h: Tensor2D): Tensor2D => {
    const take = (name: string): Tensor2D => model.parameters.take(theta, name) as Tensor2D;
    return add(matMul(relu(add(matMul(h, take('hidden')), take('hiddenBias'))), take('output')), take('outputBias'));
  };

  return () => tidy(() => {
    const within = ones([B, T, D]);
    let terms: Scalar[] = [];
    const { grad } = valueAndGrad((parameters: Tensor) => {
      const theta = parameters as Tensor1D;
      const representations = concat([...direct(theta, 'forward', both), ...direct(theta, 'backward', reverse(both, 1))], 1) as Tensor2D;
      const h = slice(representations, [0, 0], [B, m]);
      terms = [
        maskedMeanSquaredError(x, decode(theta, h), within),
        classificationLoss(classify(theta, representations), signs),
        spectralKMeansShare(h, f, centres, ones([B, 1])),
      ];
      terms.forEach(keep);
      const decay = mul(sum(mul(kernels, square(theta))), WEIGHT_DECAY / 2) as Scalar;
      return add(add(add(terms[0], terms[1]), mul(terms[2], lambda / 2)), decay) as Scalar;
    })(adam.parameters);
    adam.update(grad as Tensor1D, rate, clip);
    const kept = terms.map((term) => clone(term));
    dispose(terms);
    return kept;
  });
}
