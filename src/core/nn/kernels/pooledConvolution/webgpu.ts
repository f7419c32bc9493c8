/** Registers the WGSL twin for tfjs's webgpu backend; sizes are uniforms, so that one program serves every shape. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { sumOver } from '../matrixProduct/webgpu';
import { emptyBuffer, runWgsl } from '../wgslProgram';
import { POOLED_CONVOLUTION, POOLED_CONVOLUTION_GRAD, type PooledConvolutionShape } from './index';

/** result [B, S, O]: the greatest of P steps, or which of them it is; inputs x, kernel. */
const forwardCode = `
  fn main(index: i32) {
    if (index >= uniforms.total) { return; }
    let T = uniforms.steps; let I = uniforms.inputs; let O = uniforms.filters; let P = uniforms.pooling;
    let o = index % O; let cell = index / O; let S = T / P;
    let first = (cell / S) * T; let start = (cell % S) * P - uniforms.before;
    var most = 0.0; var winner = 0;
    for (var p = 0; p < P; p++) {
      var y = 0.0;
      for (var k = max(0, -start - p); k < min(uniforms.taps, T - start - p); k++) {
        for (var i = 0; i < I; i++) { y += x[(first + start + p + k) * I + i] * kernel[(k * I + i) * O + o]; }
      }
      if (p == 0 || y > most) { most = y; winner = p; }
    }
    result[index] = select(most, f32(winner), uniforms.which == 1);
  }`;

/** result [B, W I, O]: the gradient for the kernel from each series; inputs x, winners, gradient. */
const backwardCode = `
  fn main(index: i32) {
    if (index >= uniforms.total) { return; }
    let T = uniforms.steps; let I = uniforms.inputs; let O = uniforms.filters; let P = uniforms.pooling; let S = T / P;
    let o = index % O; let row = (index / O) % (uniforms.taps * I); let b = index / (O * uniforms.taps * I);
    var sum = 0.0;
    for (var s = 0; s < S; s++) {
      let cell = (b * S + s) * O + o;
      let t = s * P + i32(winners[cell]) + row / I - uniforms.before;
      if (t >= 0 && t < T) { sum += gradient[cell] * x[(b * T + t) * I + row % I]; }
    }
    result[index] = sum;
  }`;

const sizes = ({ steps, inputs, filters, taps, before, pooling }: PooledConvolutionShape) => ({ steps, inputs, filters, taps, before, pooling });

function forward(backend: WebGPUBackend, shape: PooledConvolutionShape, { x, kernel }: NamedTensorInfoMap): TensorInfo[] {
  const pooled = [shape.batch, shape.steps / shape.pooling, shape.filters];
  const total = pooled[0] * pooled[1] * pooled[2];
  return [0, 1].map((which) => {
    const made = emptyBuffer(backend, 'pooledConvolution', total, 'the pooled convolution');
    runWgsl(backend, { key: 'pooledConvolution_forward', code: forwardCode, inputs: { x: x as TensorInfo, kernel: kernel as TensorInfo }, uniforms: { ...sizes(shape), which, total }, workgroup: [64, 1, 1] }, made);
    return { ...made, shape: pooled };
  });
}

function backward(backend: WebGPUBackend, shape: PooledConvolutionShape, { x, winners, gradient }: NamedTensorInfoMap): TensorInfo {
  const kernel = [shape.taps * shape.inputs, shape.filters];
  const total = shape.batch * kernel[0] * kernel[1];
  const parts = emptyBuffer(backend, 'pooledConvolution', total, 'the gradient');
  const inputs = { x: x as TensorInfo, winners: winners as TensorInfo, gradient: gradient as TensorInfo };
  runWgsl(backend, { key: 'pooledConvolution_backward', code: backwardCode, inputs, uniforms: { ...sizes(shape), total }, workgroup: [64, 1, 1] }, parts);
  const whole = sumOver(backend, parts, shape.batch, kernel[0] * kernel[1], kernel);
  backend.disposeData(parts.dataId);
  return whole;
}

const kernels: KernelConfig[] = [
  { kernelName: POOLED_CONVOLUTION, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => forward(backend as WebGPUBackend, attrs as unknown as PooledConvolutionShape, inputs) },
  { kernelName: POOLED_CONVOLUTION_GRAD, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => backward(backend as WebGPUBackend, attrs as unknown as PooledConvolutionShape, inputs) },
];

export function registerPooledConvolutionWebGpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
