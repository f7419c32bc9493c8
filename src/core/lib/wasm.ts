/** WebAssembly as core may see it: no DOM types, no fetch, the bytes come as base64 from a generated module. */

/** A linear memory; `buffer` is replaced whenever it grows. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB. @returns the number of pages before. */
  grow(pages: number): number;
}

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { exports: unknown };
  Memory: new (limits: { initial: number; maximum?: number }) => WasmMemory;
};
declare function atob(base64: string): string;

export const PAGE_BYTES = 65536;

/** The bytes that `base64` spells. */
export function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A new memory that can hold `bytes`. */
export function wasmMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE_BYTES)) });
}

/** Grows `memory` until it holds `bytes`; views of the old buffer are dead afterwards if it grew. */
export function growTo(memory: WasmMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

/**
 * Compiles and instantiates a module built by scripts/buildWasm.ts, synchronously, over `memory`.
 *
 * @returns its exported functions.
 */
export function instantiateWasm<Exports>(base64: string, memory: WasmMemory): Exports {
  const module = new WebAssembly.Module(bytesOfBase64(base64));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
}
