/** Registers the reference twin for tfjs's cpu backend. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { registerKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { IMPUTING_LSTM, IMPUTING_LSTM_GRAD, type ImputingLstmShape } from './index';
import { backward, forward } from './reference';

const reader = (backend: MathBackendCPU, inputs: NamedTensorInfoMap) => (name: string): Float32Array => backend.data.get((inputs[name] as TensorInfo).dataId).values as Float32Array;

/** The arrays as one flat tensor. */
function packed(backend: MathBackendCPU, ...parts: Float64Array[]): TensorInfo {
  const values = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return backend.makeTensorInfo([values.length], 'float32', values);
}

const kernels: KernelConfig[] = [
  {
    kernelName: IMPUTING_LSTM,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as MathBackendCPU;
      const read = reader(cpu, inputs);
      const { estimates, decayed, tape } = forward(attrs as unknown as ImputingLstmShape, { x: read('x'), mask: read('mask'), valid: read('valid'), gamma: read('gamma'), addend: read('addend'), weights: read('weights') });
      return [packed(cpu, estimates, decayed), packed(cpu, tape.gates, tape.cells, tape.states)];
    },
  },
  {
    kernelName: IMPUTING_LSTM_GRAD,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as MathBackendCPU;
      const read = reader(cpu, inputs);
      const shape = attrs as unknown as ImputingLstmShape;
      const saved = Float64Array.from(read('tape'));
      const size = shape.batch * shape.steps * shape.units;
      const tape = { gates: saved.subarray(0, 4 * size), cells: saved.subarray(4 * size, 5 * size), states: saved.subarray(5 * size) };
      const { da, de, dGamma } = backward(shape, { mask: read('mask'), valid: read('valid'), gamma: read('gamma'), weights: read('weights') }, tape, read('gradEstimates'));
      return packed(cpu, da, de, dGamma);
    },
  },
];

export function registerImputingLstmCpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
