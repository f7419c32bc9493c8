import { conditional } from '../affinities';
import type { Neighbours } from './neighbours';

/** P with its zeros left out: row i holds the columns and values from `offsets[i]` to `offsets[i + 1]`. */
export interface SparseAffinities {
  offsets: Int32Array;
  columns: Int32Array;
  values: Float64Array;
}

/**
 * Joint affinities p_ij = (p_{j|i} + p_{i|j}) / 2N, where p_{j|i} is Gaussian over the neighbours of i, at the wanted
 * perplexity, and 0 for all others. Symmetric, zero diagonal, sum 1.
 *
 * Source: van der Maaten (2014), Accelerating t-SNE using tree-based algorithms, section 4.1.
 */
export function sparseAffinities({ indices, distances }: Neighbours, n: number, perplexity: number): SparseAffinities {
  const k = indices.length / n;
  const shares = new Float64Array(n * k);
  const relative = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < k; a++) relative[a] = distances[i * k + a] - distances[i * k];
    conditional(relative, -1, Math.log(perplexity), shares.subarray(i * k, (i + 1) * k));
  }
  const { from, at } = transposed(indices, n, k);

  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(2 * n * k);
  const values = new Float64Array(2 * n * k);
  const place = new Int32Array(n).fill(-1);
  let size = 0;
  const addTo = (start: number, j: number, share: number): void => {
    if (place[j] < start) {
      place[j] = size;
      columns[size] = j;
      size += 1;
    }
    values[place[j]] += share / (2 * n);
  };
  for (let i = 0; i < n; i++) {
    const start = size;
    for (let a = i * k; a < (i + 1) * k; a++) addTo(start, indices[a], shares[a]);
    for (let e = from[i]; e < from[i + 1]; e++) addTo(start, Math.floor(at[e] / k), shares[at[e]]);
    offsets[i + 1] = size;
  }
  return { offsets, columns: columns.slice(0, size), values: values.slice(0, size) };
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
