import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, it } from 'vitest';
import '../../gradients';
import { gapAwareGru } from './index';
import { stateWidth, weightLayout } from './shape';
import { registerGapAwareGruWebGpu } from './webgpu';
beforeAll(async () => {
  registerGapAwareGruWebGpu();
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', async () => {
    const adapter = (await navigator.gpu.requestAdapter())!;
    const device = await adapter.requestDevice({ requiredLimits: { maxComputeWorkgroupStorageSize: adapter.limits.maxComputeWorkgroupStorageSize } });
    device.onuncapturederror = (e) => console.log(e.error.message);
    const create = device.createComputePipeline.bind(device);
    device.createComputePipeline = (d) => { const t = performance.now(); const p = create(d); (globalThis as any).made = ((globalThis as any).made ?? 0) + performance.now() - t; return p; };
    return new WebGPUBackend(device, adapter.info);
  });
  await tf.setBackend('webgpu');
  tf.env().set('WEBGPU_CPU_FORWARD', false);
});
async function once(B: number, S: number, I: number, units: number[]) {
  const x = tf.randomNormal([B, S, I]) as tf.Tensor3D; const m = tf.ones([B, S, I]) as tf.Tensor3D; const v = tf.ones([B, S]) as tf.Tensor2D;
  const h0 = tf.zeros([B, stateWidth(units)]) as tf.Tensor2D; const w = tf.randomNormal([weightLayout(I, units).size], 0, 0.1) as tf.Tensor1D;
  const out: string[] = [];
  for (let i = 0; i < 3; i++) {
    let t = performance.now();
    const y = gapAwareGru({ x, mask: m, valid: v, initial: h0, weights: w }, units).estimates; await y.data();
    const f = performance.now() - t; t = performance.now();
    const g = tf.grad((w) => gapAwareGru({ x, mask: m, valid: v, initial: h0, weights: w as tf.Tensor1D }, units).estimates)(w); await g.data();
    out.push(`fwd ${f.toFixed(0)} fwd+bwd ${(performance.now() - t).toFixed(0)}`);
  }
  console.log(`TIME B${B} S${S} I${I} H${units}: ${out.join(' | ')}`);
}
it('times', async () => {
  await once(9, 31, 1, [5]);
  await once(9, 31, 1, [50]);
  await once(32, 150, 1, [50]);
  await once(32, 150, 1, [100]);
  await once(6, 13, 1, [32, 16, 8]);
}, 200000);
