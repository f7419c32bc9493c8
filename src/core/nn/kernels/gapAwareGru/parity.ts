/**
 * One test body for every backend of the gap-aware GRU: runs the op on tfjs's current backend, values and
 * gradients, beside the float64 reference. It knows no test runner, so it runs in a browser page too.
 */
import { add, grads, mul, reshape, sum, tensor1d, tensor2d, tensor3d, tidy, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { Random } from '../../../lib/random';
import { gapAwareGru, type GapAwareGruInputs, type GapAwareGruOutputs } from './index';
import { plainGru } from './plain';
import { backward, forward, type GruInputs, type Numbers } from './reference';
import { gradientLayout, outputLayout, rowsOf, stateWidth, weightLayout, type GruShape } from './shape';

export interface ParityCase {
  name: string;
  shape: GruShape;
  /** `first`: 1 in row 1, then 0 (the free-running decoder). */
  mask: 'ones' | 'zeros' | 'random' | 'first';
  /** Where the steps with valid = 0 lie; each series has a length of its own (the first one may be empty). */
  padding: 'none' | 'end' | 'start';
  seed: number;
  /** Whether the plain GRU is run, which starts at 0 and makes no estimates; the mask must be 1. */
  plain?: boolean;
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

/** Several sets of weights, each with its rows, for backends that carry them. */
export const setsCases: readonly ParityCase[] = [
  parityCase(201, { batch: 5, sets: 2, steps: 9, inputs: 3, units: [11, 6], states: true }, 'random', 'end'),
  parityCase(202, { batch: 2, sets: 3, steps: 4, inputs: 1, units: [7], states: false }, 'first', 'none'),
].map((one) => ({ ...one, name: `${one.shape.sets} sets of weights, ${one.name}` }));

/** For the twin of the plain GRU, of one layer over complete series. */
export const plainCases: readonly ParityCase[] = [
  parityCase(301, { batch: 9, steps: 12, inputs: 4, units: [33], states: true }, 'ones', 'end'),
  parityCase(302, { batch: 3, sets: 2, steps: 5, inputs: 50, units: [30], states: true }, 'ones', 'start'),
  parityCase(303, { batch: 6, steps: 1, inputs: 1, units: [5], states: false }, 'ones', 'none'),
].map((one) => ({ ...one, name: `plain, ${one.name}`, plain: true }));

/** The inputs of a case, rounded to float32, with the placeholder -99 in cells whose mask is 0. */
export function parityInputs({ shape, mask, padding, seed, plain = false }: ParityCase): Record<keyof GruInputs, Float32Array> {
  const { sets = 1, steps: S, inputs: I, units } = shape;
  const B = rowsOf(shape);
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
    initial: normal(B * stateWidth(units), plain ? 0 : 0.5),
    weights: normal(sets * weightLayout(I, units).size, 0.8 / Math.sqrt(Math.max(...units))),
  };
}

/** The packed weights cut into their blocks, so that a fault in a small block does not hide behind a large one. */
function weightBlocks({ sets = 1, inputs, units }: GruShape): [name: string, from: number, to: number][] {
  const { layers, imputation, imputationBias, size } = weightLayout(inputs, units);
  const blocks = layers.flatMap(({ kernel, recurrent, bias, units }, l): [string, number, number][] => [
    [`dW of layer ${l + 1}`, kernel, recurrent],
    [`dU of layer ${l + 1}`, recurrent, bias],
    [`db of layer ${l + 1}`, bias, bias + 3 * units],
  ]);
  const all: typeof blocks = [...blocks, ['dW_imp', imputation, imputationBias], ['db_imp', imputationBias, size]];
  return Array.from({ length: sets }, (_, set) => all.map(([name, from, to]): [string, number, number] => [`${name}${set > 0 ? `, set ${set + 1}` : ''}`, from + set * size, to + set * size])).flat();
}

/** Bounds of the sections of the packed output. */
function sectionsOf(shape: GruShape): number[] {
  const { finalStates, states, size } = outputLayout(shape);
  return [0, finalStates, states, size];
}

/** Share of a set in each section of a packed vector, side by side. */
function shareOf(packed: Numbers, bounds: readonly number[], set: number, sets: number): Float64Array {
  const parts = bounds.slice(1).map((to, i) => {
    const length = (to - bounds[i]) / sets;
    return [...packed.subarray(bounds[i] + set * length, bounds[i] + (set + 1) * length)];
  });
  return Float64Array.from(parts.flat());
}

/** The inverse of shareOf. */
function joined(shares: Float64Array[], bounds: readonly number[]): Float64Array {
  const all = new Float64Array(bounds[bounds.length - 1]);
  shares.forEach((share, set) => {
    let at = 0;
    for (let i = 0; i + 1 < bounds.length; i++) {
      const length = (bounds[i + 1] - bounds[i]) / shares.length;
      all.set(share.subarray(at, at + length), bounds[i] + set * length);
      at += length;
    }
  });
  return all;
}

/** Output and gradient of the float64 reference, set by set. */
function referenceOf(shape: GruShape, inputs: GruInputs, gradOutput: Float32Array): { output: Float64Array; gradient: Float64Array } {
  const { sets = 1 } = shape;
  const one: GruShape = { ...shape, sets: 1 };
  const at = gradientLayout(shape);
  const outputs: Float64Array[] = [];
  const gradients: Float64Array[] = [];
  for (let set = 0; set < sets; set++) {
    const own = Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, shareOf(values, [0, values.length], set, sets)])) as unknown as GruInputs;
    const { output, tape } = forward(one, own);
    outputs.push(output);
    gradients.push(backward(one, own, tape, shareOf(gradOutput, sectionsOf(shape), set, sets)));
  }
  return { output: joined(outputs, sectionsOf(shape)), gradient: joined(gradients, [0, at.initial, at.weights, at.size]) };
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
  const { shape, plain } = parity;
  const { steps: S, inputs: I, units, states } = shape;
  const B = rowsOf(shape);
  const given = parityInputs(parity);
  const out = outputLayout(shape);
  const gradient = gradientLayout(shape);
  const random = new Random(parity.seed + 1000);
  const gradOutput = Float32Array.from({ length: out.size }, (_, at) => (plain && at < out.finalStates ? 0 : random.normal()));
  const expected = referenceOf(shape, given, gradOutput);

  const bounds = sectionsOf(shape);
  const sections = (['estimates', 'finalStates', 'states'] as const)
    .map((name, i) => ({ name, from: bounds[i], to: bounds[i + 1] }))
    .filter(({ name, from, to }) => from < to && !(plain && name === 'estimates'));
  const [values, slopes] = tidy(() => {
    const mask = tensor3d(given.mask, [B, S, I]);
    const valid = tensor2d(given.valid, [B, S]);
    const run = (x: Tensor, initial: Tensor, weights: Tensor): Tensor[] => {
      const inputs: GapAwareGruInputs = { x: x as Tensor3D, mask, valid, initial: initial as Tensor2D, weights: weights as Tensor1D };
      const outputs: Partial<GapAwareGruOutputs> = plain ? plainGru(inputs.x, valid, inputs.weights, units[0], { states }) : gapAwareGru(inputs, units, { states });
      return sections.map(({ name }) => outputs[name]!);
    };
    const loss = (x: Tensor, initial: Tensor, weights: Tensor): Tensor =>
      run(x, initial, weights)
        .map((tensor, i) => sum(mul(reshape(tensor, [tensor.size]), tensor1d(gradOutput.slice(sections[i].from, sections[i].to)))))
        .reduce((total, term) => add(total, term));
    const [x, initial, weights] = [tensor3d(given.x, [B, S, I]), tensor2d(given.initial, [B, stateWidth(units)]), tensor1d(given.weights)];
    const slopes = plain ? grads((x: Tensor, weights: Tensor) => loss(x, initial, weights))([x, weights]) : grads(loss as never)([x, initial, weights]);
    return [run(x, initial, weights), slopes] as [Tensor[], Tensor[]];
  });

  const errors: ParityErrors = {};
  for (const [i, { name, from, to }] of sections.entries()) errors[name] = relativeError(await take(values[i]), expected.output.subarray(from, to));
  errors.dx = relativeError(await take(slopes[0]), expected.gradient.subarray(0, gradient.initial));
  if (!plain) errors.dInitial = relativeError(await take(slopes[1]), expected.gradient.subarray(gradient.initial, gradient.weights));
  const dw = await take(slopes[slopes.length - 1]);
  const expectedDw = expected.gradient.subarray(gradient.weights);
  for (const [name, from, to] of weightBlocks(shape)) errors[name] = relativeError(dw.subarray(from, to), expectedDw.subarray(from, to));
  return errors;
}

/** The errors above {@link parityTolerance}, as text; empty when the backend agrees with the reference. */
export async function parityFaults(parity: ParityCase): Promise<string[]> {
  const errors = Object.entries(await maxRelativeErrors(parity));
  return errors.filter(([, error]) => !(error <= parityTolerance)).map(([name, error]) => `${name}: ${error.toExponential(2)}`);
}
