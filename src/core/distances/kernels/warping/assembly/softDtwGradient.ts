import { multiplyAdd64 } from '../../../../lib/assembly/multiplyAdd';
import { CELL, GROUP } from './costs';

/**
 * Gradient of soft-DTW by the values of a, from the shares of its forward pass:
 *
 *     E_ik = E_{i+1,k+1} share of (i, k) in (i+1, k+1) + the same for (i+1, k) and (i, k+1),   E at the end = 1
 *     g_ij = 2 s w_j Σ_k E_ik (a_ij − b_kj)
 *
 * @param g [n, D, 8]
 * @param e [m + 2, 8]: 0, but 1 behind the last step of each lane
 * @param shares [n + 1, m + 2, 3, 8]; the last row 0, but 1 for the diagonal behind the last step of each lane
 */
export function softDtwGradient(g: usize, e: usize, shares: usize, a: usize, n: i32, b: usize, m: i32, D: i32, weights: usize): void {
  const line = (D as usize) * GROUP;
  const row = ((m + 2) as usize) * CELL;
  for (let i = n - 1; i >= 0; i--) {
    for (let lanes: usize = 0; lanes < GROUP; lanes += 16) expect(e + lanes, shares + (i as usize) * row + lanes, row, m);
    for (let j: usize = 0; j < line; j += 16) {
      const x = v128.load64_splat(a + ((i * D) << 3) + ((j / GROUP) << 3));
      let sum = f64x2.splat(0);
      let at = b + j;
      const end = e + ((m + 1) as usize) * GROUP;
      for (let k = e + GROUP + (j % GROUP); k < end; k += GROUP, at += line) sum = multiplyAdd64(v128.load(k), f64x2.sub(x, v128.load(at)), sum);
      const scale = f64x2.mul(v128.load(weights + j), v128.load(weights + line + (j % GROUP)));
      v128.store(g + (i as usize) * line + j, f64x2.mul(f64x2.add(sum, sum), scale));
    }
  }
}

/** E of one row, from that of the row below, in place; `shares` are those of the row, the row below `row` bytes on. */
function expect(e: usize, shares: usize, row: usize, m: i32): void {
  let at = e + ((m + 1) as usize) * GROUP;
  let next = shares + ((m + 1) as usize) * CELL;
  let beyond = v128.load(at);
  let right = f64x2.splat(0);
  v128.store(at, right);
  while (at > e + GROUP) {
    at -= GROUP;
    const below = v128.load(at);
    const here = multiplyAdd64(beyond, v128.load(next + row), f64x2.mul(right, v128.load(next, 2 * GROUP)));
    next -= CELL;
    right = multiplyAdd64(below, v128.load(next + row, GROUP), here);
    v128.store(at, right);
    beyond = below;
  }
}
