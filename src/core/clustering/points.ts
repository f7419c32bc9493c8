import { check } from '../lib/assert';
import type { Matrix } from '../lib/matrix';

/** The numbers of `points` [N, M] in float64 (a copy when they are float32). Throws an InputError at the first that is not finite. */
export function finitePoints(points: Matrix): Float64Array {
  const data = points.data instanceof Float64Array ? points.data : Float64Array.from(points.data);
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      const row = Math.floor(i / points.columns);
      check(false, `point ${row + 1}, coordinate ${(i % points.columns) + 1} is ${data[i]}: every coordinate must be a finite number`);
    }
  }
  return data;
}

/** Squared Euclidean distance ‖a_i − b_j‖² between row i of `a` and row j of `b`, both of width `m`. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, m: number): number {
  let p = i * m;
  let q = j * m;
  const end = p + m;
  let even = 0;
  let odd = 0;
  for (; p + 1 < end; p += 2, q += 2) {
    const d0 = a[p] - b[q];
    const d1 = a[p + 1] - b[q + 1];
    even += d0 * d0;
    odd += d1 * d1;
  }
  if (p < end) {
    const d = a[p] - b[q];
    even += d * d;
  }
  return even + odd;
}
