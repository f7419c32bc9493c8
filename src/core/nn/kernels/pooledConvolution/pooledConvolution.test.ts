import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tensor, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { wasmSections } from '../../../../tests/wasmSections';
import { bytesOfBase64, type WasmVariant } from '../../../lib/wasm';
import '../../gradients';
import { pooledConvolution } from '../../layers/pooledConvolution';
import { poolingCases, poolingFaults } from './parity';
import { wasmBase64 } from './pooledConvolution.wasm';
import { registerPooledConvolutionWasm } from './wasm';

allowRelaxedSimd();

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

  it.each(poolingCases)('has the values and the gradient of plain loops: $name', async (one) => {
    const start = memory().numTensors;
    expect(await poolingFaults(one, pooledConvolution)).toEqual([]);
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
