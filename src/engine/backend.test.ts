import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getBackend, matMul, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/lib/assert';
import { chooseBackend, initialise } from './backend';
import { isSoftware } from './backend/webgpu';

const require = createRequire(import.meta.url);
const info = (change: Partial<GPUAdapterInfo>): Pick<GPUAdapter, 'info'> => ({
  info: { vendor: '', architecture: '', device: '', description: '', ...change } as GPUAdapterInfo,
});

describe('the choice of a backend, without a GPU', () => {
  it('computes on wasm with bytes that were handed over, and says why', async () => {
    const { buffer } = new Uint8Array(readFileSync(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')));
    initialise({ wasmBinary: buffer });
    expect(await chooseBackend('auto')).toEqual({ name: 'wasm', device: 'SIMD, one thread', reason: 'this browser has no WebGPU; WASM is available' });
    expect(getBackend()).toBe('wasm');
    expect([...matMul(tensor2d([[1, 2]]), tensor2d([[3], [4]])).dataSync()]).toEqual([11]);
  });

  it('takes the backend that was asked for, also when several ask at once', async () => {
    const both = await Promise.all([chooseBackend('wasm'), chooseBackend('cpu')]);
    expect(both.map(({ name }) => name)).toEqual(['wasm', 'cpu']);
    expect(getBackend()).toBe('cpu');
  });

  it('refuses WebGPU where there is none, and can choose again afterwards', async () => {
    await expect(chooseBackend('webgpu')).rejects.toThrow(InputError);
    await expect(chooseBackend('webgpu')).rejects.toThrow('Choose "auto" or "wasm"');
    expect((await chooseBackend('cpu')).name).toBe('cpu');
  });
});

describe('software adapters', () => {
  it.each([
    [info({ vendor: 'google', architecture: 'swiftshader' }), true],
    [info({ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }), true],
    [info({ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }), true],
    [info({ vendor: 'nvidia', isFallbackAdapter: true }), true],
    [info({ vendor: 'nvidia', architecture: 'ampere' }), false],
    [info({ vendor: 'apple', architecture: 'metal-3', isFallbackAdapter: false }), false],
  ])('are told from real ones: %o', (adapter, software) => {
    expect(isSoftware(adapter)).toBe(software);
  });
});
