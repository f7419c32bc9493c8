/**
 * BRITS: Bidirectional Recurrent Imputation for Time Series (Cao et al., NeurIPS 2018), of the form whose directions
 * are RITS-I: a step is told from the states before it in one direction, after it in the other, and the state fades
 * with the time since the last observation.
 *
 * Source: methods.md sections 2.9 and 6.
 */
import { add, div, exp, matMul, mul, neg, relu, reshape, reverse, sub, sum, type Scalar, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { imputingLstm, imputingLstmWeights } from '../kernels/imputingLstm';
import { absolute, stepwiseAbsoluteError } from '../losses/stepwiseAbsoluteError';
import { dense, glorotUniform, layout, type Block, type Layout, type Weights } from '../parameters';

export interface BritsBatch {
  /** x [B, T, D], finite where the mask is 0. */
  x: Tensor3D;
  /** m [B, T, D]; 1 = observed. */
  mask: Tensor3D;
  /** [B, T]; 1 = the step belongs to the series. */
  valid: Tensor2D;
  /** δ [B, T, D], and that of the series read backwards, in the order of reading; see elapsed. */
  elapsed: { forward: Tensor3D; backward: Tensor3D };
}

export interface BritsModel {
  parameters: Layout<string>;
  /** x̂ [B, T, D] of either direction, in the order of time. */
  estimate(parameters: Tensor1D, batch: BritsBatch): { forward: Tensor3D; backward: Tensor3D };
}

/** Weights of the errors of both directions and of their difference: constants of the authors' code (methods.md section 6). */
const ERROR_WEIGHT = 0.3;
const CONSISTENCY_WEIGHT = 0.1;

/** W, U and W_imp glorot-uniform, the bias of the estimate 0. */
function recurrence(inputs: number, units: number): Block {
  const { recurrent, head, headBias, size } = imputingLstmWeights(inputs, units);
  return {
    shape: [size],
    initialise(values, random) {
      glorotUniform(values.subarray(0, recurrent), random, inputs, 4 * units);
      glorotUniform(values.subarray(recurrent, head), random, units, 4 * units);
      glorotUniform(values.subarray(head, headBias), random, units, inputs);
    },
  };
}

function uniform(limit: number, ...shape: number[]): Block {
  return { shape, initialise: (values, random) => values.forEach((_, i) => (values[i] = limit * (2 * random.uniform() - 1))) };
}

/** Gate biases 0, that of the forget gate 1. */
function gateBias(units: number): Block {
  return { shape: [1, 4 * units], initialise: (values) => values.fill(1, units, 2 * units) };
}

export function britsModel(variables: number, units: number): BritsModel {
  const [D, H] = [variables, units];
  const blocks: Record<string, Block> = {};
  for (const direction of ['forward', 'backward']) {
    Object.assign(blocks, {
      [`${direction}Recurrence`]: recurrence(D, H),
      [`${direction}Mask`]: dense(D, 4 * H),
      [`${direction}Bias`]: gateBias(H),
      [`${direction}Fading`]: uniform(1 / Math.sqrt(H), D, H),
      [`${direction}FadingBias`]: uniform(1 / Math.sqrt(H), 1, H),
    });
  }
  const parameters = layout<string>(blocks);

  /** RITS-I over the batch in the order given. */
  const direct = (weights: Weights, direction: string, x: Tensor3D, mask: Tensor3D, valid: Tensor2D, elapsed: Tensor3D): Tensor3D => {
    const [B, T] = x.shape;
    const affine = (input: Tensor3D, name: string, bias: string, width: number): Tensor3D =>
      reshape(add(matMul(reshape(input, [B * T, D]), weights[`${direction}${name}`] as Tensor2D), weights[`${direction}${bias}`]), [B, T, width]);
    const gamma = exp(neg(relu(affine(elapsed, 'Fading', 'FadingBias', H)))); // γ = exp(−relu(W δ + b))
    return imputingLstm({ x, mask, valid, gamma, addend: affine(mask, 'Mask', 'Bias', 4 * H), weights: weights[`${direction}Recurrence`] as Tensor1D }, H);
  };

  return {
    parameters,
    estimate(theta, { x, mask, valid, elapsed }) {
      const weights = parameters.cut(theta);
      const backward = direct(weights, 'backward', reverse(x, 1), reverse(mask, 1), reverse(valid, 1), elapsed.backward);
      return { forward: direct(weights, 'forward', x, mask, valid, elapsed.forward), backward: reverse(backward, 1) };
    },
  };
}

/**
 *     L = 0.3 (L_forward + L_backward) + 0.1 mean |x̂_forward − x̂_backward|
 */
export function britsLoss(model: BritsModel, theta: Tensor1D, batch: BritsBatch): Scalar {
  const { forward, backward } = model.estimate(theta, batch);
  const { x, mask, valid } = batch;
  const D = x.shape[2];
  const differences = mul(absolute(sub(forward, backward)), reshape(valid, [...valid.shape, 1]));
  const consistency = div(sum(differences), mul(sum(valid), D));
  return add(mul(add(stepwiseAbsoluteError(x, forward, mask), stepwiseAbsoluteError(x, backward, mask)), ERROR_WEIGHT), mul(consistency, CONSISTENCY_WEIGHT)) as Scalar;
}

/** The filling: the mean of both directions, [B, T, D]. */
export function britsFilling(model: BritsModel, theta: Tensor1D, batch: BritsBatch): Tensor3D {
  const { forward, backward } = model.estimate(theta, batch);
  return mul(add(forward, backward), 0.5) as Tensor3D;
}

/**
 * Steps since the last observation of each cell before it: δ = 1 at the first step of the series and in the padding
 * before it, then δ_t = 1 + (1 − m_t) δ_{t−1}.
 *
 * @param mask [T, D] of one series, flat, in the order of reading
 * @param first the first step of the series, in that order
 */
export function elapsed(mask: ArrayLike<number>, D: number, first = 0): Float32Array {
  const delta = new Float32Array(mask.length).fill(1);
  for (let at = (first + 1) * D; at < mask.length; at++) delta[at] = 1 + (1 - mask[at]) * delta[at - D];
  return delta;
}
