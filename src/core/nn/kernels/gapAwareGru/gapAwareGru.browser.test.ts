import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { env, memory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../gradients';
import { parityCases, parityFaults } from './parity';
import { registerGapAwareGruWebGpu } from './webgpu';
const errors: string[] = [];
describe('gap-aware GRU, WGSL twin', () => {
  beforeAll(async () => {
    registerGapAwareGruWebGpu();
    removeBackend('webgpu');
    registerBackend('webgpu', async () => {
      const adapter = (await navigator.gpu.requestAdapter())!;
      const device = await adapter.requestDevice({ requiredLimits: { maxComputeWorkgroupStorageSize: adapter.limits.maxComputeWorkgroupStorageSize } });
      device.onuncapturederror = (e) => { errors.push(e.error.message); console.log(e.error.message); };
      return new WebGPUBackend(device, adapter.info);
    });
    await setBackend('webgpu');
    env().set('WEBGPU_CPU_FORWARD', false);
  });
  it.each(parityCases)('agrees with the reference: $name', async (parity) => {
    const before = memory().numTensors;
    expect(await parityFaults(parity)).toEqual([]);
    expect(errors).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});
