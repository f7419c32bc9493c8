/** What our kernels use of tfjs's wasm backend: its memory, which they compute in. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { compileWasm, instantiateWasm, type WasmMemory, type WasmVariant, type WasmVariants } from '../../lib/wasm';
import { currentThreads } from './wasmThreads';

/** tfjs's Emscripten module beyond its declared type. */
interface Heap {
  asm: { memory: WasmMemory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const heapOf = (backend: BackendWasm): Heap => backend.wasm as unknown as Heap;

export const memoryOf = (backend: BackendWasm): WasmMemory => heapOf(backend).asm.memory;

export const addressOf = (backend: BackendWasm, { dataId }: TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset;

/** The exports that may run at once in several threads: pieces of a call that lies at an address. */
type Jobs<Exports> = { [Name in keyof Exports]: Exports[Name] extends (job: number, call: number) => void ? Name : never }[keyof Exports] & string;

/** A module that computes in tfjs's own memory: one instance for each memory and variant. */
export interface HeapModule<Exports> {
  on(backend: BackendWasm): Exports;
  /** Calls the export `name` as name(job, call) for every job, by several threads where there are some. */
  run(backend: BackendWasm, name: Jobs<Exports>, jobs: number, call: number): void;
  /** The variant of the instances from now on; `simd` before. */
  take(variant: WasmVariant): void;
}

/** Gives the modules whose jobs threads may run, compiled for a shared memory. */
const offered = new Map<object, () => object>();

export const modulesForThreads = (): object[] => [...offered.values()].map((compiled) => compiled());

export function heapModule<Exports extends object>(variants: WasmVariants): HeapModule<Exports> {
  const instances: Record<WasmVariant, WeakMap<WasmMemory, Exports>> = { simd: new WeakMap(), relaxed: new WeakMap() };
  let variant: WasmVariant = 'simd';
  const on = (backend: BackendWasm): Exports => {
    const memory = memoryOf(backend);
    let instance = instances[variant].get(memory);
    if (!instance) instances[variant].set(memory, (instance = instantiateWasm<Exports>(variants, memory, variant)));
    return instance;
  };
  const compiled = (): object => compileWasm(variants, variant, true);
  return {
    on,
    run(backend, name, jobs, call) {
      const job = on(backend)[name] as (job: number, call: number) => void;
      const threads = currentThreads();
      if (threads && jobs > 1) return threads.run(compiled(), name, jobs, call, (at) => job(at, call));
      for (let at = 0; at < jobs; at++) job(at, call);
    },
    take(wanted) {
      variant = wanted;
      offered.set(variants, compiled);
    },
  };
}

/**
 * Calls `use` with the address of `bytes` of working memory, 16-byte aligned, and frees it afterwards.
 * @throws Error naming the kernel when the memory is full
 */
export function withMemory<A>(backend: BackendWasm, kernel: string, bytes: number, use: (address: number) => A): A {
  const heap = heapOf(backend);
  const address = heap._malloc(bytes + 16) >>> 0;
  if (address === 0) throw new Error(`${kernel}: no ${Math.ceil(bytes / 1e6)} MB of memory left on the wasm backend`);
  try {
    return use((address + 15) & ~15);
  } finally {
    heap._free(address);
  }
}
