/**
 * The LSTM recurrence in WebAssembly SIMD, over tfjs's own memory: every argument is an address in it. The rows of the
 * batch lie in the SIMD lanes: a matrix [R, K] is K rows of R float32, R = B rounded up to 4, H rounded up to 4 as
 * well; what pads is 0. The module has no data of its own (a test says so).
 */
import { CONSTANT_BYTES, layConstants, sigmoid, tanh } from '../../../../lib/assembly/activations';
import { fromLanes, layValid, toLanes } from '../../../../lib/assembly/lanes';
import { multiply, pack } from '../../../../lib/assembly/matrix';
import { multiplyAdd } from '../../../../lib/assembly/multiplyAdd';

// @ts-ignore: decorator
@inline
function padded(count: i32): i32 {
  return (count + 3) & ~3;
}

/** Tape: gates i, f, o, g [S][4H] and c_0..c_S [S + 1][H]. Count of float32. */
export function tapeLength(B: i32, S: i32, H: i32): i32 {
  return (4 * S + S + 1) * padded(H) * padded(B);
}

/** Working memory of either pass, in bytes. */
export function workBytes(B: i32, S: i32, H: i32): i32 {
  const size = padded(H) * padded(B);
  return (CONSTANT_BYTES as i32) + ((S * padded(B) + 16 * padded(H) * padded(H) + 8 * size) << 2);
}

/** Runs the sequence. a [B, S, 4H], recurrent [H, 4H], valid [B, S] → states [B, S, H] and the tape. */
export function forward(B: i32, S: i32, H: i32, a: usize, recurrent: usize, valid: usize, states: usize, tape: usize, work: usize): void {
  const R = padded(B);
  const P = padded(H);
  const size = ((P * R) << 2) as usize;
  const row = (R << 2) as usize;
  const constants = work;
  layConstants(constants);
  const bits = constants + CONSTANT_BYTES;
  layValid(bits, valid, S, B, R);
  const panels = bits + ((S * R) << 2);
  const panelSize = ((P * H) << 2) as usize;
  for (let gate = 0; gate < 4; gate++) pack(panels + panelSize * (gate as usize), H, 0, recurrent + ((gate * H) << 2), 4 * H, 1, H, H);
  const h = panels + 4 * panelSize;
  const squashed = h + size;
  memory.fill(h, 0, size);
  const cells = tape + 4 * size * (S as usize);
  memory.fill(cells, 0, size);
  for (let t = 0; t < S; t++) {
    const gates = tape + 4 * size * (t as usize);
    for (let gate = 0; gate < 4; gate++) {
      memory.fill(gates + size * (gate as usize) + H * row, 0, (P - H) * row);
      toLanes(gates + size * (gate as usize), a + ((t * 4 * H + gate * H) << 2), H, S * 4 * H, B, R);
    }
    multiply(gates, P, R, h, H, h, 0, panels, 0);
    sigmoid(gates, 3 * size, constants);
    tanh(gates + 3 * size, gates + 3 * size, size, constants);
    const before = cells + size * (t as usize);
    const after = before + size;
    for (let j: usize = 0; j < size; j += row) {
      for (let b: usize = 0; b < row; b += 16) {
        const at = j + b;
        const kept = v128.load(before + at);
        const c = multiplyAdd(v128.load(gates + size + at), kept, f32x4.mul(v128.load(gates + at), v128.load(gates + 3 * size + at)));
        v128.store(after + at, v128.bitselect(c, kept, v128.load(bits + ((t * R) << 2) + b)));
      }
    }
    tanh(squashed, after, size, constants);
    for (let j: usize = 0; j < size; j += row) {
      for (let b: usize = 0; b < row; b += 16) {
        const at = j + b;
        const next = f32x4.mul(v128.load(gates + 2 * size + at), v128.load(squashed + at));
        v128.store(h + at, v128.bitselect(next, v128.load(h + at), v128.load(bits + ((t * R) << 2) + b)));
      }
    }
    fromLanes(states + ((t * H) << 2), h, H, S * H, B, R);
  }
}

/** The way back: gradStates [B, S, H] → the gradient for a [B, S, 4H]. */
export function backward(B: i32, S: i32, H: i32, recurrent: usize, valid: usize, tape: usize, gradStates: usize, gradient: usize, work: usize): void {
  const R = padded(B);
  const P = padded(H);
  const size = ((P * R) << 2) as usize;
  const row = (R << 2) as usize;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const constants = work;
  layConstants(constants);
  const bits = constants + CONSTANT_BYTES;
  layValid(bits, valid, S, B, R);
  // [i; f; o; g] to h: 4P deep, of which the padding rows stay 0
  const panels = bits + ((S * R) << 2);
  memory.fill(panels, 0, ((4 * P * P) << 2) as usize);
  for (let gate = 0; gate < 4; gate++) pack(panels, 4 * P, gate * P, recurrent + ((gate * H) << 2), 1, 4 * H, H, H);
  const gh = panels + ((4 * P * P) << 2);
  const gc = gh + size;
  const da = gc + size;
  const incoming = da + 4 * size;
  const squashes = incoming + size;
  memory.fill(gh, 0, 2 * size);
  memory.fill(incoming, 0, size);
  const cells = tape + 4 * size * (S as usize);
  for (let t = S - 1; t >= 0; t--) {
    const gates = tape + 4 * size * (t as usize);
    const before = cells + size * (t as usize);
    const after = before + size;
    toLanes(incoming, gradStates + ((t * H) << 2), H, S * H, B, R);
    tanh(squashes, after, size, constants);
    for (let j: usize = 0; j < size; j += row) {
      for (let b: usize = 0; b < row; b += 16) {
        const at = j + b;
        const i = v128.load(gates + at);
        const f = v128.load(gates + size + at);
        const o = v128.load(gates + 2 * size + at);
        const g = v128.load(gates + 3 * size + at);
        const real = v128.load(bits + ((t * R) << 2) + b);
        const slope = f32x4.add(v128.load(gh + at), v128.load(incoming + at));
        const squashed = v128.load(squashes + at);
        const carried = v128.load(gc + at);
        const dc = f32x4.add(carried, f32x4.mul(f32x4.mul(slope, o), f32x4.sub(one, f32x4.mul(squashed, squashed))));
        v128.store(da + at, v128.and(f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))), real));
        v128.store(da + size + at, v128.and(f32x4.mul(f32x4.mul(dc, v128.load(before + at)), f32x4.mul(f, f32x4.sub(one, f))), real));
        v128.store(da + 2 * size + at, v128.and(f32x4.mul(f32x4.mul(slope, squashed), f32x4.mul(o, f32x4.sub(one, o))), real));
        v128.store(da + 3 * size + at, v128.and(f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))), real));
        v128.store(gc + at, v128.bitselect(f32x4.mul(dc, f), carried, real));
        v128.store(gh + at, v128.bitselect(zero, slope, real));
      }
    }
    multiply(gh, P >> 2, R, da, 4 * P, da, 0, panels, 0);
    for (let gate = 0; gate < 4; gate++) fromLanes(gradient + ((t * 4 * H + gate * H) << 2), da + size * (gate as usize), H, S * 4 * H, B, R);
  }
}
