/**
 * The imputing LSTM over a whole sequence: the recurrence of RITS-I, one direction of BRITS (methods.md, sections 2.9
 * and 6). What depends on the mask alone is computed outside of the time loop: how the state decays, and the mask's
 * share of the gates. The weight gradients are large matrix products outside of it as well.
 *
 *     h'_t = γ_t h_{t−1}    x̂_t = h'_t W_imp + b_imp    u_t = m_t x_t + (1 − m_t) x̂_t
 *     [i f o] = σ(u_t W + h'_t U + a_t),  g = tanh(…);   c_t = f c_{t−1} + i g,  h_t = o tanh(c_t)
 */
import { add, concat, customGrad, engine, matMul, mul, reshape, slice, sub, sum, transpose, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { check } from '../../../lib/assert';
import '../../gradients';

/** Inputs x, mask, valid, gamma, addend, weights; attributes ImputingLstmShape; outputs [estimates and decayed states (flat), tape (opaque)]. */
export const IMPUTING_LSTM = 'LacunaImputingLstm';
/** Inputs mask, valid, gamma, weights, tape, gradEstimates; attributes ImputingLstmShape; output [da, de and dγ (flat)]. */
export const IMPUTING_LSTM_GRAD = 'LacunaImputingLstmGrad';

export interface ImputingLstmShape {
  batch: number;
  steps: number;
  inputs: number;
  units: number;
}

export interface ImputingLstmInputs {
  /** x [B, S, I], finite where the mask is 0. */
  x: Tensor3D;
  /** m [B, S, I]; 1 = observed. */
  mask: Tensor3D;
  /** v [B, S]; 1 = a real step, 0 = hold both states (padding at either end). */
  valid: Tensor2D;
  /** γ [B, S, H]. */
  gamma: Tensor3D;
  /** a [B, S, 4H], bias and the mask's share of the gates in the order i, f, o, g. */
  addend: Tensor3D;
  /** Packed, see imputingLstmWeights. */
  weights: Tensor1D;
}

/** Where W [I, 4H], U [H, 4H], W_imp [H, I] and b_imp [I] lie in the packed weights. */
export function imputingLstmWeights(inputs: number, units: number): { recurrent: number; head: number; headBias: number; size: number } {
  const recurrent = inputs * 4 * units;
  const head = recurrent + units * 4 * units;
  const headBias = head + units * inputs;
  return { recurrent, head, headBias, size: headBias + inputs };
}

/**
 * @returns x̂ [B, S, I]. Gradients flow to gamma, addend and weights. The states start at 0.
 * @throws InputError when a shape does not fit
 */
export function imputingLstm({ x, mask, valid, gamma, addend, weights }: ImputingLstmInputs, units: number): Tensor3D {
  const [B, S, I] = x.shape;
  const H = units;
  const layout = imputingLstmWeights(I, H);
  const fits = (name: string, tensor: Tensor, ...shape: number[]): void => check(tensor.shape.join() === shape.join(), `imputingLstm: ${name} [${tensor.shape}] must be [${shape}]`);
  fits('mask', mask, B, S, I);
  fits('valid', valid, B, S);
  fits('gamma', gamma, B, S, H);
  fits('addend', addend, B, S, 4 * H);
  fits('weights', weights, layout.size);
  const attributes = { batch: B, steps: S, inputs: I, units: H } as unknown as Record<string, never>;
  const run = customGrad((...args) => {
    const [gamma, addend, weights] = args as Tensor[];
    const save = args[3] as unknown as (tensors: Tensor[]) => void;
    const [output, tape] = engine().runKernel(IMPUTING_LSTM, { x, mask, valid, gamma, addend, weights }, attributes) as Tensor[];
    const estimates = reshape(slice(output, 0, B * S * I), [B, S, I]);
    save([x, mask, valid, gamma, weights, output, tape]);
    return {
      value: estimates,
      gradFunc: (gradEstimates: Tensor, saved: Tensor[]) => {
        const [x, mask, valid, gamma, weights, output, tape] = saved;
        const packed = engine().runKernel(IMPUTING_LSTM_GRAD, { mask, valid, gamma, weights, tape, gradEstimates }, attributes) as Tensor;
        const part = (from: Tensor, at: number, width: number): Tensor2D => reshape(slice(from, B * S * at, B * S * width), [B * S, width]);
        const [da, de, dGamma] = [part(packed, 0, 4 * H), part(packed, 4 * H, I), part(packed, 4 * H + I, H)];
        const [e, decayed] = [reshape(slice(output, 0, B * S * I), [B, S, I]), part(output, I, H)];
        const u = reshape(add(mul(mask, x), mul(sub(1, mask), e)), [B * S, I]);
        const outer = (a: Tensor, b: Tensor): Tensor => reshape(matMul(transpose(a) as Tensor2D, b as Tensor2D), [-1]);
        const dWeights = concat([outer(u, da), outer(decayed, da), outer(decayed, de), sum(de, 0)]);
        return [reshape(dGamma, gamma.shape), reshape(da, [B, S, 4 * H]), dWeights];
      },
    };
  });
  return run(gamma, addend, weights) as Tensor3D;
}
