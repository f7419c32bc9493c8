/** Registers the WGSL twin for tfjs's webgpu backend: a workgroup carries one row through time. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { emptyBuffer, runWgsl } from '../wgslProgram';
import { LSTM, LSTM_GRAD, type LstmShape } from './index';
import { backwardCode, forwardCode } from './wgsl';

const INVOCATIONS = 64;

/** Tape, row by row: gates [B, S, 4H], then cells [B, S, H]; the states [B, S, H] follow and are copied out. */
const sizes = ({ batch, steps, units }: LstmShape) => ({ cells: batch * steps * 4 * units, states: batch * steps * 5 * units, size: batch * steps * 6 * units });

const copyCode = `
  fn main(index: i32) {
    if (index < uniforms.total) { result[index] = source[uniforms.start + index]; }
  }`;

const shaped = (info: TensorInfo, shape: number[]): TensorInfo => ({ ...info, shape });

function forward(backend: WebGPUBackend, shape: LstmShape, { a, recurrent, valid }: Record<string, TensorInfo>): TensorInfo[] {
  const { batch, steps, units } = shape;
  const { cells, states: at, size } = sizes(shape);
  const tape = emptyBuffer(backend, 'lstm', size, 'the tape');
  runWgsl(
    backend,
    { key: `lstm_forward_${units}`, code: forwardCode(units, INVOCATIONS), inputs: { a, recurrent, valid }, uniforms: { batch, steps, units, cells, states: at }, workgroup: [INVOCATIONS, 1, 1], workgroups: [batch, 1, 1] },
    tape,
  );
  const total = batch * steps * units;
  const states = emptyBuffer(backend, 'lstm', total, 'the states');
  runWgsl(backend, { key: 'lstm_copy', code: copyCode, inputs: { source: tape }, uniforms: { start: at, total }, workgroup: [INVOCATIONS, 1, 1] }, states);
  return [shaped(states, [batch, steps, units]), tape];
}

function backward(backend: WebGPUBackend, shape: LstmShape, { recurrent, valid, tape, gradStates }: Record<string, TensorInfo>): TensorInfo {
  const { batch, steps, units } = shape;
  const gradient = emptyBuffer(backend, 'lstm', batch * steps * 4 * units, 'the gradient');
  runWgsl(
    backend,
    { key: `lstm_backward_${units}`, code: backwardCode(units, INVOCATIONS), inputs: { recurrent, valid, tape, gradStates }, uniforms: { batch, steps, units, cells: sizes(shape).cells }, workgroup: [INVOCATIONS, 1, 1], workgroups: [batch, 1, 1] },
    gradient,
  );
  return shaped(gradient, [batch, steps, 4 * units]);
}

const kernels: KernelConfig[] = [
  { kernelName: LSTM, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => forward(backend as WebGPUBackend, attrs as unknown as LstmShape, inputs as Record<string, TensorInfo>) },
  { kernelName: LSTM_GRAD, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => backward(backend as WebGPUBackend, attrs as unknown as LstmShape, inputs as Record<string, TensorInfo>) },
];

export function registerLstmWebGpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
