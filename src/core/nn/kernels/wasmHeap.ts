/** What our kernels use of tfjs's wasm backend: its memory, which they compute in. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmMemory } from '../../lib/wasm';

/** tfjs's Emscripten module beyond its declared type. */
interface Heap {
  asm: { memory: WasmMemory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

const heapOf = (backend: BackendWasm): Heap => backend.wasm as unknown as Heap;

export const memoryOf = (backend: BackendWasm): WasmMemory => heapOf(backend).asm.memory;

export const addressOf = (backend: BackendWasm, { dataId }: TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset;

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
