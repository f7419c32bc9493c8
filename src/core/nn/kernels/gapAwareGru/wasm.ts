/**
 * Registers the WebAssembly twin for tfjs's wasm backend. The module is instantiated over tfjs's own memory, so
 * it reads the inputs and writes the outputs where tfjs keeps them: nothing is copied.
 */
import { env, registerKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { instantiateWasm, wasmVariant, type WasmMemory, type WasmVariant } from '../../../lib/wasm';
import { wasmBase64 } from './gapAwareGru.wasm';
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

/** What we use of tfjs's Emscripten module beyond its declared type. */
interface Heap {
  asm: { memory: WasmMemory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const assemblies: Record<WasmVariant, WeakMap<object, Assembly>> = { simd: new WeakMap(), relaxed: new WeakMap() };
let variant: WasmVariant = 'simd';

const heapOf = (backend: BackendWasm): Heap => backend.wasm as unknown as Heap;

function assemblyOf(backend: BackendWasm): Assembly {
  const { memory } = heapOf(backend).asm;
  let assembly = assemblies[variant].get(memory);
  if (!assembly) assemblies[variant].set(memory, (assembly = instantiateWasm<Assembly>(wasmBase64, memory, variant)));
  return assembly;
}

/** Calls `use` with the address of `bytes` of working memory, 16-byte aligned, and frees it afterwards. */
function withMemory<A>(backend: BackendWasm, bytes: number, use: (address: number) => A): A {
  const heap = heapOf(backend);
  const address = heap._malloc(bytes + 16) >>> 0;
  if (address === 0) throw new Error(`gapAwareGru: no ${Math.ceil(bytes / 1e6)} MB of memory left on the wasm backend`);
  try {
    return use((address + 15) & ~15);
  } finally {
    heap._free(address);
  }
}

/** Calls `use` with the module set to `shape`. */
function withShape<A>(backend: BackendWasm, { batch, steps, inputs, units, states }: GruShape, use: (assembly: Assembly) => A): A {
  const assembly = assemblyOf(backend);
  return withMemory(backend, assembly.shapeBytes(units.length), (memory) => {
    new Int32Array(heapOf(backend).asm.memory.buffer, memory, units.length).set(units);
    assembly.setShape(batch, steps, inputs, units.length, states, memory);
    return use(assembly);
  });
}

const addressOf = (backend: BackendWasm, { dataId }: TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset;

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
        withMemory(wasm, assembly.forwardBytes(), (scratch) => {
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
        withMemory(wasm, assembly.backwardBytes(), (scratch) => {
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
  variant = wanted;
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  registerWasmViews();
  for (const kernel of kernels) registerKernel(kernel);
}
