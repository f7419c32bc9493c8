/**
 * The LSTM recurrence in WebAssembly SIMD, over tfjs's own memory: every argument is an address in it. The rows of the
 * batch lie in the SIMD lanes: a matrix [R, K] is K rows of R float32, R = B rounded up to 4, H rounded up to 4 as
 * well; what pads is 0. The module has no data of its own (a test says so).
 */
import { CONSTANT_BYTES, layConstants } from '../../../../lib/assembly/activations';
import { fromLanes, layValid, toLanes } from '../../../../lib/assembly/lanes';
import { cellBackward, cellForward } from '../../../../lib/assembly/lstmCell';
import { multiply, pack } from '../../../../lib/assembly/matrix';

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
    const before = cells + size * (t as usize);
    cellForward(gates, size, row, before, before + size, squashed, h, h, bits + ((t * R) << 2), constants);
    fromLanes(states + ((t * H) << 2), h, H, S * H, B, R);
  }
}

/** The way back: gradStates [B, S, H] → the gradient for a [B, S, 4H]. */
export function backward(B: i32, S: i32, H: i32, recurrent: usize, valid: usize, tape: usize, gradStates: usize, gradient: usize, work: usize): void {
  const R = padded(B);
  const P = padded(H);
  const size = ((P * R) << 2) as usize;
  const row = (R << 2) as usize;
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
    toLanes(incoming, gradStates + ((t * H) << 2), H, S * H, B, R);
    cellBackward(gates, size, row, before, before + size, squashes, gh, incoming, gc, da, bits + ((t * R) << 2), constants);
    multiply(gh, P >> 2, R, da, 4 * P, da, 0, panels, 0);
    for (let gate = 0; gate < 4; gate++) fromLanes(gradient + ((t * 4 * H + gate * H) << 2), da + size * (gate as usize), H, S * 4 * H, B, R);
  }
}
