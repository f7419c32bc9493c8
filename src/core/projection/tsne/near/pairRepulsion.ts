import { instantiateWasm, wasmMemory, wasmVariant } from '../../../lib/wasm';
import { wasmBase64 } from '../tsne.wasm';
import { FAR } from '../wasm';
import type { Repulsion } from './interpolatedRepulsion';

interface Exports {
  repulsion(map: number, sums: number, n: number): number;
}

/** The module's own data lies below. */
const BASE = 65536;

/** The repulsion of t-SNE as it stands: the sum over all pairs, each visited once, in float32. */
export function createPairRepulsion(n: number, variant = wasmVariant()): (y: Float64Array) => Repulsion {
  const row = (n + 3) & ~3;
  const memory = wasmMemory(BASE + 16 * row);
  const { repulsion } = instantiateWasm<Exports>(wasmBase64, memory, variant);
  const map = new Float32Array(memory.buffer, BASE, 2 * row).fill(FAR);
  const sums = new Float32Array(memory.buffer, BASE + 8 * row, 2 * row);
  const forces = new Float64Array(2 * n);

  return (y) => {
    for (let i = 0; i < n; i++) {
      map[i] = y[2 * i];
      map[row + i] = y[2 * i + 1];
    }
    const z = repulsion(BASE, BASE + 8 * row, n);
    for (let i = 0; i < n; i++) {
      forces[2 * i] = -sums[i];
      forces[2 * i + 1] = -sums[row + i];
    }
    return { forces, z };
  };
}
