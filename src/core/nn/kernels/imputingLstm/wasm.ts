/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { addressOf, heapModule, withMemory } from '../wasmHeap';
import { wasmBase64 } from './imputingLstm.wasm';
import { IMPUTING_LSTM, IMPUTING_LSTM_GRAD, type ImputingLstmShape } from './index';

/** The exports of assembly/index.ts; all numbers named like tensors are addresses. */
interface Assembly {
  tapeLength(B: number, S: number, H: number): number;
  workBytes(B: number, S: number, I: number, H: number): number;
  forward(B: number, S: number, I: number, H: number, x: number, mask: number, valid: number, gamma: number, addend: number, weights: number, output: number, tape: number, work: number): void;
  backward(B: number, S: number, I: number, H: number, mask: number, valid: number, gamma: number, weights: number, tape: number, gradEstimates: number, gradient: number, work: number): void;
}

const module = heapModule<Assembly>(wasmBase64);


const addresses = (backend: BackendWasm, inputs: NamedTensorInfoMap) => (name: string): number => addressOf(backend, inputs[name] as TensorInfo);

const kernels: KernelConfig[] = [
  {
    kernelName: IMPUTING_LSTM,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const { batch: B, steps: S, inputs: I, units: H } = attrs as unknown as ImputingLstmShape;
      const assembly = module.on(wasm);
      const at = addresses(wasm, inputs);
      const output = wasm.makeOutput([B * S * (I + H)], 'float32');
      const tape = wasm.makeOutput([assembly.tapeLength(B, S, H)], 'float32');
      withMemory(wasm, 'imputingLstm', assembly.workBytes(B, S, I, H), (work) => {
        assembly.forward(B, S, I, H, at('x'), at('mask'), at('valid'), at('gamma'), at('addend'), at('weights'), addressOf(wasm, output), addressOf(wasm, tape), work);
      });
      return [output, tape];
    },
  },
  {
    kernelName: IMPUTING_LSTM_GRAD,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const { batch: B, steps: S, inputs: I, units: H } = attrs as unknown as ImputingLstmShape;
      const assembly = module.on(wasm);
      const at = addresses(wasm, inputs);
      const gradient = wasm.makeOutput([B * S * (5 * H + I)], 'float32');
      withMemory(wasm, 'imputingLstm', assembly.workBytes(B, S, I, H), (work) => {
        assembly.backward(B, S, I, H, at('mask'), at('valid'), at('gamma'), at('weights'), at('tape'), at('gradEstimates'), addressOf(wasm, gradient), work);
      });
      return gradient;
    },
  },
];

export function registerImputingLstmWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  for (const kernel of kernels) registerKernel(kernel);
}
