/** WebAssembly as core may see it: no DOM types, no fetch, the bytes come as base64 from a generated module. */

/** A linear memory; `buffer` is replaced whenever it grows. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB. @returns the number of pages before. */
  grow(pages: number): number;
}

declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
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

/** A module built by scripts/buildWasm.ts, as base64. */
export interface WasmVariants {
  /** For every engine with SIMD. */
  simd: string;
  /** With fused multiply-add, where the engine has relaxed SIMD. */
  relaxed: string;
}

export type WasmVariant = keyof WasmVariants;

/** (module (func (result v128) (f32x4.relaxed_madd zero zero zero))) */
const RELAXED_PROBE = 'AGFzbQEAAAABBQFgAAF7AwIBAAo9ATsA/QwAAAAAAAAAAAAAAAAAAAAA/QwAAAAAAAAAAAAAAAAAAAAA/QwAAAAAAAAAAAAAAAAAAAAA/YUCCw==';

/** The fastest variant that this engine takes. */
export function wasmVariant(): WasmVariant {
  return (fastest ??= WebAssembly.validate(bytesOfBase64(RELAXED_PROBE)) ? 'relaxed' : 'simd');
}
let fastest: WasmVariant | null = null;

/** What was compiled, by its bytes. */
const modules = new Map<string, object>();

/** Whether this engine takes a module built by scripts/buildWasm.ts: there is WebAssembly, with SIMD. */
export function hasWasm({ simd }: WasmVariants): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytesOfBase64(simd));
}

/**
 * Compiles and instantiates a module built by scripts/buildWasm.ts, synchronously, over `memory`.
 *
 * @returns its exported functions.
 */
export function instantiateWasm<Exports>(variants: WasmVariants, memory: WasmMemory, variant: WasmVariant = wasmVariant()): Exports {
  const base64 = variants[variant];
  const module = modules.get(base64) ?? new WebAssembly.Module(bytesOfBase64(base64));
  modules.set(base64, module);
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
}
