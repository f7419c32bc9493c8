import { growTo, instantiateWasm, wasmMemory, wasmVariant } from '../../lib/wasm';
import type { TsneKernel } from './kernel';
import { wasmBase64 } from './tsne.wasm';

interface Exports {
  distances(p: number, x: number, n: number, width: number, from: number, to: number): void;
  mirror(p: number, n: number, from: number, to: number): void;
  conditionals(rows: number, count: number, n: number, own: number, precision: number, logPerplexity: number): void;
  symmetrise(p: number, n: number, from: number, to: number): void;
  negentropy(p: number, n: number, from: number, to: number): number;
  iterate(p: number, state: number, n: number, steps: number, exaggeration: number, momentum: number, rate: number): number;
  crossEntropy(p: number, state: number, n: number): number;
}

/** The module's own data lies below. */
const BASE = 65536;
/** Where padding of a map stands: so far away that it pushes nothing, near enough that w² is a normal float32. */
export const FAR = 1e9;

/** The passes over P take multiples of so many rows: the edge of their tiles. */
const TILE = 32;
/** Pairs of points in one uninterrupted stretch: a few milliseconds. */
const PAIRS = 2e5;

/** The fast twin of the t-SNE kernel: WebAssembly, float32 SIMD. Memory: 4 N² bytes for P and 4 N M for the points. */
export function wasmKernel(n: number, variant = wasmVariant()): TsneKernel {
  const row = (n + 3) & ~3;
  const precision = BASE;
  const state = precision + 4 * row;
  const p = state + 4 * 12 * row;
  const x = p + 4 * n * row;
  const memory = wasmMemory(x);
  const wasm = instantiateWasm<Exports>(wasmBase64, memory, variant);
  const floats = (at: number, length: number): Float32Array => new Float32Array(memory.buffer, at, length);
  let negentropy = 0;
  const pair = (part: number): Float64Array => {
    const rows = floats(state + 4 * part * row, 2 * row);
    return Float64Array.from({ length: 2 * n }, (_, at) => rows[(at % 2) * row + (at >> 1)]);
  };

  return {
    n,
    *setPoints(points, width, perplexity) {
      const padded = (width + 3) & ~3;
      growTo(memory, x + 4 * row * padded);
      const target = floats(x, row * padded).fill(0);
      for (let i = 0; i < n; i++) target.set(points.subarray(i * width, (i + 1) * width), i * padded);
      negentropy = 0;
      let done = 0;
      const rows = Math.ceil(PAIRS / n / TILE) * TILE;
      for (const { cost, run } of [
        { cost: 0.25, run: (from: number, to: number) => wasm.distances(p, x, n, padded, from, to) },
        { cost: 0.05, run: (from: number, to: number) => wasm.mirror(p, n, from, to) },
        { cost: 0.6, run: (from: number, to: number) => wasm.conditionals(p + 4 * from * row, to - from, n, from, precision + 4 * from, Math.log(perplexity)) },
        { cost: 0.05, run: (from: number, to: number) => wasm.symmetrise(p, n, from, to) },
        { cost: 0.05, run: (from: number, to: number) => void (negentropy += wasm.negentropy(p, n, from, to)) },
      ]) {
        for (let from = 0; from < n; from += rows) {
          const to = Math.min(n, from + rows);
          run(from, to);
          if (n > rows) yield done + (cost * to) / n;
        }
        done += cost;
      }
    },
    affinities() {
      const rows = floats(p, n * row);
      return Float64Array.from({ length: n * n }, (_, at) => rows[Math.floor(at / n) * row + (at % n)]);
    },
    map: () => pair(0),
    setMap(map) {
      const rows = floats(state, 2 * row).fill(FAR);
      for (let i = 0; i < n; i++) {
        rows[i] = map[2 * i];
        rows[row + i] = map[2 * i + 1];
      }
      floats(state + 4 * 2 * row, 2 * row).fill(0);
      floats(state + 4 * 4 * row, 2 * row).fill(1);
    },
    iterate: (steps, { exaggeration, momentum, learningRate }) => wasm.iterate(p, state, n, steps, exaggeration, momentum, learningRate),
    gradient: () => pair(10),
    klDivergence: () => negentropy + wasm.crossEntropy(p, state, n),
  };
}
