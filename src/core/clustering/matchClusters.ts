import { matrix, type Matrix } from '../lib/matrix';
import { contingencyTable } from './contingencyTable';
import { hungarian } from './hungarian';

/**
 * Gives clusters the numbers of a previous partition, so that a colour follows its cluster: the one-to-one
 * renumbering with the greatest total overlap. Without a previous partition the largest cluster becomes 0, and so on.
 *
 * @param current [N] in 0..K-1
 * @param previous [N] in 0..K-1, or null before the first partition
 * @param k K, number of clusters of both
 * @returns `current` in the new numbers [N]
 */
export function matchClusters(current: Int32Array, previous: Int32Array | null, k: number): Int32Array {
  const number = clusterNumbers(current, previous, k);
  return current.map((c) => number[c]);
}

/** `number[c]`, what {@link matchClusters} calls cluster c: a permutation of 0..K-1. */
export function clusterNumbers(current: Int32Array, previous: Int32Array | null, k: number): Int32Array {
  const overlap = contingencyTable(current, previous ?? new Int32Array(current.length), k, k);
  if (previous === null) {
    const size = (c: number): number => overlap.data[c * overlap.columns];
    const number = new Int32Array(k);
    Array.from({ length: k }, (_, c) => c)
      .sort((a, b) => size(b) - size(a) || a - b)
      .forEach((c, rank) => (number[c] = rank));
    return number;
  }
  // Among equal overlaps a cluster keeps its own number; all these preferences together weigh less than one point.
  const cost = overlap.data.map((count, at) => -count - (Math.floor(at / k) === at % k ? 1 / (k + 1) : 0));
  return hungarian(matrix(k, k, cost));
}

/** `centroids` [K, M] with row c moved to row `number[c]`. */
export function renumberRows(centroids: Matrix, number: Int32Array): Matrix {
  const { rows, columns, data } = centroids;
  const moved = data.slice();
  for (let c = 0; c < rows; c++) moved.set(data.subarray(c * columns, (c + 1) * columns), number[c] * columns);
  return matrix(rows, columns, moved);
}
