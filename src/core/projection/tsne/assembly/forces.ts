import { sum } from '../../../lib/assembly/lanes';
import { multiplyAdd } from '../../../lib/assembly/multiplyAdd';
import { take, weight, weightOfOthers } from './lanes';

/**
 * Σ_j p w (y_j − y_i) and Σ_j w² (y_j − y_i) for every i. Each pair is visited once, in the upper triangle, two rows at a
 * time: what it adds to its points i stays in registers, what it adds to its points j goes to `sums`, half as often.
 *
 * @param p [N, S]; map [2, S]: x, then y, padding far away
 * @param sums four rows [S]: attraction x, y, repulsion x, y
 * @returns Z = Σ_{i≠j} w_ij
 */
export function forces(p: usize, map: usize, sums: usize, N: i32, row: usize): f64 {
  memory.fill(sums, 0, 4 * row);
  const end = (N << 2) as usize;
  let z: f64 = 0;
  for (let first: usize = 0; first < end; first += 16) {
    for (let i = first; i < min(first + 16, end); i += 4) z += within(p + (i >> 2) * row, map, sums, first, i, row);
    if (first + 16 == row) break;
    z += 2 * beyond(p + (first >> 2) * row, map, sums, first, row);
    z += 2 * beyond(p + ((first >> 2) + 2) * row, map, sums, first + 8, row);
  }
  return max(z, 1e-12);
}

/** Point `i` with the four on the diagonal of which it is one, from `first` on: only for its own side. @returns Σ w */
function within(p: usize, map: usize, sums: usize, first: usize, i: usize, row: usize): f64 {
  const dx = f32x4.sub(v128.load32_splat(map + i), v128.load(map + first));
  const dy = f32x4.sub(v128.load32_splat(map + row + i), v128.load(map + row + first));
  const w = weight(dx, dy);
  const pw = f32x4.mul(v128.load(p + first), w);
  const ww = f32x4.mul(w, w);
  takeAll(sums + i, row, f32x4.mul(pw, dx), f32x4.mul(pw, dy), f32x4.mul(ww, dx), f32x4.mul(ww, dy));
  return weightOfOthers(w, ((i - first) >> 2) as i32);
}

/** Points `i` and i + 1 with all from the next four on, for both sides. @returns Σ w */
function beyond(p: usize, map: usize, sums: usize, i: usize, row: usize): f64 {
  const x0 = v128.load32_splat(map + i);
  const y0 = v128.load32_splat(map + row + i);
  const x1 = v128.load32_splat(map + i, 4);
  const y1 = v128.load32_splat(map + row + i, 4);
  let ax0 = f32x4.splat(0);
  let ay0 = ax0;
  let rx0 = ax0;
  let ry0 = ax0;
  let ax1 = ax0;
  let ay1 = ax0;
  let rx1 = ax0;
  let ry1 = ax0;
  let w4 = ax0;
  for (let at = (i & ~15) + 16; at < row; at += 16) {
    const x = v128.load(map + at);
    const y = v128.load(map + row + at);
    const dx0 = f32x4.sub(x0, x);
    const dy0 = f32x4.sub(y0, y);
    const w0 = weight(dx0, dy0);
    const dx1 = f32x4.sub(x1, x);
    const dy1 = f32x4.sub(y1, y);
    const w1 = weight(dx1, dy1);
    const pw0 = f32x4.mul(v128.load(p + at), w0);
    const ww0 = f32x4.mul(w0, w0);
    const pw1 = f32x4.mul(v128.load(p + row + at), w1);
    const ww1 = f32x4.mul(w1, w1);
    w4 = f32x4.add(w4, f32x4.add(w0, w1));
    ax0 = multiplyAdd(pw0, dx0, ax0);
    ax1 = multiplyAdd(pw1, dx1, ax1);
    v128.store(sums + at, multiplyAdd(pw0, dx0, multiplyAdd(pw1, dx1, v128.load(sums + at))));
    ay0 = multiplyAdd(pw0, dy0, ay0);
    ay1 = multiplyAdd(pw1, dy1, ay1);
    v128.store(sums + row + at, multiplyAdd(pw0, dy0, multiplyAdd(pw1, dy1, v128.load(sums + row + at))));
    rx0 = multiplyAdd(ww0, dx0, rx0);
    rx1 = multiplyAdd(ww1, dx1, rx1);
    v128.store(sums + 2 * row + at, multiplyAdd(ww0, dx0, multiplyAdd(ww1, dx1, v128.load(sums + 2 * row + at))));
    ry0 = multiplyAdd(ww0, dy0, ry0);
    ry1 = multiplyAdd(ww1, dy1, ry1);
    v128.store(sums + 3 * row + at, multiplyAdd(ww0, dy0, multiplyAdd(ww1, dy1, v128.load(sums + 3 * row + at))));
  }
  takeAll(sums + i, row, ax0, ay0, rx0, ry0);
  takeAll(sums + i + 4, row, ax1, ay1, rx1, ry1);
  return <f64>sum(w4);
}

/** Subtracts the lanes of each sum of a point, Σ_j p w (y_i − y_j) and so on, from its number in each row. */
function takeAll(target: usize, row: usize, ax: v128, ay: v128, rx: v128, ry: v128): void {
  take(target, ax);
  take(target + row, ay);
  take(target + 2 * row, rx);
  take(target + 3 * row, ry);
}
