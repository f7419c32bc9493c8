/** The arithmetic and memory limits of the device under tfjs: multiply-adds on registers alone, and a large copy. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend } from '@tensorflow/tfjs-core';
import type { Limits } from './side';

const WORKGROUP = 256;
const ACCUMULATORS = 8;
const STEPS = 256;
/** Operations of an invocation: a multiply and an add for each lane. */
const FLOPS = 2 * 4 * ACCUMULATORS * STEPS;
/** Milliseconds that a measurement should take, so that its start does not count, and repetitions of it. */
const LONG = 100;
const REPETITIONS = 5;
const COPIED = 64 * 2 ** 20;

const names = Array.from({ length: ACCUMULATORS }, (_, i) => `a${i}`);

const arithmeticCode = `
  @group(0) @binding(0) var<storage, read_write> result: array<f32>;
  @compute @workgroup_size(${WORKGROUP}) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let x = vec4<f32>(1.0000001); let y = vec4<f32>(f32(id.x) * 1e-12);
    ${names.map((a, i) => `var ${a} = vec4<f32>(${i}.0);`).join(' ')}
    for (var i = 0; i < ${STEPS}; i++) { ${names.map((a) => `${a} = fma(${a}, x, y);`).join(' ')} }
    result[id.x % ${WORKGROUP}] = dot(${names.join(' + ')}, vec4<f32>(1.0));
  }`;

const copyCode = `
  @group(0) @binding(0) var<storage, read_write> result: array<vec4<f32>>;
  @group(0) @binding(1) var<storage, read> source: array<vec4<f32>>;
  @compute @workgroup_size(${WORKGROUP}) fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    for (var at = id.x; at < arrayLength(&source); at += groups.x * ${WORKGROUP}u) { result[at] = source[at]; }
  }`;

/** The shortest of some runs of `dispatches` dispatches, in milliseconds, with more of them until they take long enough. */
async function shortest(device: GPUDevice, code: string, buffers: GPUBuffer[], workgroups: number): Promise<{ ms: number; dispatches: number }> {
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module: device.createShaderModule({ code }), entryPoint: 'main' } });
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })) });
  const run = async (dispatches: number): Promise<number> => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let i = 0; i < dispatches; i++) pass.dispatchWorkgroups(workgroups);
    pass.end();
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - started;
  };
  let dispatches = 1;
  while ((await run(dispatches)) < LONG) dispatches *= 2;
  let ms = Infinity;
  for (let i = 0; i < REPETITIONS; i++) ms = Math.min(ms, await run(dispatches));
  return { ms, dispatches };
}

export async function measureLimits(): Promise<Limits> {
  const { device } = backend() as WebGPUBackend;
  const buffers = [COPIED, COPIED].map((size) => device.createBuffer({ size, usage: GPUBufferUsage.STORAGE }));
  const workgroups = 1024;
  const arithmetic = await shortest(device, arithmeticCode, buffers.slice(0, 1), workgroups);
  const copy = await shortest(device, copyCode, buffers, workgroups);
  for (const buffer of buffers) buffer.destroy();
  return { gflops: (FLOPS * WORKGROUP * workgroups * arithmetic.dispatches) / arithmetic.ms / 1e6, gigabytes: (2 * COPIED * copy.dispatches) / copy.ms / 1e6 };
}
