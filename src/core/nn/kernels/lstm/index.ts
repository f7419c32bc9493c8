/**
 * The LSTM over a whole sequence (methods.md, section 2.8). The products with the input and the weight gradients are
 * large matrix products outside of the time loop; the kernel is the loop itself.
 *
 *     [i f o] = σ(a_t + h_{t−1} U),  g = tanh(…),  a = x W + b;   c_t = f c_{t−1} + i g,  h_t = o tanh(c_t)
 */
import { add, concat, customGrad, engine, matMul, reshape, slice, split, zeros, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { check } from '../../../lib/assert';
import '../../gradients';

/** Inputs a, recurrent, valid; attributes LstmShape; outputs [states, tape (opaque)]. */
export const LSTM = 'LacunaLstm';
/** Inputs recurrent, valid, tape, gradStates; attributes LstmShape; output [gradient for a]. */
export const LSTM_GRAD = 'LacunaLstmGrad';

export interface LstmShape {
  batch: number;
  steps: number;
  units: number;
}

/** Count of the packed weights: W [I, 4H], U [H, 4H], b [4H], gates in the order i, f, o, g. */
export function lstmWeightCount(inputs: number, units: number): number {
  return 4 * units * (inputs + units + 1);
}

/**
 * @param x [B, S, I]
 * @param valid v: [B, S]; 1 = a real step, 0 = hold both states (padding at either end)
 * @param weights packed, see lstmWeightCount
 * @returns h_1..h_S: [B, S, H]. Gradients flow to x and weights. The states start at 0.
 * @throws InputError when a shape does not fit
 */
export function lstm(x: Tensor3D, valid: Tensor2D, weights: Tensor1D, units: number): Tensor3D {
  const [B, S, I] = x.shape;
  const H = units;
  check(valid.shape.join() === [B, S].join(), `lstm: valid [${valid.shape}] must be [${B}, ${S}]`);
  check(weights.shape[0] === lstmWeightCount(I, H), `lstm: weights [${weights.shape}] must be [${lstmWeightCount(I, H)}]`);
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
