/** Registers the WGSL twin for tfjs's webgpu backend: a workgroup carries one row through time. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { emptyBuffer, runWgsl } from '../wgslProgram';
import { IMPUTING_LSTM, IMPUTING_LSTM_GRAD, imputingLstmWeights, type ImputingLstmShape } from './index';
import { backwardCode, forwardCode } from './wgsl';

const INVOCATIONS = 64;

/** Tape, row by row: estimates [B, S, I], decayed states [B, S, H], gates [B, S, 4H], cells and states [B, S, H]. */
function sizes({ batch, steps, inputs, units }: ImputingLstmShape): Record<'decayed' | 'gates' | 'cells' | 'states' | 'size', number> {
  const rows = batch * steps;
  const decayed = rows * inputs;
  const gates = decayed + rows * units;
  const cells = gates + rows * 4 * units;
  const states = cells + rows * units;
  return { decayed, gates, cells, states, size: states + rows * units };
}

const copyCode = `
  fn main(index: i32) {
    if (index < uniforms.total) { result[index] = source[index]; }
  }`;

function forward(backend: WebGPUBackend, shape: ImputingLstmShape, { x, mask, valid, gamma, addend, weights }: Record<string, TensorInfo>): TensorInfo[] {
  const { batch, steps, inputs, units } = shape;
  const { decayed, gates, cells, states, size } = sizes(shape);
  const { recurrent, head, headBias } = imputingLstmWeights(inputs, units);
  const tape = emptyBuffer(backend, 'imputingLstm', size, 'the tape');
  runWgsl(
    backend,
    {
      key: `imputing_lstm_forward_${inputs}_${units}`, code: forwardCode(inputs, units, INVOCATIONS), inputs: { x, mask, valid, gamma, addend, weights },
      uniforms: { steps, inputs, units, decayed, gates, cells, states, recurrent, head, headBias }, workgroup: [INVOCATIONS, 1, 1], workgroups: [batch, 1, 1],
    },
    tape,
  );
  const total = gates;
  const output = emptyBuffer(backend, 'imputingLstm', total, 'the estimates');
  runWgsl(backend, { key: 'imputing_lstm_copy', code: copyCode, inputs: { source: tape }, uniforms: { total }, workgroup: [INVOCATIONS, 1, 1] }, output);
  return [output, tape];
}

function backward(backend: WebGPUBackend, shape: ImputingLstmShape, { mask, valid, gamma, weights, tape, gradEstimates }: Record<string, TensorInfo>): TensorInfo {
  const { batch, steps, inputs, units } = shape;
  const { gates, cells, states } = sizes(shape);
  const { recurrent, head } = imputingLstmWeights(inputs, units);
  const de = batch * steps * 4 * units;
  const dGamma = de + batch * steps * inputs;
  const gradient = emptyBuffer(backend, 'imputingLstm', dGamma + batch * steps * units, 'the gradient');
  runWgsl(
    backend,
    {
      key: `imputing_lstm_backward_${inputs}_${units}`, code: backwardCode(inputs, units, INVOCATIONS), inputs: { mask, valid, gamma, weights, tape, gradEstimates },
      uniforms: { steps, inputs, units, gates, cells, states, recurrent, head, de, dGamma }, workgroup: [INVOCATIONS, 1, 1], workgroups: [batch, 1, 1],
    },
    gradient,
  );
  return gradient;
}

const kernels: KernelConfig[] = [
  { kernelName: IMPUTING_LSTM, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => forward(backend as WebGPUBackend, attrs as unknown as ImputingLstmShape, inputs as Record<string, TensorInfo>) },
  { kernelName: IMPUTING_LSTM_GRAD, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => backward(backend as WebGPUBackend, attrs as unknown as ImputingLstmShape, inputs as Record<string, TensorInfo>) },
];

export function registerImputingLstmWebGpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
