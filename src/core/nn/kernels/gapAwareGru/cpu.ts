/** Registers the reference twin for tfjs's cpu backend. */
import { registerKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './index';
import { backward, forward, gruTape, type GruInputs } from './reference';
import type { GruShape } from './shape';

const shapeOf = (attributes: unknown): GruShape => attributes as GruShape;

function read(backend: MathBackendCPU, info: TensorInfo): Float32Array {
  return backend.data.get(info.dataId).values as Float32Array;
}

function readInputs(backend: MathBackendCPU, inputs: NamedTensorInfoMap): GruInputs {
  const { x, mask, valid, initial, weights } = inputs as Record<string, TensorInfo>;
  return {
    x: read(backend, x),
    mask: read(backend, mask),
    valid: read(backend, valid),
    initial: read(backend, initial),
    weights: read(backend, weights),
  };
}

const write = (backend: MathBackendCPU, values: Float64Array): TensorInfo => backend.makeTensorInfo([values.length], 'float32', Float32Array.from(values));

const kernels: KernelConfig[] = [
  {
    kernelName: GAP_AWARE_GRU,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as MathBackendCPU;
      const { output, tape } = forward(shapeOf(attrs), readInputs(cpu, inputs));
      return [write(cpu, output), write(cpu, tape.data)];
    },
  },
  {
    kernelName: GAP_AWARE_GRU_GRAD,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as MathBackendCPU;
      const shape = shapeOf(attrs);
      const { tape, gradOutput } = inputs as Record<string, TensorInfo>;
      const saved = gruTape(shape, Float64Array.from(read(cpu, tape)));
      return write(cpu, backward(shape, readInputs(cpu, inputs), saved, read(cpu, gradOutput)));
    },
  },
];

export function registerGapAwareGruCpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
