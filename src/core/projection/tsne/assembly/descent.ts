import { sum } from '../../../lib/assembly/lanes';
import { forces } from './forces';
import { ln, weightOfOthers } from './lanes';

/** A gain never falls below this. */
const LEAST_GAIN: f32 = 0.01;

/**
 * Steps of gradient descent with momentum and gains.
 *
 *     ∂KL/∂y_i = 4 Σ_j (e p_ij − q_ij) w_ij (y_i − y_j),   w_ij = 1 / (1 + ‖y_i − y_j‖²),   q_ij = w_ij / Z
 *
 * @param p [N, S]
 * @param state seven pairs of rows [2, S]: map, velocity, gains, attraction, repulsion, gradient. Padding of the map is far away.
 * @returns the length of the last gradient
 */
export function iterate(p: usize, state: usize, N: i32, count: i32, exaggeration: f32, momentum: f32, rate: f32): f64 {
  const row = (((N + 3) >> 2) << 4) as usize;
  const velocity = state + 2 * row;
  const gains = state + 4 * row;
  const attraction = state + 6 * row;
  const repulsion = state + 8 * row;
  const gradients = state + 10 * row;
  let squares: f64 = 0;
  for (let step = 0; step < count; step++) {
    const inverse: f32 = <f32>(1 / forces(p, state, attraction, N, row));
    squares = 0;
    for (let axis: usize = 0; axis < 2; axis++) {
      for (let i = 0; i < N; i++) {
        const at = axis * row + ((i << 2) as usize);
        const gradient: f32 = <f32>4 * (load<f32>(repulsion + at) * inverse - exaggeration * load<f32>(attraction + at));
        const before = load<f32>(velocity + at);
        let gain = load<f32>(gains + at);
        gain = before * gradient < <f32>0 ? gain + <f32>0.2 : max<f32>(gain * <f32>0.8, LEAST_GAIN);
        const next = momentum * before - rate * gain * gradient;
        store<f32>(gains + at, gain);
        store<f32>(velocity + at, next);
        store<f32>(gradients + at, gradient);
        squares += <f64>gradient * <f64>gradient;
      }
    }
    for (let axis: usize = 0; axis < 2; axis++) {
      for (let i = 0; i < N; i++) {
        const at = axis * row + ((i << 2) as usize);
        store<f32>(state + at, load<f32>(state + at) + load<f32>(velocity + at));
      }
    }
  }
  return Math.sqrt(squares);
}

/** Σ p ln(1 + ‖y_i − y_j‖²) + ln Z of the map as it is: KL(P ‖ Q) less the part of P alone, Σ p ln p. */
export function crossEntropy(p: usize, state: usize, N: i32): f64 {
  const row = (((N + 3) >> 2) << 4) as usize;
  const one = f32x4.splat(1);
  let z: f64 = 0;
  let cross: f64 = 0;
  for (let i: usize = 0; i < (N as usize); i++) {
    const xi = v128.load32_splat(state + (i << 2));
    const yi = v128.load32_splat(state + row + (i << 2));
    const own = (i << 2) & ~15;
    let w4 = f32x4.splat(0);
    let s4 = w4;
    for (let at: usize = 0; at < row; at += 16) {
      const dx = f32x4.sub(xi, v128.load(state + at));
      const dy = f32x4.sub(yi, v128.load(state + row + at));
      const u = f32x4.add(one, f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
      const w = f32x4.div(one, u);
      if (at == own) z += weightOfOthers(w, (i & 3) as i32);
      else w4 = f32x4.add(w4, w);
      s4 = f32x4.add(s4, f32x4.mul(v128.load(p + at), ln(u)));
    }
    z += <f64>sum(w4);
    cross += <f64>sum(s4);
    p += row;
  }
  return cross + Math.log(max(z, 1e-12));
}
