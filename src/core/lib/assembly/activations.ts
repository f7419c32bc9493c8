/**
 * Logistic function and hyperbolic tangent of four float32 lanes, within 1.5e-7 of the exact value (tested); the
 * relative error of σ(x) grows with -x, as y below is rounded. NaN stays NaN.
 *
 * e^x = 2^y with y = x / ln 2;  2^y = 2^n 2^r with n = round(y), |r| <= 1/2;  2^r - 1 = r q(r), where q is the
 * Chebyshev fit of degree 5 to (2^r - 1) / r.
 *
 * The constants are read from a table that the caller lays out once (`table`), because V8 builds a constant vector
 * anew at every use, which costs more than the arithmetic.
 */
export { exp } from './exponential';

/** Bytes of the table of constants. */
// @ts-ignore: decorator
@inline export const CONSTANT_BYTES: i32 = 256;

// Offsets in the table.
// @ts-ignore: decorator
@inline const MINUS_PER_LN2: usize = 0;
// @ts-ignore: decorator
@inline const TWICE_PER_LN2: usize = 16;
/** 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits of the mantissa. */
// @ts-ignore: decorator
@inline const ROUND: usize = 32;
/** ±126: beyond them 2^n is no normal float32. */
// @ts-ignore: decorator
@inline const LOWEST: usize = 48;
// @ts-ignore: decorator
@inline const HIGHEST: usize = 64;
/** tanh is 1 in float32 from this y on. */
// @ts-ignore: decorator
@inline const SATURATED: usize = 80;
// @ts-ignore: decorator
@inline const ONE: usize = 96;
// @ts-ignore: decorator
@inline const TWO: usize = 112;
/** The bits of 1. */
// @ts-ignore: decorator
@inline const EXPONENT_OF_ONE: usize = 128;
// @ts-ignore: decorator
@inline const SIGN: usize = 144;
/** Coefficients of q, from r⁰ on. */
// @ts-ignore: decorator
@inline const Q: usize = 160;

/** Writes the table of constants. */
export function layConstants(table: usize): void {
  v128.store(table, f32x4.splat(-1.4426950408889634), MINUS_PER_LN2);
  v128.store(table, f32x4.splat(2.8853900817779268), TWICE_PER_LN2);
  v128.store(table, f32x4.splat(12582912), ROUND);
  v128.store(table, f32x4.splat(-126), LOWEST);
  v128.store(table, f32x4.splat(126), HIGHEST);
  v128.store(table, f32x4.splat(30), SATURATED);
  v128.store(table, f32x4.splat(1), ONE);
  v128.store(table, f32x4.splat(2), TWO);
  v128.store(table, i32x4.splat(0x3f800000), EXPONENT_OF_ONE);
  v128.store(table, i32x4.splat(0x80000000), SIGN);
  v128.store(table, f32x4.splat(0.693147188116349), Q);
  v128.store(table, f32x4.splat(0.24022650761348438), Q + 16);
  v128.store(table, f32x4.splat(0.05550356682386405), Q + 32);
  v128.store(table, f32x4.splat(0.009618082183394121), Q + 48);
  v128.store(table, f32x4.splat(0.0013391093247266345), Q + 64);
  v128.store(table, f32x4.splat(0.0001545336197353356), Q + 80);
}

/** 2^n, where `k` = y + ROUND holds n in its low bits. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128, table: usize): v128 {
  return i32x4.add(i32x4.shl(k, 23), v128.load(table, EXPONENT_OF_ONE));
}

/** 2^r - 1 with r = y - n. */
// @ts-ignore: decorator
@inline
function remainder(y: v128, k: v128, table: usize): v128 {
  const r = f32x4.sub(y, f32x4.sub(k, v128.load(table, ROUND)));
  let q = f32x4.add(f32x4.mul(r, v128.load(table, Q + 80)), v128.load(table, Q + 64));
  q = f32x4.add(f32x4.mul(q, r), v128.load(table, Q + 48));
  q = f32x4.add(f32x4.mul(q, r), v128.load(table, Q + 32));
  q = f32x4.add(f32x4.mul(q, r), v128.load(table, Q + 16));
  q = f32x4.add(f32x4.mul(q, r), v128.load(table, Q));
  return f32x4.mul(q, r);
}

/** 2^y; y is clamped to ±126. */
// @ts-ignore: decorator
@inline
function exp2(x: v128, table: usize): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, v128.load(table, LOWEST)), v128.load(table, HIGHEST));
  const k = f32x4.add(y, v128.load(table, ROUND));
  const s = powerOfTwo(k, table);
  return f32x4.add(s, f32x4.mul(s, remainder(y, k, table)));
}

/** σ(x) = 1 / (1 + e^-x). */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128, table: usize): v128 {
  const one = v128.load(table, ONE);
  return f32x4.div(one, f32x4.add(one, exp2(f32x4.mul(x, v128.load(table, MINUS_PER_LN2)), table)));
}

/** tanh(x) = sign(x) E / (E + 2), E = e^{2|x|} - 1, without cancellation near 0. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128, table: usize): v128 {
  const sign = v128.and(x, v128.load(table, SIGN));
  const y = f32x4.pmin(f32x4.mul(f32x4.abs(x), v128.load(table, TWICE_PER_LN2)), v128.load(table, SATURATED));
  const k = f32x4.add(y, v128.load(table, ROUND));
  const s = powerOfTwo(k, table);
  const e = f32x4.add(f32x4.mul(s, remainder(y, k, table)), f32x4.sub(s, v128.load(table, ONE)));
  return v128.or(f32x4.div(e, f32x4.add(e, v128.load(table, TWO))), sign);
}
