/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { instantiateWasm, type WasmMemory } from '../../../lib/wasm';
import { addressOf, memoryOf } from '../wasmHeap';
import { wasmBase64 } from './adamStep.wasm';
import { ADAM_STEP, type AdamStep } from './index';

/** The export of assembly/index.ts. */
interface Assembly {
  update(count: number, parameters: number, m: number, v: number, gradient: number, norm: number, clip: number, rate: number, epsilon: number, beta1: number, rest1: number, beta2: number, rest2: number): void;
}

const assemblies = new WeakMap<WasmMemory, Assembly>();

function assemblyOf(backend: BackendWasm): Assembly {
  const memory = memoryOf(backend);
  let assembly = assemblies.get(memory);
  if (!assembly) assemblies.set(memory, (assembly = instantiateWasm<Assembly>(wasmBase64, memory, 'simd')));
  return assembly;
}

export function registerAdamStepWasm(): void {
  registerKernel({
    kernelName: ADAM_STEP,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const { clip, rate, epsilon, beta1, beta2 } = attrs as unknown as AdamStep;
      const norm = wasm.makeOutput([], 'float32');
      const at = (info: TensorInfo | undefined): number => addressOf(wasm, info!);
      const count = util.sizeFromShape((inputs.parameters as TensorInfo).shape);
      assemblyOf(wasm).update(count, at(inputs.parameters), at(inputs.m), at(inputs.v), at(inputs.gradient), at(norm), clip, rate, epsilon, beta1, 1 - beta1, beta2, 1 - beta2);
      return norm;
    },
  });
}
