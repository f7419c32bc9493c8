import { multiplyAdd64 } from '../../../../lib/assembly/multiplyAdd';
import { CELL, GROUP, localCosts } from './costs';

/**
 * Cells are numbers m 2^e with 1 <= m < 2 and a float64 e, so that no path is lost to underflow, however dear, and no
 * logarithm is needed: a cell is the sum of its three neighbours times 2^−c.
 *
 *     2^{−r_ik} = 2^{−c_ik} (2^{−r_{i−1,k−1}} + 2^{−r_{i−1,k}} + 2^{−r_{i,k−1}}),   r and c in units of γ ln 2
 */
// @ts-ignore: decorator
@inline const MANTISSA: i64 = 0x000fffffffffffff;
/** The bits of 1. */
// @ts-ignore: decorator
@inline const ONE: i64 = 0x3ff0000000000000;
/** 2^52 + 1023: adding it puts the biased exponent of an integer in the low bits; its own low bits are those of 1023. */
// @ts-ignore: decorator
@inline const BIASED: f64 = 4503599627371519;
/** The bits of 2^52. */
// @ts-ignore: decorator
@inline const SHIFTED: i64 = 0x4330000000000000;
/** Coefficients of the Chebyshev fit of degree 10 to 2^x on [−½, ½], within 2e-15; from memory, as V8 builds a constant vector anew at every use. */
const POWERS = memory.data<f64>([1, 0.6931471805599522, 0.24022650695903444, 0.055504108664390206, 0.009618129109731035, 0.0013333558233446301, 0.0001540352808626626, 1.525265797707473e-05, 1.3216517083288996e-06, 1.0208136640155789e-07, 6.899700523799748e-09]);
/** The exponent of a cell that no path reaches. */
// @ts-ignore: decorator
@inline const NEVER: f64 = -1e300;

/**
 * Soft-DTW of one series and eight others.
 *
 * @param r [2, m + 1, 8]: m and e of the last row that was computed
 * @param costs [2, m, 8], scratch
 * @param a [n, D]
 * @param b [m, D, 8]
 * @param weights [D + 1, 8] of the costs
 * @param scale −1 / (γ ln 2)
 * @param shares 0, or [n, m + 2, 3, 8]: what the diagonal neighbour, the one above and the left one have of a cell; the last column 0
 */
export function softDtw(r: usize, costs: usize, a: usize, n: i32, b: usize, m: i32, D: i32, weights: usize, scale: f64, shares: usize): void {
  const row = ((m + 1) as usize) * GROUP;
  const exponents = costs + (m as usize) * GROUP;
  const one = f64x2.splat(1);
  const never = f64x2.splat(NEVER);
  for (let at = r; at < r + row; at += 16) {
    v128.store(at, one);
    v128.store(at + row, at < r + GROUP ? f64x2.splat(0) : never);
  }
  for (let i = 0; i < n; i++) {
    localCosts(costs, a, b, D, weights, 0, m);
    powers(costs, exponents, scale);
    for (let lanes: usize = 0; lanes < GROUP; lanes += 32) {
      if (shares == 0) advance(r + lanes, row, costs + lanes, exponents + lanes, m, false, 0);
      else advance(r + lanes, row, costs + lanes, exponents + lanes, m, true, shares + lanes);
    }
    if (shares != 0) {
      shares += ((m + 2) as usize) * CELL;
      memory.fill(shares - CELL, 0, CELL);
    }
    a += (D << 3) as usize;
  }
}

/** c ↦ p and n with p 2^n = 2^(scale c) and p in [√½, √2]. */
function powers(costs: usize, exponents: usize, scale: f64): void {
  const factor = f64x2.splat(scale);
  const end = exponents;
  for (let at = costs; at < end; at += 16, exponents += 16) {
    const y = f64x2.mul(v128.load(at), factor);
    const n = f64x2.nearest(y);
    const x = f64x2.sub(y, n);
    let p = v128.load64_splat(POWERS, 80);
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 72));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 64));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 56));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 48));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 40));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 32));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 24));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 16));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS, 8));
    p = multiplyAdd64(p, x, v128.load64_splat(POWERS));
    v128.store(at, p);
    v128.store(exponents, n);
  }
}

