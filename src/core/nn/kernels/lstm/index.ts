/**
 * The bidirectional LSTM over a whole sequence (methods.md, sections 2.8 and 3.1), both directions summed. Where a
 * backend has a twin for it, it is one kernel; elsewhere its recurrence is one, between matrix products of tfjs.
 *
 *     [i f o] = σ(a_t + h_{t−1} U),  g = tanh(…),  a = x W + b;   c_t = f c_{t−1} + i g,  h_t = o tanh(c_t)
 *     y_t = LeakyReLU(h→_t + h←_t)
 */
import { add, concat, customGrad, engine, getBackend, getKernel, leakyRelu, matMul, reshape, reverse, slice, split, zeros, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { check } from '../../../lib/assert';
import '../../gradients';

/** Inputs x, valid, forward, backward; attributes BidirectionalLstmShape; outputs [y, tape (opaque)]. */
export const BIDIRECTIONAL_LSTM = 'LacunaBidirectionalLstm';
/** Inputs valid, forward, backward, tape, gradStates; attributes BidirectionalLstmShape; outputs dx and that of either direction's weights. */
export const BIDIRECTIONAL_LSTM_GRAD = 'LacunaBidirectionalLstmGrad';
/** Inputs a, recurrent, valid; attributes LstmShape; outputs [states, tape (opaque)]. */
export const LSTM = 'LacunaLstm';
/** Inputs recurrent, valid, tape, gradStates; attributes LstmShape; output [gradient for a]. */
export const LSTM_GRAD = 'LacunaLstmGrad';

export interface LstmShape {
  batch: number;
  steps: number;
  units: number;
}

export interface BidirectionalLstmShape extends LstmShape {
  inputs: number;
  /** Of LeakyReLU below 0. */
  slope: number;
}

/** Count of the packed weights of a direction: W [I, 4H], U [H, 4H], b [4H], gates in the order i, f, o, g. */
export function lstmWeightCount(inputs: number, units: number): number {
  return 4 * units * (inputs + units + 1);
}

/**
 * @param x [B, S, I]
 * @param valid v: [B, S]; 1 = a real step, 0 = hold both states (padding at either end)
 * @param forward, backward the packed weights of either direction, see lstmWeightCount
 * @param slope of LeakyReLU below 0
 * @returns y [B, S, H]. Gradients flow to x and weights. The states start at 0.
 * @throws InputError when a shape does not fit
 */
export function bidirectionalLstm(x: Tensor3D, valid: Tensor2D, forward: Tensor1D, backward: Tensor1D, units: number, slope: number): Tensor3D {
  const [batch, steps, inputs] = x.shape;
  check(valid.shape.join() === [batch, steps].join(), `bidirectionalLstm: valid [${valid.shape}] must be [${batch}, ${steps}]`);
  for (const weights of [forward, backward]) {
    check(weights.shape[0] === lstmWeightCount(inputs, units), `bidirectionalLstm: weights [${weights.shape}] must be [${lstmWeightCount(inputs, units)}]`);
  }
  if (getKernel(BIDIRECTIONAL_LSTM, getBackend())) return fused({ batch, steps, inputs, units, slope }, x, valid, forward, backward);
  const back = direction(reverse(x, 1), reverse(valid, 1), backward, units);
  return leakyRelu(add(direction(x, valid, forward, units), reverse(back, 1)) as Tensor3D, slope);
}

function fused(shape: BidirectionalLstmShape, x: Tensor3D, valid: Tensor2D, forward: Tensor1D, backward: Tensor1D): Tensor3D {
  const attributes = shape as unknown as Record<string, never>;
  const run = customGrad((...args) => {
    const [x, forward, backward] = args as Tensor[];
    const save = args[3] as unknown as (tensors: Tensor[]) => void;
    const [y, tape] = engine().runKernel(BIDIRECTIONAL_LSTM, { x, valid, forward, backward }, attributes) as Tensor[];
    save([valid, forward, backward, tape]);
    return {
      value: y,
      gradFunc: (gradStates: Tensor, saved: Tensor[]) => {
        const [valid, forward, backward, tape] = saved;
        return engine().runKernel(BIDIRECTIONAL_LSTM_GRAD, { valid, forward, backward, tape, gradStates }, attributes) as Tensor[];
      },
    };
  });
  return run(x, forward, backward) as Tensor3D;
}

/** h_1..h_S of one direction, [B, S, H]. */
function direction(x: Tensor3D, valid: Tensor2D, weights: Tensor1D, H: number): Tensor3D {
  const [B, S, I] = x.shape;
  const [kernel, recurrent, bias] = split(weights, [I * 4 * H, H * 4 * H, 4 * H]);
  const a = add(matMul(reshape(x, [B * S, I]), reshape(kernel, [I, 4 * H])), bias); // [B S, 4H]
  return recurrence(reshape(a, [B, S, 4 * H]), reshape(recurrent, [H, 4 * H]) as Tensor2D, valid);
}

function recurrence(a: Tensor3D, recurrent: Tensor2D, valid: Tensor2D): Tensor3D {
  const [B, S] = valid.shape;
  const H = recurrent.shape[0];
  const attributes = { batch: B, steps: S, units: H } as unknown as Record<string, never>;
  const run = customGrad((...args) => {
    const [a, recurrent] = args as Tensor[];
    const save = args[2] as unknown as (tensors: Tensor[]) => void;
    const [states, tape] = engine().runKernel(LSTM, { a, recurrent, valid }, attributes) as Tensor[];
    save([recurrent, valid, tape, states]);
    return {
      value: states,
      gradFunc: (gradStates: Tensor, saved: Tensor[]) => {
        const [recurrent, valid, tape, states] = saved;
        const da = engine().runKernel(LSTM_GRAD, { recurrent, valid, tape, gradStates }, attributes) as Tensor;
        const before = S > 1 ? concat([zeros([B, 1, H]), slice(states, [0, 0, 0], [B, S - 1, H])], 1) : zeros([B, 1, H]);
        const dU = matMul(reshape(before, [B * S, H]), reshape(da, [B * S, 4 * H]), true);
        return [da, dU];
      },
    };
  });
  return run(a, recurrent) as Tensor3D;
}
