/**
 * Registers the WebAssembly twin for tfjs's wasm backend. The module is instantiated over tfjs's own memory, so
 * it reads the inputs and writes the outputs where tfjs keeps them: nothing is copied.
 */
import { env, registerKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { wasmBase64 } from './gapAwareGru.wasm';
import { addressOf, heapModule, memoryOf, withMemory } from '../wasmHeap';
import { registerWasmViews } from '../wasmViews';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './index';
import { gradientLayout, outputLayout, type GruShape } from './shape';

/** The exports of assembly/index.ts; all numbers named like tensors are addresses. */
interface Assembly {
  shapeBytes(layers: number): number;
  setShape(batch: number, steps: number, inputs: number, layers: number, states: boolean, memory: number): void;
  tapeLength(): number;
  forwardBytes(): number;
  backwardBytes(): number;
  forward(x: number, mask: number, valid: number, initial: number, weights: number, output: number, tape: number, scratch: number): void;
  backward(mask: number, valid: number, weights: number, tape: number, gradOutput: number, gradient: number, scratch: number): void;
}

const module = heapModule<Assembly>(wasmBase64);


/** Calls `use` with the module set to `shape`. */
function withShape<A>(backend: BackendWasm, { batch, steps, inputs, units, states }: GruShape, use: (assembly: Assembly) => A): A {
  const assembly = module.on(backend);
  return withMemory(backend, 'gapAwareGru', assembly.shapeBytes(units.length), (memory) => {
    new Int32Array(memoryOf(backend).buffer, memory, units.length).set(units);
    assembly.setShape(batch, steps, inputs, units.length, states, memory);
    return use(assembly);
  });
}

const vector = (backend: BackendWasm, length: number): TensorInfo => backend.makeOutput([length], 'float32');

const kernels: KernelConfig[] = [
  {
    kernelName: GAP_AWARE_GRU,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const shape = attrs as unknown as GruShape;
      const at = (info: TensorInfo | undefined): number => addressOf(wasm, info!);
      return withShape(wasm, shape, (assembly) => {
        const output = vector(wasm, outputLayout(shape).size);
        const tape = vector(wasm, assembly.tapeLength());
        withMemory(wasm, 'gapAwareGru', assembly.forwardBytes(), (scratch) => {
          assembly.forward(at(inputs.x), at(inputs.mask), at(inputs.valid), at(inputs.initial), at(inputs.weights), at(output), at(tape), scratch);
        });
        return [output, tape];
      });
    },
  },
  {
    kernelName: GAP_AWARE_GRU_GRAD,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const shape = attrs as unknown as GruShape;
      const at = (info: TensorInfo | undefined): number => addressOf(wasm, info!);
      return withShape(wasm, shape, (assembly) => {
        const gradient = vector(wasm, gradientLayout(shape).size);
        withMemory(wasm, 'gapAwareGru', assembly.backwardBytes(), (scratch) => {
          assembly.backward(at(inputs.mask), at(inputs.valid), at(inputs.weights), at(inputs.tape), at(inputs.gradOutput), at(gradient), scratch);
        });
        return gradient;
      });
    },
  },
];

/**
 * Call once, before the backend starts: tfjs's threaded build has a shared memory, which the module cannot use.
 * Also puts lighter twins in the place of tfjs's Identity and Slice: saving the tape would copy it.
 */
export function registerGapAwareGruWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  registerWasmViews();
  for (const kernel of kernels) registerKernel(kernel);
}
