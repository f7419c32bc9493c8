import { sum } from '../../../lib/assembly/lanes';
import { multiplyAdd } from '../../../lib/assembly/multiplyAdd';

/** Subtracts the four lanes from the number at `target`. */
// @ts-ignore: decorator
@inline
export function take(target: usize, lanes: v128): void {
  store<f32>(target, load<f32>(target) - sum(lanes));
}

/** w = 1 / (1 + ‖d‖²) of four differences d of points. */
// @ts-ignore: decorator
@inline
export function weight(dx: v128, dy: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, multiplyAdd(dx, dx, multiplyAdd(dy, dy, one)));
}

/** Σ w of a point with four of which it is one, itself left out; `own` is its place among them. */
// @ts-ignore: decorator
@inline
export function weightOfOthers(w: v128, own: i32): f64 {
  const itself = v128.and(f32x4.splat(1), i32x4.eq(i32x4.splat(own), i32x4(0, 1, 2, 3)));
  return <f64>sum(f32x4.sub(w, itself));
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
