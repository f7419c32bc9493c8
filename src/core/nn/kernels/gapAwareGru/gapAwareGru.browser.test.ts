import '@tensorflow/tfjs-backend-wasm';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { env, memory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import '../../gradients';
import { parityCases, parityFaults, type ParityCase } from './parity';
import type { GruShape } from './shape';
import { registerGapAwareGruWasm } from './wasm';
import { registerGapAwareGruWebGpu } from './webgpu';
import { plan, timeSlices } from './wgslPlan';

// a pipeline takes a software adapter seconds to compile
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PORTABLE_MEMORY = 16_384;

/** Units that leave room for two rows, and for one, and steps for more than one dispatch. */
const large = (name: string, shape: GruShape, mask: ParityCase['mask'], seed: number): ParityCase => ({ name, shape, mask, padding: 'end', seed });
const largeCases: ParityCase[] = [
  large('two rows a workgroup', { batch: 3, steps: 3, inputs: 2, units: [300], states: true }, 'random', 101),
  large('one row a workgroup, several dispatches', { batch: 3, steps: 15, inputs: 1, units: [900], states: false }, 'first', 102),
];

const adapter = (await navigator.gpu?.requestAdapter()) ?? null;
const without = adapter ? '' : ' (skipped: this browser has no WebGPU adapter)';

describe.skipIf(!adapter)(`gap-aware GRU, WGSL twin${without}`, () => {
  const errors: string[] = [];

  beforeAll(async () => {
    const device = await adapter!.requestDevice();
    device.addEventListener('uncapturederror', (event) => errors.push(event.error.message));
    registerGapAwareGruWebGpu();
    removeBackend('webgpu');
    registerBackend('webgpu', () => new WebGPUBackend(device, adapter!.info));
    await setBackend('webgpu');
    env().set('WEBGPU_CPU_FORWARD', false);
  });

  it.each([...parityCases, ...largeCases])('agrees with the reference: $name', async (parity) => {
    const before = memory();
    expect(await parityFaults(parity)).toEqual([]);
    expect(errors).toEqual([]);
    const after = memory();
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numDataBuffers).toBe(before.numDataBuffers);
    expect((after as unknown as { numBytesInGPU: number }).numBytesInGPU).toBe((before as unknown as { numBytesInGPU: number }).numBytesInGPU);
  });

  it('meets every size of block in these cases', () => {
    const blocks = [...parityCases, ...largeCases].map(({ shape }) => plan(shape, PORTABLE_MEMORY).block);
    expect(new Set(blocks.map(({ lanes, groups }) => lanes * groups))).toEqual(new Set([1, 2, 4, 8]));
    expect(timeSlices(largeCases[1].shape).length).toBeGreaterThan(1);
  });
});

describe('gap-aware GRU, WASM twin in a browser', () => {
  beforeAll(async () => {
    registerGapAwareGruWasm();
    const binaries = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
    setWasmPaths(Object.fromEntries(binaries.map((name) => [name, wasmUrl])));
    await setBackend('wasm');
  });

  it.each(parityCases)('agrees with the reference: $name', async (parity) => {
    const before = memory();
    expect(await parityFaults(parity)).toEqual([]);
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});
