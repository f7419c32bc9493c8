/**
 * One update of Adam in WebAssembly SIMD, in place and in one pass over tfjs's own memory: every argument but the
 * numbers is an address in it. The roundings are those of the single operations. No data of its own (a test says so).
 */

/**
 * θ, m and v move by the gradient g, all [count] float32; `norm` receives ‖g‖ before clipping.
 *
 * @param rate, epsilon with the corrections of the bias
 */
export function update(count: i32, parameters: usize, m: usize, v: usize, gradient: usize, norm: usize, clip: f32, rate: f32, epsilon: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32): void {
  const whole = ((count & ~3) << 2) as usize;
  const end = (count << 2) as usize;
  let sums = f64x2.splat(0);
  for (let i: usize = 0; i < whole; i += 16) {
    const g = v128.load(gradient + i);
    const low = f64x2.promote_low_f32x4(g);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(g, g, 2, 3, 2, 3));
    sums = f64x2.add(sums, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  let squares = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (let i = whole; i < end; i += 4) squares += (load<f32>(gradient + i) as f64) * (load<f32>(gradient + i) as f64);
  const length = Math.sqrt(squares) as f32;
  store<f32>(norm, length);
  const scale = clip / max(length, clip);

  for (let i: usize = 0; i < whole; i += 16) {
    const g = f32x4.mul(v128.load(gradient + i), f32x4.splat(scale));
    const first = f32x4.add(f32x4.mul(v128.load(m + i), f32x4.splat(beta1)), f32x4.mul(g, f32x4.splat(rest1)));
    const second = f32x4.add(f32x4.mul(v128.load(v + i), f32x4.splat(beta2)), f32x4.mul(f32x4.mul(g, g), f32x4.splat(rest2)));
    v128.store(m + i, first);
    v128.store(v + i, second);
    const step = f32x4.mul(f32x4.div(first, f32x4.add(f32x4.sqrt(second), f32x4.splat(epsilon))), f32x4.splat(rate));
    v128.store(parameters + i, f32x4.sub(v128.load(parameters + i), step));
  }
  for (let i = whole; i < end; i += 4) {
    const g = load<f32>(gradient + i) * scale;
    const first: f32 = load<f32>(m + i) * beta1 + g * rest1;
    const second: f32 = load<f32>(v + i) * beta2 + g * g * rest2;
    store<f32>(m + i, first);
    store<f32>(v + i, second);
    store<f32>(parameters + i, load<f32>(parameters + i) - (first / (sqrt<f32>(second) + epsilon)) * rate);
  }
}
