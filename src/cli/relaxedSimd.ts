import { setFlagsFromString } from 'node:v8';

/** Lets Node before version 22 use relaxed SIMD, as browsers and later versions do. Call before a kernel is registered. */
export function allowRelaxedSimd(): void {
  if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
