import { matrix, type Matrix } from '../lib/matrix';

/**
 * How often two partitions meet: n_ab = #{i : a_i = a and b_i = b}.
 *
 * @param a codes [N], from 0
 * @param b codes [N], from 0
 * @returns counts [A, B]; a pair with a negative code on either side is left out. A and B are at least `rows` and `columns`.
 */
export function contingencyTable(a: ArrayLike<number>, b: ArrayLike<number>, rows = 0, columns = 0): Matrix {
  if (a.length !== b.length) throw new Error(`two partitions of the same items are needed, got ${a.length} and ${b.length} codes`);
  let height = rows;
  let width = columns;
  for (let i = 0; i < a.length; i++) {
    if (a[i] < 0 || b[i] < 0) continue;
    height = Math.max(height, a[i] + 1);
    width = Math.max(width, b[i] + 1);
  }
  const counts = new Float64Array(height * width);
  for (let i = 0; i < a.length; i++) if (a[i] >= 0 && b[i] >= 0) counts[a[i] * width + b[i]]++;
  return matrix(height, width, counts);
}
