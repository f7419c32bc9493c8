/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { addressOf, heapModule, withMemory } from '../wasmHeap';
import { POOLED_CONVOLUTION, POOLED_CONVOLUTION_GRAD, type PooledConvolutionShape } from './index';
import { wasmBase64 } from './pooledConvolution.wasm';

/** Sizes B, T, I, O, W, before and P, then addresses. */
type Pass = (...numbers: number[]) => void;

/** The exports of assembly/index.ts. */
interface Assembly {
  workBytes(T: number, I: number, O: number, W: number): number;
  forward: Pass;
  backward: Pass;
}

const module = heapModule<Assembly>(wasmBase64);


/** Runs `pass` on the named inputs, then the outputs, then working memory. */
function call(backend: BackendWasm, pass: 'forward' | 'backward', shape: PooledConvolutionShape, inputs: NamedTensorInfoMap, names: readonly string[], outputs: TensorInfo[]): TensorInfo[] {
  const { batch: B, steps: T, inputs: I, filters: O, taps: W, before, pooling: P } = shape;
  const assembly = module.on(backend);
  const infos = [...names.map((name) => inputs[name] as TensorInfo), ...outputs];
  withMemory(backend, 'pooledConvolution', assembly.workBytes(T, I, O, W), (work) => {
    assembly[pass](B, T, I, O, W, before, P, ...infos.map((info) => addressOf(backend, info)), work);
  });
  return outputs;
}

const kernels: KernelConfig[] = [
  {
    kernelName: POOLED_CONVOLUTION,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const shape = attrs as unknown as PooledConvolutionShape;
      const size = [shape.batch, shape.steps / shape.pooling, shape.filters];
      return call(wasm, 'forward', shape, inputs, ['x', 'kernel'], [wasm.makeOutput(size, 'float32'), wasm.makeOutput(size, 'int32')]);
    },
  },
  {
    kernelName: POOLED_CONVOLUTION_GRAD,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const shape = attrs as unknown as PooledConvolutionShape;
      return call(wasm, 'backward', shape, inputs, ['x', 'winners', 'gradient'], [wasm.makeOutput([shape.taps * shape.inputs, shape.filters], 'float32')])[0];
    },
  },
];

export function registerPooledConvolutionWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  for (const kernel of kernels) registerKernel(kernel);
}
