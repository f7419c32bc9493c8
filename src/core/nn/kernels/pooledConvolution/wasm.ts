/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { registerPasses, withCall, type Inputs, type Words } from '../wasmCall';
import { heapModule, withMemory } from '../wasmHeap';
import { partsOf } from '../wasmThreads';
import { POOLED_CONVOLUTION, POOLED_CONVOLUTION_GRAD, type PooledConvolutionShape } from './index';
import { wasmBase64 } from './pooledConvolution.wasm';

/** The exports of assembly/index.ts; `call` is the address of a Call there. */
interface Assembly {
  workBytes(T: number, I: number, O: number, W: number): number;
  forward(job: number, call: number): void;
  backward(job: number, call: number): void;
}

/** The words of a Call, in order. */
const WORDS = ['batch', 'steps', 'inputs', 'filters', 'taps', 'before', 'pooling', 'x', 'kernel', 'greatest', 'winners', 'gradient', 'dKernel', 'work', 'jobs'] as const;

const module = heapModule<Assembly>(wasmBase64);
const KERNEL = 'pooledConvolution';

/** Forward the series are shared by the threads, on the way back the filters, so that no sum changes its order. */
function run(wasm: BackendWasm, pass: 'forward' | 'backward', shape: PooledConvolutionShape, words: Words<(typeof WORDS)[number]>): void {
  const { batch, steps, inputs, filters, taps, pooling } = shape;
  const operations = 2 * batch * filters * taps * inputs * (pass === 'forward' ? steps : steps / pooling);
  const jobs = Math.min(partsOf(operations), pass === 'forward' ? batch : filters);
  withCall(wasm, KERNEL, WORDS, [], ({ address, set }) =>
    withMemory(wasm, KERNEL, module.on(wasm).workBytes(steps, inputs, filters, taps) * jobs, (work) => {
      set({ ...shape, ...words, work, jobs });
      module.run(wasm, pass, jobs, address);
    }),
  );
}

function forward(wasm: BackendWasm, shape: PooledConvolutionShape, { x, kernel }: Inputs): TensorInfo[] {
  const size = [shape.batch, shape.steps / shape.pooling, shape.filters];
  const [greatest, winners] = [wasm.makeOutput(size, 'float32'), wasm.makeOutput(size, 'int32')];
  run(wasm, 'forward', shape, { x, kernel, greatest, winners });
  return [greatest, winners];
}

function backward(wasm: BackendWasm, shape: PooledConvolutionShape, { x, winners, gradient }: Inputs): TensorInfo {
  const dKernel = wasm.makeOutput([shape.taps * shape.inputs, shape.filters], 'float32');
  run(wasm, 'backward', shape, { x, winners, gradient, dKernel });
  return dKernel;
}

export function registerPooledConvolutionWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  registerPasses({ [POOLED_CONVOLUTION]: forward, [POOLED_CONVOLUTION_GRAD]: backward });
}
