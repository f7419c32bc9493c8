/**
 * Logistic function and hyperbolic tangent of four float32 lanes, within 1.5e-7 of the exact value (tested); the
 * relative error of σ(x) grows with -x, as y below is rounded. NaN stays NaN.
 *
 * e^x = 2^y with y = x / ln 2;  2^y = 2^n 2^r with n = round(y), |r| <= 1/2;  2^r - 1 = r q(r), where q is the
 * Chebyshev fit of degree 5 to (2^r - 1) / r.
 *
 * The constants are read from a table that the caller lays out once (`table`), because V8 builds a constant vector
 * anew at every use, which costs more than the arithmetic. Four vectors at a time share each constant that is read,
 * so both functions work on arrays; their lengths are multiples of 64 bytes.
 */
import { multiplyAdd } from './multiplyAdd';

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
function powerOfTwo(k: v128, one: v128): v128 {
  return i32x4.add(i32x4.shl(k, 23), one);
}

/** values = σ(values) = 1 / (1 + e^-x), in place. */
export function sigmoid(values: usize, bytes: usize, table: usize): void {
  for (const end = values + bytes; values < end; values += 64) {
    let c = v128.load(table, MINUS_PER_LN2);
    let y0 = f32x4.mul(v128.load(values), c), y1 = f32x4.mul(v128.load(values, 16), c);
    let y2 = f32x4.mul(v128.load(values, 32), c), y3 = f32x4.mul(v128.load(values, 48), c);
    c = v128.load(table, LOWEST);
    y0 = f32x4.pmax(y0, c), y1 = f32x4.pmax(y1, c), y2 = f32x4.pmax(y2, c), y3 = f32x4.pmax(y3, c);
    c = v128.load(table, HIGHEST);
    y0 = f32x4.pmin(y0, c), y1 = f32x4.pmin(y1, c), y2 = f32x4.pmin(y2, c), y3 = f32x4.pmin(y3, c);
    // k: n in the low bits; y: r
    c = v128.load(table, ROUND);
    let k0 = f32x4.add(y0, c), k1 = f32x4.add(y1, c), k2 = f32x4.add(y2, c), k3 = f32x4.add(y3, c);
    y0 = f32x4.sub(y0, f32x4.sub(k0, c)), y1 = f32x4.sub(y1, f32x4.sub(k1, c));
    y2 = f32x4.sub(y2, f32x4.sub(k2, c)), y3 = f32x4.sub(y3, f32x4.sub(k3, c));
    c = v128.load(table, EXPONENT_OF_ONE);
    k0 = powerOfTwo(k0, c), k1 = powerOfTwo(k1, c), k2 = powerOfTwo(k2, c), k3 = powerOfTwo(k3, c);
    const p = v128.load(table, Q + 80);
    c = v128.load(table, Q + 64);
    let q0 = multiplyAdd(y0, p, c), q1 = multiplyAdd(y1, p, c), q2 = multiplyAdd(y2, p, c), q3 = multiplyAdd(y3, p, c);
    c = v128.load(table, Q + 48);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, Q + 32);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, Q + 16);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, Q);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, ONE);
    q0 = multiplyAdd(k0, f32x4.mul(q0, y0), f32x4.add(k0, c)), q1 = multiplyAdd(k1, f32x4.mul(q1, y1), f32x4.add(k1, c));
    q2 = multiplyAdd(k2, f32x4.mul(q2, y2), f32x4.add(k2, c)), q3 = multiplyAdd(k3, f32x4.mul(q3, y3), f32x4.add(k3, c));
    v128.store(values, f32x4.div(c, q0));
    v128.store(values, f32x4.div(c, q1), 16);
    v128.store(values, f32x4.div(c, q2), 32);
    v128.store(values, f32x4.div(c, q3), 48);
  }
}

/** target = tanh(source) = sign(x) E / (E + 2), E = e^{2|x|} - 1, without cancellation near 0; the two may be one. */
export function tanh(target: usize, source: usize, bytes: usize, table: usize): void {
  for (const end = source + bytes; source < end; source += 64) {
    let c = v128.load(table, TWICE_PER_LN2);
    let y0 = f32x4.mul(f32x4.abs(v128.load(source)), c), y1 = f32x4.mul(f32x4.abs(v128.load(source, 16)), c);
    let y2 = f32x4.mul(f32x4.abs(v128.load(source, 32)), c), y3 = f32x4.mul(f32x4.abs(v128.load(source, 48)), c);
    c = v128.load(table, SATURATED);
    y0 = f32x4.pmin(y0, c), y1 = f32x4.pmin(y1, c), y2 = f32x4.pmin(y2, c), y3 = f32x4.pmin(y3, c);
    c = v128.load(table, ROUND);
    let k0 = f32x4.add(y0, c), k1 = f32x4.add(y1, c), k2 = f32x4.add(y2, c), k3 = f32x4.add(y3, c);
    y0 = f32x4.sub(y0, f32x4.sub(k0, c)), y1 = f32x4.sub(y1, f32x4.sub(k1, c));
    y2 = f32x4.sub(y2, f32x4.sub(k2, c)), y3 = f32x4.sub(y3, f32x4.sub(k3, c));
    c = v128.load(table, EXPONENT_OF_ONE);
    k0 = powerOfTwo(k0, c), k1 = powerOfTwo(k1, c), k2 = powerOfTwo(k2, c), k3 = powerOfTwo(k3, c);
    const p = v128.load(table, Q + 80);
    c = v128.load(table, Q + 64);
    let q0 = multiplyAdd(y0, p, c), q1 = multiplyAdd(y1, p, c), q2 = multiplyAdd(y2, p, c), q3 = multiplyAdd(y3, p, c);
    c = v128.load(table, Q + 48);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, Q + 32);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, Q + 16);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, Q);
    q0 = multiplyAdd(q0, y0, c), q1 = multiplyAdd(q1, y1, c), q2 = multiplyAdd(q2, y2, c), q3 = multiplyAdd(q3, y3, c);
    c = v128.load(table, ONE);
    q0 = multiplyAdd(k0, f32x4.mul(q0, y0), f32x4.sub(k0, c)), q1 = multiplyAdd(k1, f32x4.mul(q1, y1), f32x4.sub(k1, c));
    q2 = multiplyAdd(k2, f32x4.mul(q2, y2), f32x4.sub(k2, c)), q3 = multiplyAdd(k3, f32x4.mul(q3, y3), f32x4.sub(k3, c));
    c = v128.load(table, TWO);
    q0 = f32x4.div(q0, f32x4.add(q0, c)), q1 = f32x4.div(q1, f32x4.add(q1, c));
    q2 = f32x4.div(q2, f32x4.add(q2, c)), q3 = f32x4.div(q3, f32x4.add(q3, c));
    c = v128.load(table, SIGN);
    q0 = v128.or(q0, v128.and(v128.load(source), c)), q1 = v128.or(q1, v128.and(v128.load(source, 16), c));
    q2 = v128.or(q2, v128.and(v128.load(source, 32), c)), q3 = v128.or(q3, v128.and(v128.load(source, 48), c));
    v128.store(target, q0);
    v128.store(target, q1, 16);
    v128.store(target, q2, 32);
    v128.store(target, q3, 48);
    target += 64;
  }
}
