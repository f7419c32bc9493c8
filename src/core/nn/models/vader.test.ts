import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { add, exp, mul, setBackend, slice, tensor1d, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '../../run';
import { registerGapAwareGruCpu } from '../kernels/gapAwareGru/cpu';
import { registerGapAwareGruWasm } from '../kernels/gapAwareGru/wasm';
import { Adam } from '../training/adam';
import { minibatch } from '../training/minibatch';
import { step } from '../training/vader';
import oracle from './__goldens__/vader.json';
import { vaderModel } from './vader';

const { sizes, expected, alpha } = oracle;
const { N, T, D, H, M, K } = sizes;
const model = vaderModel({ steps: T, variables: D, hiddenUnits: H, latentWidth: M, clusters: K, fillings: new Float64Array(T * D) });
const data: TrainingData = {
  n: N, t: T, d: D, values: Float32Array.from(oracle.x), mask: Uint8Array.from(oracle.mask), starts: Int32Array.from(oracle.starts), ends: Int32Array.from(oracle.ends), gaps: new Uint32Array(0),
};
const series = Int32Array.of(0, 1, 2);
const noise = Float32Array.from(oracle.noise);
const values = (tensor: Tensor): number[] => [...tensor.dataSync()];
const close = (actual: ArrayLike<number>, wanted: number[], what: string, tolerance: number): void => {
  const scale = Math.max(...wanted.map(Math.abs));
  expect(actual.length, what).toBe(wanted.length);
  wanted.forEach((value, i) => expect(Math.abs(actual[i] - value) / scale, `${what}[${i}]`).toBeLessThan(tolerance));
};

describe.each([
  { backend: 'cpu', register: registerGapAwareGruCpu },
  { backend: 'wasm', register: registerGapAwareGruWasm },
])('VaDER against PyTorch on the $backend backend', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
  });

  it('has the same posterior and reconstruction, with gaps and unequal lengths', () => {
    const weights = model.parameters.cut(tensor1d(oracle.theta));
    const batch = minibatch(data, series, N);
    const { mu, logVariance } = model.encode(weights, batch);
    close(values(mu), expected.mu, 'mu', 1e-5);
    close(values(logVariance), expected.logVariance, 'log variance', 1e-5);
    const z = add(mu, mul(exp(mul(logVariance, 0.5)), tensor2d(noise, [N, M]))) as Tensor2D;
    close(values(model.decode(weights, z, batch.valid)), expected.decoded, 'decoded', 1e-5);
  });

  it('has the same loss terms and gradient in a step', async () => {
    const adam = new Adam(Float32Array.from(oracle.theta));
    const options: Record<string, number> = { reconstructionWeight: 1, latentWeight: alpha, clipNorm: 1e9 };
    const terms = step(model, adam, minibatch(data, series, N), noise, true, (key) => options[key], 0);
    close(values(slice(terms, 0, 2)), [expected.reconstruction, expected.latent], 'terms', 1e-5);
    close((await adam.read()).m.map((value) => value / (1 - 0.9)), expected.gradient, 'gradient', 3e-5);
  });

  it('does not see what stands in a gap', () => {
    const weights = model.parameters.cut(tensor1d(oracle.theta));
    const other = { ...data, values: data.values.map((value, at) => (data.mask[at] ? value : 7)) };
    expect(values(model.encode(weights, minibatch(other, series, N)).mu)).toEqual(values(model.encode(weights, minibatch(data, series, N)).mu));
  });
});