/** One row of the recurrence in four lanes, in place; where `keep`, with the shares of the neighbours. */
// @ts-ignore: decorator
@inline
function advance(r: usize, row: usize, costs: usize, exponents: usize, m: i32, keep: bool, shares: usize): void {
  let d0 = v128.load(r);
  let d1 = v128.load(r, 16);
  let de0 = v128.load(r + row);
  let de1 = v128.load(r + row, 16);
  let l0 = f64x2.splat(1);
  let l1 = l0;
  let le0 = f64x2.splat(NEVER);
  let le1 = le0;
  v128.store(r + row, le0);
  v128.store(r + row, le0, 16);
  for (let k = 0; k < m; k++) {
    r += GROUP;
    let u = v128.load(r);
    let ue = v128.load(r + row);
    let e = f64x2.pmax(le0, f64x2.pmax(de0, ue));
    let left = f64x2.mul(l0, power(le0, e));
    let diagonal = f64x2.mul(d0, power(de0, e));
    let above = f64x2.mul(u, power(ue, e));
    let s = f64x2.add(left, f64x2.add(diagonal, above));
    if (keep) share(shares + CELL, diagonal, above, left, s);
    s = f64x2.mul(s, v128.load(costs));
    d0 = u;
    de0 = ue;
    l0 = mantissa(s);
    le0 = f64x2.add(exponent(s), f64x2.add(e, v128.load(exponents)));
    v128.store(r, l0);
    v128.store(r + row, le0);
    u = v128.load(r, 16);
    ue = v128.load(r + row, 16);
    e = f64x2.pmax(le1, f64x2.pmax(de1, ue));
    left = f64x2.mul(l1, power(le1, e));
    diagonal = f64x2.mul(d1, power(de1, e));
    above = f64x2.mul(u, power(ue, e));
    s = f64x2.add(left, f64x2.add(diagonal, above));
    if (keep) share(shares + CELL + 16, diagonal, above, left, s);
    s = f64x2.mul(s, v128.load(costs, 16));
    d1 = u;
    de1 = ue;
    l1 = mantissa(s);
    le1 = f64x2.add(exponent(s), f64x2.add(e, v128.load(exponents, 16)));
    v128.store(r, l1, 16);
    v128.store(r + row, le1, 16);
    costs += GROUP;
    exponents += GROUP;
    if (keep) shares += CELL;
  }
}

// @ts-ignore: decorator
@inline
function share(at: usize, diagonal: v128, above: v128, left: v128, sum: v128): void {
  const inverse = f64x2.div(f64x2.splat(1), sum);
  v128.store(at, f64x2.mul(diagonal, inverse));
  v128.store(at, f64x2.mul(above, inverse), GROUP);
  v128.store(at, f64x2.mul(left, inverse), 2 * GROUP);
}

/** 2^(e − greatest) of integers; 0 where it is no normal number. */
// @ts-ignore: decorator
@inline
function power(e: v128, greatest: v128): v128 {
  const below = f64x2.pmax(f64x2.sub(e, greatest), f64x2.splat(-1023));
  return i64x2.shl(f64x2.add(below, f64x2.splat(BIASED)), 52);
}

// @ts-ignore: decorator
@inline
function mantissa(s: v128): v128 {
  return v128.or(v128.and(s, i64x2.splat(MANTISSA)), i64x2.splat(ONE));
}

// @ts-ignore: decorator
@inline
function exponent(s: v128): v128 {
  return f64x2.sub(v128.or(i64x2.shr_u(s, 52), i64x2.splat(SHIFTED)), f64x2.splat(BIASED));
}
