/**
 * Exponential of four float32 lanes, within 2 units in the last place over its whole range (tested). NaN stays NaN.
 *
 * e^y = 2^n e^r with n = round(y / ln 2) and |r| <= ln 2 / 2; e^r - 1 = r + r² q(r), where q is the Chebyshev fit
 * of degree 4 to (e^r - 1 - r) / r².
 */

/** 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits of the mantissa. */
// @ts-ignore: decorator
@inline const ROUND: f32 = 12582912;
// @ts-ignore: decorator
@inline const PER_LN2: f32 = 1.4426950408889634;
/** ln 2 in two parts, the first with few digits, so that n times it is exact. */
// @ts-ignore: decorator
@inline const LN2_HIGH: f32 = 0.693359375;
// @ts-ignore: decorator
@inline const LN2_LOW: f32 = -0.00021219444005469057;
/** Beyond it e^y leaves the normal range of float32. */
// @ts-ignore: decorator
@inline const LIMIT: f32 = 87;

/** y / ln 2 + ROUND: n in its low bits. */
// @ts-ignore: decorator
@inline
function rounded(y: v128): v128 {
  return f32x4.add(f32x4.mul(y, f32x4.splat(PER_LN2)), f32x4.splat(ROUND));
}

/** 2^n. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.add(i32x4.shl(k, 23), i32x4.splat(0x3f800000));
}

/** e^r - 1 with r = y - n ln 2. */
// @ts-ignore: decorator
@inline
function reducedExpm1(y: v128, k: v128): v128 {
  const n = f32x4.sub(k, f32x4.splat(ROUND));
  const r = f32x4.sub(f32x4.sub(y, f32x4.mul(n, f32x4.splat(LN2_HIGH))), f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let q = f32x4.add(f32x4.mul(r, f32x4.splat(0.001392637612298131)), f32x4.splat(0.008363333530724049));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.04166655242443085));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.16666576266288757));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.5));
  return f32x4.add(r, f32x4.mul(f32x4.mul(r, r), q));
}

/** e^x; x is clamped to ±87. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-LIMIT)), f32x4.splat(LIMIT));
  const k = rounded(y);
  const s = powerOfTwo(k);
  return f32x4.add(s, f32x4.mul(s, reducedExpm1(y, k)));
}
