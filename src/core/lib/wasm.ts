/** WebAssembly as core may see it: no DOM types, no fetch, the bytes come as base64 from a generated module. */
import { withSharedMemory } from './sharedMemory';

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

/** What modules built by scripts/buildWasm.ts expect of their memory: 4 GiB at most. */
const MAXIMUM_PAGES = 65536;

/** The bytes that `base64` spells. */
export function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A new memory that can hold `bytes`. */
export function wasmMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE_BYTES)), maximum: MAXIMUM_PAGES });
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

/** Whether this engine takes a module built by scripts/buildWasm.ts: there is WebAssembly, with SIMD. */
export function hasWasm({ simd }: WasmVariants): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytesOfBase64(simd));
}

/** Whether threads can share `memory`. Engines make such buffers even where they hide the class SharedArrayBuffer. */
export function isShared({ buffer }: WasmMemory): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

/** What was compiled, by its bytes, for memories that are shared and for those that are not. */
const compiled = { shared: new Map<string, object>(), own: new Map<string, object>() };

/** A module built by scripts/buildWasm.ts, compiled synchronously, for a memory that is shared or not. */
export function compileWasm(variants: WasmVariants, variant: WasmVariant, shared: boolean): object {
  const base64 = variants[variant];
  const modules = shared ? compiled.shared : compiled.own;
  const bytes = (): Uint8Array => (shared ? withSharedMemory(bytesOfBase64(base64)) : bytesOfBase64(base64));
  const module = modules.get(base64) ?? new WebAssembly.Module(bytes());
  modules.set(base64, module);
  return module;
}

/** Instantiates a module built by scripts/buildWasm.ts over `memory`. Returns its exported functions. */
export function instantiateWasm<Exports>(variants: WasmVariants, memory: WasmMemory, variant: WasmVariant = wasmVariant()): Exports {
  return new WebAssembly.Instance(compileWasm(variants, variant, isShared(memory)), { env: { memory } }).exports as Exports;
}
