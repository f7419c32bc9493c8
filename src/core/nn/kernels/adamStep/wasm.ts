/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, heapModule } from '../wasmHeap';
import { wasmBase64 } from './adamStep.wasm';
import { ADAM_STEP, type AdamStep } from './index';

/** The export of assembly/index.ts. */
interface Assembly {
  update(count: number, parameters: number, m: number, v: number, gradient: number, norm: number, clip: number, rate: number, epsilon: number, beta1: number, rest1: number, beta2: number, rest2: number): void;
}

const module = heapModule<Assembly>(wasmBase64);

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
      module.on(wasm).update(count, at(inputs.parameters), at(inputs.m), at(inputs.v), at(inputs.gradient), at(norm), clip, rate, epsilon, beta1, 1 - beta1, beta2, 1 - beta2);
      return norm;
    },
  });
}
