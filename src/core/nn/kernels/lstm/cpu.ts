/** Registers the reference twin for tfjs's cpu backend. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { registerKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { LSTM, LSTM_GRAD, type LstmShape } from './index';
import { backward, forward } from './reference';

const reader = (backend: MathBackendCPU, inputs: NamedTensorInfoMap) => (name: string): Float32Array => backend.data.get((inputs[name] as TensorInfo).dataId).values as Float32Array;

const kernels: KernelConfig[] = [
  {
    kernelName: LSTM,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as MathBackendCPU;
      const read = reader(cpu, inputs);
      const shape = attrs as unknown as LstmShape;
      const { states, tape } = forward(shape, read('a'), read('recurrent'), read('valid'));
      const saved = Float32Array.from([...tape.gates, ...tape.cells]);
      return [cpu.makeTensorInfo([shape.batch, shape.steps, shape.units], 'float32', Float32Array.from(states)), cpu.makeTensorInfo([saved.length], 'float32', saved)];
    },
  },
  {
    kernelName: LSTM_GRAD,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as MathBackendCPU;
      const read = reader(cpu, inputs);
      const shape = attrs as unknown as LstmShape;
      const { batch, steps, units } = shape;
      const saved = Float64Array.from(read('tape'));
      const tape = { gates: saved.subarray(0, batch * steps * 4 * units), cells: saved.subarray(batch * steps * 4 * units) };
      return cpu.makeTensorInfo([batch, steps, 4 * units], 'float32', Float32Array.from(backward(shape, read('recurrent'), read('valid'), tape, read('gradStates'))));
    },
  },
];

export function registerLstmCpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
