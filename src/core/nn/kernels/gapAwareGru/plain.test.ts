/** The plain GRU's own kernels beside the gap-aware GRU with mask 1, of which the float64 reference is the oracle. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { add, getKernel, grads, memory, mul, ready, setBackend, sum, tensor, tidy, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { Random } from '../../../lib/random';
import type { WasmVariant } from '../../../lib/wasm';
import { useThreads } from '../wasmThreads';
import { registerGapAwareGruCpu } from './cpu';
import { PLAIN_GRU, plainGru, type PlainGruOptions } from './plain';
import { weightLayout } from './shape';
import { registerGapAwareGruWasm } from './wasm';

allowRelaxedSimd();

interface Case extends Required<PlainGruOptions> {
  B: number;
  S: number;
  I: number;
  H: number;
}

/** Final states, states, and the gradients of a weighted sum of them for the weights and, unless it is constant, x. */
async function made(backend: string, { B, S, I, H, states, constantInput }: Case): Promise<Float32Array[]> {
  await setBackend(backend);
  await ready();
  const random = new Random(B * S + H);
  const normal = (shape: number[], scale = 1): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), shape);
  const before = memory().numTensors;
  const values = tidy(() => {
    const [x, weights] = [normal([B, S, I]), normal([weightLayout(I, [H]).size], 0.4)];
    const valid = tensor(Float32Array.from({ length: B * S }, () => Number(random.uniform() < 0.8)), [B, S]) as Tensor2D;
    const pulls = [normal([B, H]), normal([B, S, H])];
    const run = (w: Tensor, x: Tensor): Tensor[] => {
      const outputs = plainGru(x as Tensor3D, valid, w as Tensor1D, H, { states, constantInput });
      return [outputs.finalStates, ...(outputs.states ? [outputs.states] : [])];
    };
    const loss = (w: Tensor, x: Tensor): Tensor => run(w, x).map((output, i) => sum(mul(output, pulls[i]))).reduce((a, b) => add(a, b));
    const slopes = constantInput ? grads((w) => loss(w, x))([weights]) : grads(loss)([weights, x]);
    return [...run(weights, x), ...slopes].map((one) => one.dataSync() as Float32Array);
  });
  expect(memory().numTensors).toBe(before);
  return values;
}

const CASES: Case[] = [
  { B: 5, S: 7, I: 3, H: 6, states: true, constantInput: false },
  { B: 32, S: 20, I: 10, H: 50, states: true, constantInput: true },
  { B: 9, S: 40, I: 50, H: 30, states: false, constantInput: false },
  { B: 3, S: 1, I: 1, H: 1, states: false, constantInput: true },
  { B: 70, S: 40, I: 4, H: 33, states: true, constantInput: false },
];

describe.each(['simd', 'relaxed'] as WasmVariant[])('plain GRU on WASM, %s', (variant) => {
  afterEach(() => useThreads(null));

  it.each(CASES)('is the gap-aware GRU with mask 1: $B × $S × $I, $H units, states $states, constant x $constantInput', async (one) => {
    registerGapAwareGruCpu();
    registerGapAwareGruWasm(variant);
    expect([getKernel(PLAIN_GRU, 'cpu') ?? null, getKernel(PLAIN_GRU, 'wasm') ?? null]).toEqual([null, expect.anything()]);
    const wanted = await made('cpu', one);
    const whole = await made('wasm', one);
    expect(whole.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length));
    for (const [i, values] of whole.entries()) {
      const largest = Math.max(1, wanted[i].reduce((most, value) => Math.max(most, Math.abs(value)), 0));
      const error = values.reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[i][at])), 0);
      expect(error / largest).toBeLessThan(1e-5);
    }
    useThreads({ count: 3, run: (_, __, jobs, ___, own) => Array.from({ length: jobs }, (_, job) => jobs - 1 - job).forEach(own) }, 1);
    expect(await made('wasm', one)).toEqual(whole); // in parts, to the last bit
  });
});

it('refuses several sets of weights on a backend that carries one, and weights of another size', async () => {
  registerGapAwareGruCpu();
  await setBackend('cpu');
  const run = (count: number): Tensor => tidy(() => plainGru(tensor([1, 2], [2, 1, 1]) as Tensor3D, tensor([1, 1], [2, 1]) as Tensor2D, tensor(new Float32Array(count)) as Tensor1D, 3).finalStates);
  const { size } = weightLayout(1, [3]);
  expect(() => run(2 * size)).toThrow(/2 sets of weights for 2 rows on the cpu backend/);
  expect(() => run(size + 1)).toThrow(new RegExp(`must be \\[${size}\\], or a multiple`));
});
