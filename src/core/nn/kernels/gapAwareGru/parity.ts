/**
 * One test body for every backend of the gap-aware GRU: runs the op on tfjs's current backend, values and
 * gradients, beside the float64 reference. It knows no test runner, so it runs in a browser page too.
 */
import { add, grads, mul, reshape, sum, tensor1d, tensor2d, tensor3d, tidy, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { Random } from '../../../lib/random';
import { gapAwareGru, type GapAwareGruInputs } from './index';
import { backward, forward, type GruInputs } from './reference';
import { gradientLayout, outputLayout, stateWidth, weightLayout, type GruShape } from './shape';

export interface ParityCase {
  name: string;
  shape: GruShape;
  /** `first`: 1 in row 1, then 0 (the free-running decoder). */
  mask: 'ones' | 'zeros' | 'random' | 'first';
  /** Where the steps with valid = 0 lie; each series has a length of its own (the first one may be empty). */
  padding: 'none' | 'end' | 'start';
  seed: number;
}

/** A part of the output or of the gradient, and the largest error in it divided by the largest value in it. */
export type ParityErrors = Record<string, number>;

/** What every backend must stay below. */
export const parityTolerance = 1e-4;

const masks: ParityCase['mask'][] = ['ones', 'zeros', 'random', 'first'];
const paddings: ParityCase['padding'][] = ['none', 'end', 'start'];

function parityCase(seed: number, shape: GruShape, mask: ParityCase['mask'], padding: ParityCase['padding']): ParityCase {
  const { batch, steps, inputs, units, states } = shape;
  const name = `B ${batch}, S ${steps}, D ${inputs}, H ${units.join('-')}, mask ${mask}, padding ${padding}${states ? ', with states' : ''}`;
  return { name, shape, mask, padding, seed };
}

function cases(): ParityCase[] {
  const all: ParityCase[] = [];
  const put = (shape: GruShape, mask: ParityCase['mask'], padding: ParityCase['padding']): void => {
    all.push(parityCase(all.length + 1, shape, mask, padding));
  };
  const units = [[5], [16], [7], [3, 8], [12, 5], [9, 9], [4, 7, 5], [8, 3, 13], [1, 6, 2]];
  for (const batch of [1, 2, 3, 17, 33]) {
    for (const layers of [1, 2, 3]) {
      for (const inputs of [1, 3, 10]) {
        const i = all.length;
        const shape = { batch, steps: [1, 5, 8, 11, 3][i % 5], inputs, units: units[(layers - 1) * 3 + (i % 3)], states: i % 2 === 0 };
        put(shape, masks[i % 4], paddings[(i + Math.floor(i / 9)) % 3]);
      }
    }
  }
  for (const mask of masks) {
    for (const padding of paddings) put({ batch: 5, steps: 9, inputs: 3, units: [11, 6], states: true }, mask, padding);
  }
  put({ batch: 6, steps: 13, inputs: 1, units: [32, 16, 8, 16, 32], states: true }, 'ones', 'end');
  put({ batch: 6, steps: 13, inputs: 2, units: [32, 16, 8, 16, 32], states: false }, 'random', 'end');
  put({ batch: 9, steps: 31, inputs: 1, units: [50], states: false }, 'random', 'end');
  put({ batch: 4, steps: 15, inputs: 1, units: [101], states: false }, 'first', 'none');
  put({ batch: 3, steps: 7, inputs: 35, units: [24, 20], states: true }, 'random', 'start');
  return all;
}

export const parityCases: readonly ParityCase[] = cases();

/** The inputs of a case, rounded to float32, with the placeholder -99 in cells whose mask is 0. */
export function parityInputs({ shape, mask, padding, seed }: ParityCase): Record<keyof GruInputs, Float32Array> {
  const { batch: B, steps: S, inputs: I, units } = shape;
  const random = new Random(seed);
  const normal = (length: number, scale: number): Float32Array => Float32Array.from({ length }, () => scale * random.normal());
  const observed = (at: number): boolean => {
    if (mask === 'random') return random.uniform() < 0.6;
    return mask === 'ones' || (mask === 'first' && Math.floor(at / I) % S === 0);
  };
  const lengths = Array.from({ length: B }, (_, b) => (padding === 'none' ? S : b === 0 ? 0 : random.integer(S + 1)));
  const m = Float32Array.from({ length: B * S * I }, (_, at) => (observed(at) ? 1 : 0));
  const real = (b: number, t: number): boolean => (padding === 'start' ? t >= S - lengths[b] : t < lengths[b]);
  return {
    x: normal(B * S * I, 1).map((value, at) => (m[at] === 1 ? value : -99)),
    mask: m,
    valid: Float32Array.from({ length: B * S }, (_, at) => (real(Math.floor(at / S), at % S) ? 1 : 0)),
    initial: normal(B * stateWidth(units), 0.5),
    weights: normal(weightLayout(I, units).size, 0.8 / Math.sqrt(Math.max(...units))),
  };
}

/** The packed weights cut into their blocks, so that a fault in a small block does not hide behind a large one. */
function weightBlocks(shape: GruShape): [name: string, from: number, to: number][] {
  const { layers, imputation, imputationBias, size } = weightLayout(shape.inputs, shape.units);
  const blocks = layers.flatMap(({ kernel, recurrent, bias, units }, l): [string, number, number][] => [
    [`dW of layer ${l + 1}`, kernel, recurrent],
    [`dU of layer ${l + 1}`, recurrent, bias],
    [`db of layer ${l + 1}`, bias, bias + 3 * units],
  ]);
  return [...blocks, ['dW_imp', imputation, imputationBias], ['db_imp', imputationBias, size]];
}

/** max |actual - expected| / max |expected|; absolute where the expected values are all 0; infinite for NaN. */
function relativeError(actual: Float32Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Infinity;
  let error = 0;
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    error = Math.max(error, Number.isNaN(difference) ? Infinity : difference);
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return error / (scale || 1);
}

async function take(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

/** The largest relative error of each output and each gradient on the current backend; leaves no tensor behind. */
export async function maxRelativeErrors(parity: ParityCase): Promise<ParityErrors> {
  const { shape } = parity;
  const { batch: B, steps: S, inputs: I, units, states } = shape;
  const plain = parityInputs(parity);
  const out = outputLayout(shape);
  const gradient = gradientLayout(shape);
  const random = new Random(parity.seed + 1000);
  const gradOutput = Float32Array.from({ length: out.size }, () => random.normal());

  const expected = forward(shape, plain);
  const expectedGradient = backward(shape, plain, expected.tape, gradOutput);

  const part = (from: number, to: number): Float32Array => gradOutput.slice(from, to);
  const [values, slopes] = tidy(() => {
    const mask = tensor3d(plain.mask, [B, S, I]);
    const valid = tensor2d(plain.valid, [B, S]);
    const run = (x: Tensor, initial: Tensor, weights: Tensor): ReturnType<typeof gapAwareGru> => {
      const inputs: GapAwareGruInputs = { x: x as Tensor3D, mask, valid, initial: initial as Tensor2D, weights: weights as Tensor1D };
      return gapAwareGru(inputs, units, { states });
    };
    const loss = (x: Tensor, initial: Tensor, weights: Tensor): Tensor => {
      const output = run(x, initial, weights);
      const against = (tensor: Tensor, at: number, to: number): Tensor => sum(mul(reshape(tensor, [tensor.size]), tensor1d(part(at, to))));
      let total = add(against(output.estimates, 0, out.finalStates), against(output.finalStates, out.finalStates, out.states));
      if (output.states) total = add(total, against(output.states, out.states, out.size));
      return total;
    };
    const at: Tensor[] = [tensor3d(plain.x, [B, S, I]), tensor2d(plain.initial, [B, stateWidth(units)]), tensor1d(plain.weights)];
    const output = run(at[0], at[1], at[2]);
    return [[output.estimates, output.finalStates, ...(output.states ? [output.states] : [])], grads(loss as never)(at)] as [Tensor[], Tensor[]];
  });

  const errors: ParityErrors = {};
  const bounds = [0, out.finalStates, out.states, out.size];
  for (const [i, name] of ['estimates', 'finalStates', 'states'].slice(0, values.length).entries()) {
    errors[name] = relativeError(await take(values[i]), expected.output.subarray(bounds[i], bounds[i + 1]));
  }
  errors.dx = relativeError(await take(slopes[0]), expectedGradient.subarray(0, gradient.initial));
  errors.dInitial = relativeError(await take(slopes[1]), expectedGradient.subarray(gradient.initial, gradient.weights));
  const dw = await take(slopes[2]);
  const expectedDw = expectedGradient.subarray(gradient.weights);
  for (const [name, from, to] of weightBlocks(shape)) errors[name] = relativeError(dw.subarray(from, to), expectedDw.subarray(from, to));
  return errors;
}

/** The errors above {@link parityTolerance}, as text; empty when the backend agrees with the reference. */
export async function parityFaults(parity: ParityCase): Promise<string[]> {
  const errors = Object.entries(await maxRelativeErrors(parity));
  return errors.filter(([, error]) => !(error <= parityTolerance)).map(([name, error]) => `${name}: ${error.toExponential(2)}`);
}
