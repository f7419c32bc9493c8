/** a + b + c + d of the four lanes. */
// @ts-ignore: decorator
@inline
export function sum(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Subtracts the four lanes from the number at `target`. */
// @ts-ignore: decorator
@inline
export function take(target: usize, lanes: v128): void {
  store<f32>(target, load<f32>(target) - sum(lanes));
}

/** [Σa, Σb, Σc, Σd]. */
// @ts-ignore: decorator
@inline
export function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/**
 * ln x of four positive normal numbers: x = 2^e m with m in [√½, √2), ln m = 2 artanh s for s = (m − 1) / (m + 1),
 * by its series up to s⁹.
 */
// @ts-ignore: decorator
@inline
export function ln(x: v128): v128 {
  const e = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(x, i32x4.shl(e, 23));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const s2 = f32x4.mul(s, s);
  let series = f32x4.add(f32x4.mul(s2, f32x4.splat(2.0 / 9.0)), f32x4.splat(2.0 / 7.0));
  series = f32x4.add(f32x4.mul(s2, series), f32x4.splat(2.0 / 5.0));
  series = f32x4.add(f32x4.mul(s2, series), f32x4.splat(2.0 / 3.0));
  series = f32x4.add(f32x4.mul(s2, series), f32x4.splat(2));
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(e), f32x4.splat(0.6931471805599453)), f32x4.mul(s, series));
}
