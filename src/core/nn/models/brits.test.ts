import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend, tensor1d, valueAndGrad, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '../../run';
import { registerImputingLstmCpu } from '../kernels/imputingLstm/cpu';
import { registerImputingLstmWasm } from '../kernels/imputingLstm/wasm';
import { britsBatch } from '../training/brits';
import oracle from './__goldens__/brits.json';
import { britsFilling, britsLoss, britsModel, elapsed } from './brits';

const { sizes, expected } = oracle;
const { N, T, D, H } = sizes;
const model = britsModel(D, H);
const data: TrainingData = {
  n: N, t: T, d: D, values: Float32Array.from(oracle.x), mask: Uint8Array.from(oracle.mask), starts: Int32Array.from(oracle.starts), ends: Int32Array.from(oracle.ends), gaps: new Uint32Array(0),
};
const close = (actual: Tensor, wanted: number[], what: string): void => {
  const found = actual.dataSync();
  const scale = Math.max(...wanted.map(Math.abs));
  expect(found.length, what).toBe(wanted.length);
  wanted.forEach((value, i) => expect(Math.abs(found[i] - value) / scale, `${what}[${i}]`).toBeLessThan(2e-5));
};

describe.each([
  { backend: 'cpu', register: registerImputingLstmCpu },
  { backend: 'wasm', register: registerImputingLstmWasm },
])('BRITS against PyTorch on the $backend backend', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
    await ready();
  });

  it('has the same filling, loss and gradient, with gaps and unequal lengths', () => {
    const batch = britsBatch(data, Int32Array.of(0, 1, 2));
    const theta = tensor1d(oracle.theta);
    close(britsFilling(model, theta, batch), expected.filling, 'filling');
    const { value, grad } = valueAndGrad((parameters) => britsLoss(model, parameters as Tensor1D, batch))(theta);
    close(value, [expected.loss], 'loss');
    close(grad, expected.gradient, 'gradient');
  });

  it('does not see what stands in a gap, and leaves observed cells as they are', () => {
    const theta = tensor1d(oracle.theta);
    const other = { ...data, values: data.values.map((value, at) => (data.mask[at] ? value : 7)) };
    const [a, b] = [data, other].map((one) => britsBatch(one, Int32Array.of(0, 1, 2)));
    const hidden = (filling: Tensor): number[] => [...filling.dataSync()].filter((_, at) => data.mask[at] === 0);
    expect(hidden(britsFilling(model, theta, b))).toEqual(hidden(britsFilling(model, theta, a)));
    expect(britsLoss(model, theta, b).dataSync()).toEqual(britsLoss(model, theta, a).dataSync());
  });
});

it('counts the steps since a cell was last observed', () => {
  expect([...elapsed([1, 0, 0, 1, 0], 1)]).toEqual([1, 2, 3, 1, 2]);
  expect([...elapsed([0, 1, 0, 1, 1, 0], 2)]).toEqual([1, 1, 2, 1, 1, 2]);
  expect([...elapsed([0, 0, 0, 0, 1], 1, 2)]).toEqual([1, 1, 1, 2, 1]); // padding does not count
});
