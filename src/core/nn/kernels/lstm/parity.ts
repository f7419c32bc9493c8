/** One body of tests over every backend: values and gradients beside the float64 twin. */
import { dispose, grads, mul, sum, tensor, tidy, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { Random } from '../../../lib/random';
import { bidirectionalLstm, lstmWeightCount, type BidirectionalLstmShape } from './index';
import { backward, forward } from './reference';

export interface LstmCase extends BidirectionalLstmShape {
  name: string;
  padding: 'none' | 'end' | 'start';
}

export const lstmCases: LstmCase[] = [
  { name: 'one unit', batch: 3, steps: 7, inputs: 4, units: 1, slope: 0.3, padding: 'none' },
  { name: 'padding at the end', batch: 5, steps: 9, inputs: 3, units: 6, slope: 0.3, padding: 'end' },
  { name: 'padding at the start', batch: 4, steps: 6, inputs: 1, units: 5, slope: 0, padding: 'start' },
  { name: 'one step', batch: 2, steps: 1, inputs: 2, units: 3, slope: 0.3, padding: 'none' },
  { name: 'the units of DTC', batch: 9, steps: 16, inputs: 50, units: 50, slope: 0.3, padding: 'none' },
];

interface Problem {
  x: Float32Array;
  valid: Float32Array;
  forward: Float32Array;
  backward: Float32Array;
  /** Weights of y in the scalar that is differentiated. */
  pull: Float32Array;
}

function problem({ batch: B, steps: S, inputs: I, units: H, padding }: LstmCase): Problem {
  const random = new Random(B + 10 * S + H);
  const normal = (count: number, scale = 1): Float32Array => Float32Array.from({ length: count }, () => scale * random.normal());
  const valid = Float32Array.from({ length: B * S }, (_, at) => {
    const [b, t] = [Math.floor(at / S), at % S];
    if (padding === 'none') return 1;
    return Number(padding === 'end' ? t < S - (b % 3) : t >= b % 3);
  });
  return { x: normal(B * S * I), valid, forward: normal(lstmWeightCount(I, H), 0.4), backward: normal(lstmWeightCount(I, H), 0.4), pull: normal(B * S * H) };
}

type Numbers = Float32Array | Float64Array;

interface Direction {
  states: Float64Array;
  /** The gradients for x and weights, from that for the states. */
  back(pull: Numbers): { dx: Float64Array; dWeights: Float64Array };
}

/** One direction in float64. */
export function plainDirection({ batch: B, steps: S, inputs: I, units: H }: LstmCase, x: Numbers, valid: Numbers, weights: Numbers): Direction {
  const G = 4 * H;
  const [recurrentAt, biasAt] = [I * G, (I + H) * G];
  const a = new Float64Array(B * S * G);
  for (let row = 0; row < B * S; row++) {
    for (let n = 0; n < G; n++) {
      let value = weights[biasAt + n];
      for (let i = 0; i < I; i++) value += x[row * I + i] * weights[i * G + n];
      a[row * G + n] = value;
    }
  }
  const shape = { batch: B, steps: S, units: H };
  const recurrent = weights.slice(recurrentAt, biasAt);
  const { states, tape } = forward(shape, a, recurrent, valid);
  const back = (pull: Numbers): ReturnType<Direction['back']> => {
    const da = backward(shape, recurrent, valid, tape, pull);
    const dx = new Float64Array(B * S * I);
    const dWeights = new Float64Array(weights.length);
    for (let row = 0; row < B * S; row++) {
      for (let n = 0; n < G; n++) {
        const slope = da[row * G + n];
        for (let i = 0; i < I; i++) {
          dx[row * I + i] += slope * weights[i * G + n];
          dWeights[i * G + n] += slope * x[row * I + i];
        }
        if (row % S > 0) for (let k = 0; k < H; k++) dWeights[recurrentAt + k * G + n] += slope * states[(row - 1) * H + k];
        dWeights[biasAt + n] += slope;
      }
    }
    return { dx, dWeights };
  };
  return { states, back };
}

/** Steps in the other order: [B, S, width]. */
const reversed = (values: Numbers, B: number, S: number): Float64Array => {
  const width = values.length / (B * S);
  return Float64Array.from(values, (_, at) => {
    const [row, i] = [Math.floor(at / width), at % width];
    return values[(row - (row % S) + (S - 1 - (row % S))) * width + i];
  });
};

/** Both directions in float64: y, and the gradients for x and either direction's weights. */
export function plain(one: LstmCase, { x, valid, forward, backward, pull }: Record<keyof Problem, Numbers>): Record<'y' | 'dx' | 'dForward' | 'dBackward', Float64Array> {
  const turned = (values: Numbers): Float64Array => reversed(values, one.batch, one.steps);
  const ahead = plainDirection(one, x, valid, forward);
  const back = plainDirection(one, turned(x), turned(valid), backward);
  const states = turned(back.states).map((h, at) => h + ahead.states[at]);
  const slopes = states.map((sum) => (sum > 0 ? 1 : one.slope));
  const pulled = slopes.map((slope, at) => slope * pull[at]);
  const [ofAhead, ofBack] = [ahead.back(pulled), back.back(turned(pulled))];
  return { y: states.map((sum, at) => sum * slopes[at]), dx: turned(ofBack.dx).map((slope, at) => slope + ofAhead.dx[at]), dForward: ofAhead.dWeights, dBackward: ofBack.dWeights };
}

/** What differs from the float64 twin; empty when nothing does. */
export async function lstmFaults(one: LstmCase): Promise<string[]> {
  const { batch: B, steps: S, inputs: I, units: H, slope } = one;
  const given = problem(one);
  const wanted = plain(one, given);
  const tensors = tidy(() => {
    const valid = tensor(given.valid, [B, S]) as Tensor2D;
    const [x, forward, backward, pull] = [tensor(given.x, [B, S, I]), tensor(given.forward), tensor(given.backward), tensor(given.pull, [B, S, H])];
    const run = (x: Tensor, forward: Tensor, backward: Tensor): Tensor3D => bidirectionalLstm(x as Tensor3D, valid, forward as Tensor1D, backward as Tensor1D, H, slope);
    return [run(x, forward, backward), ...grads((x: Tensor, forward: Tensor, backward: Tensor) => sum(mul(run(x, forward, backward), pull)))([x, forward, backward])];
  });
  const faults: string[] = [];
  for (const [at, name] of (['y', 'dx', 'dForward', 'dBackward'] as const).entries()) {
    const found = await tensors[at].data();
    const scale = wanted[name].reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const error = wanted[name].reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0) / scale;
    if (!(error < 1e-5) || found.length !== wanted[name].length) faults.push(`${name}: ${error}`);
  }
  dispose(tensors);
  return faults;
}
