import { instantiateWasm, wasmMemory, wasmVariant } from '../../../lib/wasm';
import type { Neighbours } from '../../neighbours/neighbours';
import { wasmBase64 } from '../tsne.wasm';

interface Exports {
  conditionals(rows: number, count: number, n: number, own: number, precision: number, logPerplexity: number): void;
}

/** P with its zeros left out: row i holds the columns and values from `offsets[i]` to `offsets[i + 1]`. */
export interface SparseAffinities {
  offsets: Int32Array;
  columns: Int32Array;
  values: Float32Array;
}

/** The module's own data lies below. */
const BASE = 65536;
/** Affinities that are made in one uninterrupted stretch: a few milliseconds. */
const STRETCH = 5e4;
/** The share of the work that goes into the conditionals. */
const CONDITIONALS = 0.6;

/**
 * Joint affinities p_ij = (p_{j|i} + p_{i|j}) / 2N, where p_{j|i} is Gaussian over the neighbours of i, at the wanted
 * perplexity, and 0 for all others. Symmetric, zero diagonal, sum 1. Yields the share of the work that is done.
 *
 * Source: van der Maaten (2014), Accelerating t-SNE using tree-based algorithms, section 4.1.
 */
export function* sparseAffinities({ indices, distances }: Neighbours, n: number, perplexity: number): Generator<number, SparseAffinities, void> {
  const k = indices.length / n;
  const shares = new Float32Array(n * k);
  const rows = Math.max(1, Math.round(STRETCH / k));
  const conditionals = createConditionals(rows, k, perplexity);
  for (let i = 0; i < n; i += rows) {
    const end = Math.min(n, i + rows);
    conditionals(distances.subarray(i * k, end * k), shares.subarray(i * k, end * k));
    yield (CONDITIONALS * end) / n;
  }
  const { from, at } = transposed(indices, n, k);
  yield CONDITIONALS + (1 - CONDITIONALS) / 3;

  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(2 * n * k);
  const values = new Float32Array(2 * n * k);
  const place = new Int32Array(n).fill(-1);
  let size = 0;
  for (let i = 0; i < n; i++) {
    const start = size;
    for (let a = i * k; a < (i + 1) * k; a++) {
      place[indices[a]] = size;
      columns[size] = indices[a];
      values[size] = shares[a] / (2 * n);
      size += 1;
    }
    for (let e = from[i]; e < from[i + 1]; e++) {
      const j = Math.floor(at[e] / k);
      const share = shares[at[e]] / (2 * n);
      if (place[j] >= start) values[place[j]] += share;
      else {
        columns[size] = j;
        values[size] = share;
        size += 1;
      }
    }
    offsets[i + 1] = size;
    if (i % rows === 0) yield CONDITIONALS + (1 - CONDITIONALS) * (1 / 3 + (2 / 3) * (i / n));
  }
  return { offsets, columns: columns.slice(0, size), values: values.slice(0, size) };
}

/** Turns up to `most` rows of k squared distances into conditionals of the wanted perplexity. */
function createConditionals(most: number, k: number, perplexity: number): (distances: Float32Array, shares: Float32Array) => void {
  const row = (k + 4) & ~3; // the neighbours and, last, the point itself
  const precision = BASE + 4 * most * row;
  const memory = wasmMemory(precision + 4 * most);
  const wasm = instantiateWasm<Exports>(wasmBase64, memory, wasmVariant());
  const numbers = new Float32Array(memory.buffer, BASE, most * row);
  return (distances, shares) => {
    const count = shares.length / k;
    for (let i = 0; i < count; i++) numbers.set(distances.subarray(i * k, (i + 1) * k), i * row);
    wasm.conditionals(BASE, count, k + 1, -1, precision, Math.log(perplexity));
    for (let i = 0; i < count; i++) shares.set(numbers.subarray(i * row, i * row + k), i * k);
  };
}

/** Where in `indices` each point stands: `at` from `from[j]` to `from[j + 1]`. */
function transposed(indices: Int32Array, n: number, k: number): { from: Int32Array; at: Int32Array } {
  const from = new Int32Array(n + 1);
  for (const j of indices) from[j + 1] += 1;
  for (let j = 0; j < n; j++) from[j + 1] += from[j];
  const next = from.slice();
  const at = new Int32Array(n * k);
  indices.forEach((j, edge) => (at[next[j]++] = edge));
  return { from, at };
}
