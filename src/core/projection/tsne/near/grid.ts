import { bitReversed } from '../../../distances/fourier';
import { instantiateWasm, wasmMemory, wasmVariant } from '../../../lib/wasm';
import { wasmBase64 } from './near.wasm';

interface Exports {
  transformColumns(re: number, im: number, toRe: number, toIm: number, size: number, columns: number, rows: number, keep: number, buffer: number, roots: number, reversed: number): void;
}

/** A square of complex numbers, row by row: rows of `size` numbers. */
export interface Plane {
  re: Float64Array;
  im: Float64Array;
}

export interface Convolver {
  /** Numbers a side. */
  readonly size: number;
  /** Three planes to work on. */
  readonly planes: readonly Plane[];
  /** Forward transform in two dimensions; only the first `nodes` rows and columns count, the others as 0. */
  forward(plane: Plane, nodes: number): void;
  /** Inverse transform times size²; only the first `nodes` rows and columns of the result are made. */
  inverse(plane: Plane, nodes: number): void;
}

/** The module's own data lies below. */
const BASE = 65536;

/** Fourier transforms of squares of `size` numbers a side, a power of two of at least 8, in WebAssembly. */
export function convolver(size: number, variant = wasmVariant()): Convolver {
  const bytes = 8 * size * size;
  const [buffer, roots, reversed] = [BASE, BASE + 128 * size, BASE + 136 * size];
  const start = BASE + 140 * size;
  const memory = wasmMemory(start + 8 * bytes);
  const { transformColumns } = instantiateWasm<Exports>(wasmBase64, memory, variant);
  const angle = (at: number): number => (2 * Math.PI * (at >> 1)) / size;
  new Float64Array(memory.buffer, roots, size).forEach((_, at, all) => (all[at] = at % 2 === 0 ? Math.cos(angle(at)) : Math.sin(angle(at))));
  new Int32Array(memory.buffer, reversed, size).set(bitReversed(size));
  const part = (index: number): Float64Array => new Float64Array(memory.buffer, start + index * bytes, size * size);
  const planes = [0, 2, 4].map((index) => ({ re: part(index), im: part(index + 1) }));
  const [workRe, workIm] = [start + 6 * bytes, start + 7 * bytes];

  return {
    size,
    planes,
    forward({ re: { byteOffset: re }, im: { byteOffset: im } }, nodes) {
      transformColumns(re, im, workRe, workIm, size, nodes, nodes, size, buffer, roots, reversed);
      transformColumns(workRe, workIm, re, im, size, size, nodes, size, buffer, roots, reversed);
    },
    inverse({ re: { byteOffset: re }, im: { byteOffset: im } }, nodes) {
      // e^{+iωt} is e^{−iωt} with re and im exchanged
      transformColumns(im, re, workIm, workRe, size, size, size, nodes, buffer, roots, reversed);
      transformColumns(workIm, workRe, im, re, size, nodes, size, nodes, buffer, roots, reversed);
    },
  };
}
