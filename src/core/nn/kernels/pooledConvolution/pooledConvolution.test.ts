import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { dispose, grads, memory, mul, ready, setBackend, sum, tensor, tidy, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { wasmSections } from '../../../../tests/wasmSections';
import { Random } from '../../../lib/random';
import { bytesOfBase64, type WasmVariant } from '../../../lib/wasm';
import '../../gradients';
import { pooledConvolution } from '../../layers/pooledConvolution';
import { wasmBase64 } from './pooledConvolution.wasm';
import { registerPooledConvolutionWasm } from './wasm';

allowRelaxedSimd();

interface Case {
  name: string;
  B: number;
  T: number;
  D: number;
  O: number;
  taps: number;
  before: number;
  P: number;
}

const cases: Case[] = [
  { name: 'the sizes of DTC', B: 3, T: 40, D: 1, O: 50, taps: 10, before: 4, P: 8 },
  { name: 'several variables, a pool that is no multiple of the tile', B: 2, T: 21, D: 3, O: 9, taps: 10, before: 4, P: 7 },
  { name: 'a pool below the tile', B: 2, T: 9, D: 2, O: 8, taps: 5, before: 2, P: 3 },
  { name: 'no pooling', B: 1, T: 6, D: 1, O: 3, taps: 4, before: 0, P: 1 },
  { name: 'more taps than steps', B: 2, T: 4, D: 1, O: 5, taps: 9, before: 8, P: 4 },
];

const valuesOf = ({ B, T, D, O, taps, P }: Case): Record<'x' | 'kernel' | 'pull', Float32Array> => {
  const random = new Random(T);
  const normal = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
  return { x: normal(B * T * D), kernel: normal(taps * D * O), pull: normal((B * T * O) / P) };
};

/** Loop by loop in float64: the pooled values, and the gradient of Σ pull · pooled for the kernel. */
function plain(one: Case): { pooled: Float64Array; dKernel: Float64Array } {
  const { B, T, D, O, taps, before, P } = one;
  const { x, kernel, pull } = valuesOf(one);
  const pooled = new Float64Array((B * T * O) / P);
  const dKernel = new Float64Array(kernel.length);
  const seen = (b: number, t: number, d: number): number => (t >= 0 && t < T ? x[(b * T + t) * D + d] : 0);
  for (let cell = 0; cell < pooled.length; cell++) {
    const [b, s, o] = [Math.floor(cell / ((T / P) * O)), Math.floor(cell / O) % (T / P), cell % O];
    let [most, at] = [Number.NEGATIVE_INFINITY, 0];
    for (let t = s * P; t < (s + 1) * P; t++) {
      let y = 0;
      for (let k = 0; k < taps; k++) for (let d = 0; d < D; d++) y += seen(b, t + k - before, d) * kernel[(k * D + d) * O + o];
      if (y > most) [most, at] = [y, t];
    }
    pooled[cell] = most;
    for (let k = 0; k < taps; k++) for (let d = 0; d < D; d++) dKernel[(k * D + d) * O + o] += pull[cell] * seen(b, at + k - before, d);
  }
  return { pooled, dKernel };
}

const worst = (found: ArrayLike<number>, wanted: Float64Array): number => wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), Number(found.length !== wanted.length));

describe.each([
  { name: 'cpu (composed of layers)', backend: 'cpu', register: () => undefined },
  { name: 'wasm (composed of layers)', backend: 'wasm', register: () => undefined },
  { name: 'wasm', backend: 'wasm', register: () => registerPooledConvolutionWasm('simd') },
  { name: 'wasm with relaxed SIMD', backend: 'wasm', register: () => registerPooledConvolutionWasm('relaxed') },
])('convolution with pooling on $name', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
    await ready();
  });

  it.each(cases)('has the values and the gradient of plain loops: $name', async (one) => {
    const { B, T, D, O, before, P } = one;
    const start = memory().numTensors;
    const { x, kernel, pull } = valuesOf(one);
    const [pooled, dKernel] = tidy(() => {
      const series = tensor(x, [B, T, D]) as Tensor3D;
      const weights = tensor(kernel, [kernel.length / O, O]) as Tensor2D;
      const run = (weights: Tensor): Tensor => pooledConvolution(series, weights as Tensor2D, before, P);
      return [run(weights), ...grads((weights: Tensor) => sum(mul(run(weights), tensor(pull, [B, T / P, O]))))([weights])];
    });
    const wanted = plain(one);
    expect(worst(await pooled.data(), wanted.pooled)).toBeLessThan(1e-5);
    expect(worst(await dKernel.data(), wanted.dKernel)).toBeLessThan(1e-4);
    dispose([pooled, dKernel]);
    expect(memory().numTensors).toBe(start);
  });

  it('refuses a pool that does not divide the steps', () => {
    const run = (): Tensor => pooledConvolution(tensor([1, 2, 3], [1, 3, 1]) as Tensor3D, tensor([1], [1, 1]) as Tensor2D, 0, 2);
    expect(run).toThrow('2 pooled steps do not divide T = 3');
  });
});

it.each(Object.keys(wasmBase64) as WasmVariant[])('has no data of its own in the memory that it shares with tfjs: %s', (variant) => {
  expect(wasmSections(bytesOfBase64(wasmBase64[variant]))).not.toContain(11); // data
});
