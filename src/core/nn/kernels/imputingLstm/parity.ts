/** One body of tests over every backend: values and gradients beside the float64 twin. */
import { dispose, grads, mul, sum, tensor, tidy, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { Random } from '../../../lib/random';
import { imputingLstm, imputingLstmWeights, type ImputingLstmShape } from './index';
import { backward, forward, type ImputingLstmNumbers } from './reference';

export interface ImputingLstmCase extends ImputingLstmShape {
  name: string;
  padding: 'none' | 'end' | 'start';
}

export const imputingLstmCases: ImputingLstmCase[] = [
  { name: 'one unit', batch: 3, steps: 7, inputs: 2, units: 1, padding: 'none' },
  { name: 'padding at the end', batch: 5, steps: 9, inputs: 3, units: 6, padding: 'end' },
  { name: 'padding at the start', batch: 4, steps: 6, inputs: 1, units: 5, padding: 'start' },
  { name: 'one step', batch: 2, steps: 1, inputs: 2, units: 3, padding: 'none' },
  { name: 'more variables than units', batch: 6, steps: 5, inputs: 9, units: 4, padding: 'none' },
  { name: 'the units of BRITS', batch: 9, steps: 12, inputs: 1, units: 108, padding: 'none' },
];

/** The inputs, and `pull`, the weights of the estimates in the scalar that is differentiated. */
export function problem({ batch: B, steps: S, inputs: I, units: H, padding }: ImputingLstmCase): ImputingLstmNumbers & { pull: Float32Array } {
  const random = new Random(B + 10 * S + H);
  const normal = (count: number, scale = 1): Float32Array => Float32Array.from({ length: count }, () => scale * random.normal());
  const valid = Float32Array.from({ length: B * S }, (_, at) => {
    const [b, t] = [Math.floor(at / S), at % S];
    if (padding === 'none') return 1;
    return Number(padding === 'end' ? t < S - (b % 3) : t >= b % 3);
  });
  const mask = Float32Array.from({ length: B * S * I }, () => Number(random.uniform() > 0.4));
  const gamma = Float32Array.from({ length: B * S * H }, () => random.uniform());
  const scale = 1 / Math.sqrt(H);
  return { x: normal(B * S * I), mask, valid, gamma, addend: normal(B * S * 4 * H), weights: normal(imputingLstmWeights(I, H).size, scale), pull: normal(B * S * I) };
}

/** The same in float64: the estimates, and the gradients for gamma, addend and weights. */
export function plain(shape: ImputingLstmShape, given: ImputingLstmNumbers, pull: Float32Array | Float64Array): Record<'estimates' | 'dGamma' | 'dAddend' | 'dWeights', Float64Array> {
  const { batch: B, steps: S, inputs: I, units: H } = shape;
  const { recurrent, head, headBias, size } = imputingLstmWeights(I, H);
  const { estimates, decayed, tape } = forward(shape, given);
  const { da, de, dGamma } = backward(shape, given, tape, pull);
  const dWeights = new Float64Array(size);
  for (let row = 0; row < B * S; row++) {
    for (let i = 0; i < I; i++) {
      const m = given.mask[row * I + i];
      const u = m * given.x[row * I + i] + (1 - m) * estimates[row * I + i];
      for (let n = 0; n < 4 * H; n++) dWeights[i * 4 * H + n] += u * da[row * 4 * H + n];
      for (let k = 0; k < H; k++) dWeights[head + k * I + i] += decayed[row * H + k] * de[row * I + i];
      dWeights[headBias + i] += de[row * I + i];
    }
    for (let k = 0; k < H; k++) for (let n = 0; n < 4 * H; n++) dWeights[recurrent + k * 4 * H + n] += decayed[row * H + k] * da[row * 4 * H + n];
  }
  return { estimates, dGamma, dAddend: da, dWeights };
}

/** What differs from the float64 twin; empty when nothing does. */
export async function imputingLstmFaults(one: ImputingLstmCase): Promise<string[]> {
  const { batch: B, steps: S, inputs: I, units: H } = one;
  const given = problem(one);
  const wanted = plain(one, given, given.pull);
  const tensors = tidy(() => {
    const of = (values: ArrayLike<number>, ...shape: number[]): Tensor => tensor(values as Float32Array, shape);
    const [x, mask, valid] = [of(given.x, B, S, I) as Tensor3D, of(given.mask, B, S, I) as Tensor3D, of(given.valid, B, S) as Tensor2D];
    const pull = of(given.pull, B, S, I);
    const run = (gamma: Tensor, addend: Tensor, weights: Tensor): Tensor3D => imputingLstm({ x, mask, valid, gamma: gamma as Tensor3D, addend: addend as Tensor3D, weights: weights as Tensor1D }, H);
    const inputs = [of(given.gamma, B, S, H), of(given.addend, B, S, 4 * H), of(given.weights, given.weights.length)];
    return [run(inputs[0], inputs[1], inputs[2]), ...grads((gamma: Tensor, addend: Tensor, weights: Tensor) => sum(mul(run(gamma, addend, weights), pull)))(inputs)];
  });
  const faults: string[] = [];
  for (const [at, name] of (['estimates', 'dGamma', 'dAddend', 'dWeights'] as const).entries()) {
    const found = await tensors[at].data();
    const scale = wanted[name].reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const error = wanted[name].reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0) / scale;
    if (!(error < 1e-5) || found.length !== wanted[name].length) faults.push(`${name}: ${error}`);
  }
  dispose(tensors);
  return faults;
}
