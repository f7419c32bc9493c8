/**
 * Registers the WGSL twin for tfjs's webgpu backend: the partial squares of the norm, then m, v and θ, each changed in
 * place by one dispatch over all parameters (a program of tfjs has one output).
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, util, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { emptyBuffer, runWgsl } from '../wgslProgram';
import { ADAM_STEP, type AdamStep } from './index';

/** Partial sums of the norm. */
const PARTS = 256;

/** result [PARTS]: Σ g² of every PARTS-th element. */
const squaresCode = `
  fn main(index: i32) {
    if (index >= ${PARTS}) { return; }
    var sum = 0.0;
    for (var at = index; at < uniforms.count; at += ${PARTS}) { sum += gradient[at] * gradient[at]; }
    result[index] = sum;
  }`;

/** result []: ‖g‖; every program must use its uniforms, or tfjs binds what the layout lacks. */
const normCode = `
  fn main(index: i32) {
    if (index > 0) { return; }
    var sum = 0.0;
    for (var p = 0; p < uniforms.count; p++) { sum += squares[p]; }
    result[0] = sqrt(sum);
  }`;

/** A moment of the clipped gradient, or of its square. */
const momentCode = (value: string): string => `
  fn main(index: i32) {
    if (index >= uniforms.count) { return; }
    let n = norm[0];
    let g = gradient[index] * (uniforms.clip / select(uniforms.clip, n, n > uniforms.clip));
    result[index] = result[index] * uniforms.beta + ${value} * uniforms.rest;
  }`;

const updateCode = `
  fn main(index: i32) {
    if (index >= uniforms.count) { return; }
    result[index] -= m[index] / (sqrt(v[index]) + uniforms.epsilon) * uniforms.rate;
  }`;

/** Changes θ, m and v. @returns ‖g‖ */
function adamStep(backend: WebGPUBackend, { clip, rate, epsilon, beta1, beta2 }: AdamStep, inputs: NamedTensorInfoMap): TensorInfo {
  const { parameters, m, v, gradient } = inputs as Record<string, TensorInfo>;
  const all = util.sizeFromShape(parameters.shape);
  const [squares, norm] = [PARTS, 1].map((size) => emptyBuffer(backend, 'adamStep', size, 'the norm'));
  const change = (name: string, code: string, given: Record<string, TensorInfo>, floats: Record<string, number>, of: TensorInfo, count = all): void => {
    runWgsl(backend, { key: `adamStep_${name}`, code, inputs: given, uniforms: { count }, floats, workgroup: [64, 1, 1] }, { ...of, shape: [util.sizeFromShape(of.shape)] });
    (backend.tensorMap.get(of.dataId) as { values?: unknown }).values = null; // what was read before no longer holds
  };
  change('squares', squaresCode, { gradient }, {}, squares);
  change('norm', normCode, { squares }, {}, norm, PARTS);
  change('m', momentCode('g'), { gradient, norm }, { clip, beta: beta1, rest: 1 - beta1 }, m);
  change('v', momentCode('g * g'), { gradient, norm }, { clip, beta: beta2, rest: 1 - beta2 }, v);
  change('update', updateCode, { m, v }, { epsilon, rate }, parameters);
  backend.disposeData(squares.dataId);
  return { ...norm, shape: [] };
}

export function registerAdamStepWebGpu(): void {
  registerKernel({
    kernelName: ADAM_STEP,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, backend, attrs }) => adamStep(backend as WebGPUBackend, attrs as unknown as AdamStep, inputs),
  });
}
