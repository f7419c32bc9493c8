import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { Random } from '../../../lib/random';
import { wasmSections } from '../../../../tests/wasmSections';
import { bytesOfBase64, type WasmVariant } from '../../../lib/wasm';
import goldens from './__goldens__/lstm.json';
import { registerLstmCpu } from './cpu';
import { bidirectionalLstm } from './index';
import { wasmBase64 } from './lstm.wasm';
import { lstmCases, lstmFaults, plain, plainDirection, type LstmCase } from './parity';
import { registerLstmWasm } from './wasm';

allowRelaxedSimd();

const golden = goldens as { batch: number; steps: number; inputs: number; units: number; x: number[]; weights: number[]; pull: number[]; states: number[]; dx: number[]; dWeights: number[] };
const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('LSTM, float64 twin', () => {
  const one: LstmCase = { name: 'golden', batch: golden.batch, steps: golden.steps, inputs: golden.inputs, units: golden.units, slope: 0.3, padding: 'none' };
  const weights = Float64Array.from(golden.weights);
  const all = { x: Float64Array.from(golden.x), forward: weights, backward: weights.toReversed(), pull: Float64Array.from(golden.pull), valid: new Float64Array(one.batch * one.steps).fill(1) };

  it('has the states and gradients of PyTorch', () => {
    const { states, back } = plainDirection(one, all.x, all.valid, weights);
    const { dx, dWeights } = back(all.pull);
    expect(largest(states, golden.states)).toBeLessThan(1e-12);
    expect(largest(dx, golden.dx)).toBeLessThan(1e-12);
    expect(largest(dWeights, golden.dWeights)).toBeLessThan(1e-11);
  });

  it('has the gradients of finite differences over both directions, padding too', () => {
    const valid = all.valid.slice();
    valid[one.steps - 1] = 0;
    valid[one.steps] = 0;
    const loss = (change: Partial<typeof all>): number => plain(one, { ...all, valid, ...change }).y.reduce((sum, h, i) => sum + h * all.pull[i], 0);
    const { dx, dForward, dBackward } = plain(one, { ...all, valid });
    const random = new Random(1);
    for (const [name, gradient] of [['x', dx], ['forward', dForward], ['backward', dBackward]] as const) {
      for (let draw = 0; draw < 40; draw++) {
        const at = random.integer(gradient.length);
        const moved = (step: number): Float64Array => all[name].map((value, i) => value + (i === at ? step : 0));
        const slope = (loss({ [name]: moved(1e-5) }) - loss({ [name]: moved(-1e-5) })) / 2e-5;
        expect(Math.abs(slope - gradient[at])).toBeLessThan(1e-7);
      }
    }
  });
});

describe.each([
  { name: 'cpu', backend: 'cpu', register: registerLstmCpu },
  { name: 'wasm', backend: 'wasm', register: () => registerLstmWasm('simd') },
  { name: 'wasm with relaxed SIMD', backend: 'wasm', register: () => registerLstmWasm('relaxed') },
])('LSTM on the $name backend', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
    await ready();
  });

  it.each(lstmCases)('agrees with the reference: $name', async (one) => {
    const before = memory().numTensors;
    expect(await lstmFaults(one)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses weights that do not fit', () => {
    const x = tensor([1, 2], [1, 2, 1]) as Tensor3D;
    expect(() => bidirectionalLstm(x, tensor([1, 1], [1, 2]) as Tensor2D, tensor([1]) as Tensor1D, tensor([1]) as Tensor1D, 2, 0.3)).toThrow('weights [1] must be [32]');
  });
});

it.each(Object.keys(wasmBase64) as WasmVariant[])('has no data of its own in the memory that it shares with tfjs: %s', (variant) => {
  const sections = wasmSections(bytesOfBase64(wasmBase64[variant]));
  expect(sections).toContain(10); // code
  expect(sections).not.toContain(11); // data
});
