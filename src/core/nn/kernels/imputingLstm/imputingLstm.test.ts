import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { wasmSections } from '../../../../tests/wasmSections';
import { Random } from '../../../lib/random';
import { bytesOfBase64, type WasmVariant } from '../../../lib/wasm';
import { registerImputingLstmCpu } from './cpu';
import { wasmBase64 } from './imputingLstm.wasm';
import { imputingLstm } from './index';
import { imputingLstmCases, imputingLstmFaults, plain, problem } from './parity';
import { registerImputingLstmWasm } from './wasm';

allowRelaxedSimd();

describe('imputing LSTM, float64 twin', () => {
  it.each(imputingLstmCases.slice(0, 3))('has the gradients of finite differences: $name', (one) => {
    const given = problem(one);
    const wide = Object.fromEntries(Object.entries(given).map(([name, values]) => [name, Float64Array.from(values)])) as Record<keyof typeof given, Float64Array>;
    const loss = (change: Partial<typeof wide>): number => plain(one, { ...wide, ...change }, wide.pull).estimates.reduce((sum, e, i) => sum + e * wide.pull[i], 0);
    const { dGamma, dAddend, dWeights } = plain(one, wide, wide.pull);
    const random = new Random(1);
    for (const [name, gradient] of [['gamma', dGamma], ['addend', dAddend], ['weights', dWeights]] as const) {
      for (let draw = 0; draw < 40; draw++) {
        const at = random.integer(gradient.length);
        const moved = (step: number): Float64Array => wide[name].map((value, i) => value + (i === at ? step : 0));
        const slope = (loss({ [name]: moved(1e-5) }) - loss({ [name]: moved(-1e-5) })) / 2e-5;
        expect(Math.abs(slope - gradient[at]), `${name}[${at}]`).toBeLessThan(1e-6);
      }
    }
  });

  it('estimates a step without having seen it, and never sees what stands in a gap', () => {
    const one = imputingLstmCases[0];
    const given = problem(one);
    const { estimates } = plain(one, given, given.pull);
    const last = { ...given, x: given.x.map((value, at) => (Math.floor(at / one.inputs) % one.steps === one.steps - 1 ? 9 : value)) };
    expect(plain(one, last, given.pull).estimates).toEqual(estimates);
    const gaps = { ...given, x: given.x.map((value, at) => (given.mask[at] ? value : 9)) };
    expect(plain(one, gaps, given.pull).estimates).toEqual(estimates);
  });
});

describe.each([
  { name: 'cpu', backend: 'cpu', register: registerImputingLstmCpu },
  { name: 'wasm', backend: 'wasm', register: () => registerImputingLstmWasm('simd') },
  { name: 'wasm with relaxed SIMD', backend: 'wasm', register: () => registerImputingLstmWasm('relaxed') },
])('imputing LSTM on the $name backend', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
    await ready();
  });

  it.each(imputingLstmCases)('agrees with the reference: $name', async (one) => {
    const before = memory().numTensors;
    expect(await imputingLstmFaults(one)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses weights that do not fit', () => {
    const x = tensor([1, 2], [1, 2, 1]) as Tensor3D;
    const inputs = { x, mask: x, valid: tensor([1, 1], [1, 2]) as Tensor2D, gamma: tensor([1, 1], [1, 2, 1]) as Tensor3D, addend: tensor(new Float32Array(8), [1, 2, 4]) as Tensor3D, weights: tensor([1]) as Tensor1D };
    expect(() => imputingLstm(inputs, 1)).toThrow('weights [1] must be [10]');
  });
});

it.each(Object.keys(wasmBase64) as WasmVariant[])('has no data of its own in the memory that it shares with tfjs: %s', (variant) => {
  const sections = wasmSections(bytesOfBase64(wasmBase64[variant]));
  expect(sections).toContain(10); // code
  expect(sections).not.toContain(11); // data
});
