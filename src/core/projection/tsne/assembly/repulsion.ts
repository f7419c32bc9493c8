import { sum } from '../../../lib/assembly/lanes';
import { multiplyAdd } from '../../../lib/assembly/multiplyAdd';
import { take, weight, weightOfOthers } from './lanes';

/**
 * Σ_j w_ij² (y_j − y_i) for every i, w_ij = 1 / (1 + ‖y_i − y_j‖²): the part of {@link forces} that needs no P.
 *
 * @param map [2, S]: x, then y, S = N rounded up to 4, padding far away
 * @param sums [2, S]
 * @returns Z = Σ_{i≠j} w_ij
 */
export function repulsion(map: usize, sums: usize, N: i32): f64 {
  const row = (((N + 3) >> 2) << 4) as usize;
  const end = (N << 2) as usize;
  memory.fill(sums, 0, 2 * row);
  let z: f64 = 0;
  for (let first: usize = 0; first < end; first += 16) {
    for (let i = first; i < min(first + 16, end); i += 4) z += within(map, sums, first, i, row);
    if (first + 16 == row) break;
    z += 2 * beyond(map, sums, first, row);
    z += 2 * beyond(map, sums, first + 8, row);
  }
  return max(z, 1e-12);
}

/** Point `i` with the four on the diagonal of which it is one, from `first` on: only for its own side. @returns Σ w */
function within(map: usize, sums: usize, first: usize, i: usize, row: usize): f64 {
  const dx = f32x4.sub(v128.load32_splat(map + i), v128.load(map + first));
  const dy = f32x4.sub(v128.load32_splat(map + row + i), v128.load(map + row + first));
  const w = weight(dx, dy);
  const ww = f32x4.mul(w, w);
  take(sums + i, f32x4.mul(ww, dx));
  take(sums + row + i, f32x4.mul(ww, dy));
  return weightOfOthers(w, ((i - first) >> 2) as i32);
}

/** Points `i` and i + 1 with all from the next four on, for both sides. @returns Σ w */
function beyond(map: usize, sums: usize, i: usize, row: usize): f64 {
  const x0 = v128.load32_splat(map + i);
  const y0 = v128.load32_splat(map + row + i);
  const x1 = v128.load32_splat(map + i, 4);
  const y1 = v128.load32_splat(map + row + i, 4);
  let rx0 = f32x4.splat(0);
  let ry0 = rx0;
  let rx1 = rx0;
  let ry1 = rx0;
  let w4 = rx0;
  for (let at = (i & ~15) + 16; at < row; at += 16) {
    const x = v128.load(map + at);
    const y = v128.load(map + row + at);
    const dx0 = f32x4.sub(x0, x);
    const dy0 = f32x4.sub(y0, y);
    const w0 = weight(dx0, dy0);
    const dx1 = f32x4.sub(x1, x);
    const dy1 = f32x4.sub(y1, y);
    const w1 = weight(dx1, dy1);
    const ww0 = f32x4.mul(w0, w0);
    const ww1 = f32x4.mul(w1, w1);
    w4 = f32x4.add(w4, f32x4.add(w0, w1));
    rx0 = multiplyAdd(ww0, dx0, rx0);
    rx1 = multiplyAdd(ww1, dx1, rx1);
    v128.store(sums + at, multiplyAdd(ww0, dx0, multiplyAdd(ww1, dx1, v128.load(sums + at))));
    ry0 = multiplyAdd(ww0, dy0, ry0);
    ry1 = multiplyAdd(ww1, dy1, ry1);
    v128.store(sums + row + at, multiplyAdd(ww0, dy0, multiplyAdd(ww1, dy1, v128.load(sums + row + at))));
  }
  take(sums + i, rx0);
  take(sums + row + i, ry0);
  take(sums + i + 4, rx1);
  take(sums + row + i + 4, ry1);
  return <f64>sum(w4);
}
