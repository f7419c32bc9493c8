import { multiplyAdd64 } from '../../../../lib/assembly/multiplyAdd';

/**
 * The greatest cross-correlation of one series x with each of four others y, over all shifts w, and that shift:
 *
 *     CC_w = Σ_t Σ_j x_{t+w,j} y_tj = inverse transform of Σ_j X_j conj(Y_j), at w mod S
 *
 * Two real results share one complex transform, one its real and one its imaginary part; two transforms share the lanes.
 *
 * @param best [2, 4]: S times the correlation, and the shift; the later of equals does not count
 * @param z [S, 2, 2], scratch
 * @param x [D, S, 2]: X, frequencies in bit-reversed order, as is Y
 * @param y [D, S, 2, 2, 2]: of the series 0 and 1 the real parts, then the imaginary ones; then of 2 and 3
 * @param roots [S / 2, 2]: cos and sin of 2πk / S
 * @param n steps of x
 * @param lows [4]: the first shift of each other series, 1 − its steps; all >= `low`, all <= `high`
 */
export function correlate(best: usize, z: usize, x: usize, y: usize, D: i32, S: i32, roots: usize, n: i32, lows: usize, low: i32, high: i32): void {
  multiply(z, x, y, D, S);
  transform(z, S, roots);
  greatest(best, z, S, n, lows, low, high);
}

/** Z = C₁ + i C₂ for C = Σ_j X_j conj(Y_j). */
function multiply(z: usize, x: usize, y: usize, D: i32, S: i32): void {
  const end = z + ((S << 5) as usize);
  for (let j = 0; j < D; j++) {
    for (let at = z; at < end; at += 32, x += 16, y += 64) {
      const xr = v128.load64_splat(x);
      const xi = v128.load64_splat(x, 8);
      const r1 = v128.load(y);
      const i1 = v128.load(y, 16);
      const r2 = v128.load(y, 32);
      const i2 = v128.load(y, 48);
      let re = f64x2.mul(xr, f64x2.add(r1, i2));
      re = multiplyAdd64(xi, f64x2.sub(i1, r2), re);
      let im = f64x2.mul(xi, f64x2.add(r1, i2));
      im = multiplyAdd64(xr, f64x2.sub(r2, i1), im);
      if (j > 0) {
        re = f64x2.add(re, v128.load(at));
        im = f64x2.add(im, v128.load(at, 16));
      }
      v128.store(at, re);
      v128.store(at, im, 16);
    }
  }
}

/** The inverse transform, times S, from bit-reversed to natural order. Source: Cooley and Tukey (1965). */
function transform(z: usize, S: i32, roots: usize): void {
  const end = z + ((S << 5) as usize);
  for (let half = 1; half < S; half <<= 1) {
    const reach = (half << 5) as usize;
    const stride = ((S / (2 * half)) << 4) as usize;
    for (let block = z; block < end; block += 2 * reach) {
      let root = roots;
      for (let p = block; p < block + reach; p += 32, root += stride) {
        const q = p + reach;
        const c = v128.load64_splat(root);
        const s = v128.load64_splat(root, 8);
        const qr = v128.load(q);
        const qi = v128.load(q, 16);
        const re = f64x2.sub(f64x2.mul(qr, c), f64x2.mul(qi, s));
        const im = multiplyAdd64(qr, s, f64x2.mul(qi, c));
        const pr = v128.load(p);
        const pi = v128.load(p, 16);
        v128.store(p, f64x2.add(pr, re));
        v128.store(p, f64x2.add(pi, im), 16);
        v128.store(q, f64x2.sub(pr, re));
        v128.store(q, f64x2.sub(pi, im), 16);
      }
    }
  }
}

function greatest(best: usize, z: usize, S: i32, n: i32, lows: usize, low: i32, high: i32): void {
  const none = f64x2.splat(-Infinity);
  const from0 = v128.load(lows);
  const from1 = v128.load(lows, 16);
  let most0 = none, most1 = none;
  let shift0 = f64x2.splat(0), shift1 = shift0;
  for (let w = low; w < n; w++) {
    const at = z + (((w < 0 ? w + S : w) << 5) as usize);
    const here = f64x2.splat(<f64>w);
    let value0 = v128.load(at);
    let value1 = v128.load(at, 16);
    if (w < high) {
      value0 = v128.bitselect(value0, none, f64x2.ge(here, from0));
      value1 = v128.bitselect(value1, none, f64x2.ge(here, from1));
    }
    const above0 = f64x2.gt(value0, most0);
    const above1 = f64x2.gt(value1, most1);
    most0 = v128.bitselect(value0, most0, above0);
    most1 = v128.bitselect(value1, most1, above1);
    shift0 = v128.bitselect(here, shift0, above0);
    shift1 = v128.bitselect(here, shift1, above1);
  }
  v128.store(best, most0);
  v128.store(best, most1, 16);
  v128.store(best, shift0, 32);
  v128.store(best, shift1, 48);
}
