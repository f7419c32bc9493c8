/** The words of a kernel call, laid out in memory where jobs of any thread read them. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, memoryOf, withMemory } from './wasmHeap';

/** Sizes, addresses, or tensors, whose address is meant. */
export type Words<Name extends string> = Partial<Record<Name, number | TensorInfo>>;

export interface WasmCall<Name extends string> {
  address: number;
  set(words: Words<Name>): void;
}

/** Calls `use` with a call whose words have these names, in the order of the class Call in the assembly; `more` words follow them. */
export function withCall<Name extends string, A>(backend: BackendWasm, kernel: string, names: readonly Name[], more: readonly number[], use: (call: WasmCall<Name>) => A): A {
  const count = names.length + more.length;
  return withMemory(backend, kernel, 4 * count, (address) => {
    // made anew each time, as memory may have grown
    const words = (): Int32Array => new Int32Array(memoryOf(backend).buffer, address, count);
    const set = (given: Words<Name>): void => {
      const to = words();
      for (const [at, name] of names.entries()) {
        const word = given[name];
        if (word !== undefined) to[at] = typeof word === 'number' ? word : addressOf(backend, word);
      }
    };
    words().set(more, names.length);
    return use({ address, set });
  });
}

export type Inputs = Record<string, TensorInfo>;

/** Registers kernels of our own on the wasm backend, by name; what each computes depends on the kernel's attributes and inputs. */
export function registerPasses<Shape>(passes: Readonly<Record<string, (backend: BackendWasm, shape: Shape, inputs: Inputs) => TensorInfo | TensorInfo[]>>): void {
  for (const [kernelName, pass] of Object.entries(passes)) {
    registerKernel({ kernelName, backendName: 'wasm', kernelFunc: ({ inputs, backend, attrs }) => pass(backend as BackendWasm, attrs as unknown as Shape, inputs as Inputs) });
  }
}

/** Before a tape stands how many rows its parts have. */
const TAPE_HEAD = 4;

/** A tape of so many float32 whose parts have so many rows. */
export function makeTape(backend: BackendWasm, length: number, rows: number): TensorInfo {
  const tape = backend.makeOutput([TAPE_HEAD + length], 'float32');
  new Int32Array(memoryOf(backend).buffer, addressOf(backend, tape), 1)[0] = rows;
  return tape;
}

export function rowsOfTape(backend: BackendWasm, tape: TensorInfo): number {
  return new Int32Array(memoryOf(backend).buffer, addressOf(backend, tape), 1)[0];
}

/** Where the parts of a tape begin. */
export function partsOfTape(backend: BackendWasm, tape: TensorInfo): number {
  return addressOf(backend, tape) + 4 * TAPE_HEAD;
}
