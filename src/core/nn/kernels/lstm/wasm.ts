/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { addressOf, heapModule, withMemory } from '../wasmHeap';
import { LSTM, LSTM_GRAD, type LstmShape } from './index';
import { wasmBase64 } from './lstm.wasm';

/** The exports of assembly/index.ts; all numbers named like tensors are addresses. */
interface Assembly {
  tapeLength(B: number, S: number, H: number): number;
  workBytes(B: number, S: number, H: number): number;
  forward(B: number, S: number, H: number, a: number, recurrent: number, valid: number, states: number, tape: number, work: number): void;
  backward(B: number, S: number, H: number, recurrent: number, valid: number, tape: number, gradStates: number, gradient: number, work: number): void;
}

const module = heapModule<Assembly>(wasmBase64);


const addresses = (backend: BackendWasm, inputs: NamedTensorInfoMap) => (name: string): number => addressOf(backend, inputs[name] as TensorInfo);

const kernels: KernelConfig[] = [
  {
    kernelName: LSTM,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const { batch: B, steps: S, units: H } = attrs as unknown as LstmShape;
      const assembly = module.on(wasm);
      const at = addresses(wasm, inputs);
      const states = wasm.makeOutput([B, S, H], 'float32');
      const tape = wasm.makeOutput([assembly.tapeLength(B, S, H)], 'float32');
      withMemory(wasm, 'lstm', assembly.workBytes(B, S, H), (work) => {
        assembly.forward(B, S, H, at('a'), at('recurrent'), at('valid'), addressOf(wasm, states), addressOf(wasm, tape), work);
      });
      return [states, tape];
    },
  },
  {
    kernelName: LSTM_GRAD,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const { batch: B, steps: S, units: H } = attrs as unknown as LstmShape;
      const assembly = module.on(wasm);
      const at = addresses(wasm, inputs);
      const gradient = wasm.makeOutput([B, S, 4 * H], 'float32');
      withMemory(wasm, 'lstm', assembly.workBytes(B, S, H), (work) => {
        assembly.backward(B, S, H, at('recurrent'), at('valid'), at('tape'), at('gradStates'), addressOf(wasm, gradient), work);
      });
      return gradient;
    },
  },
];

export function registerLstmWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  for (const kernel of kernels) registerKernel(kernel);
}
