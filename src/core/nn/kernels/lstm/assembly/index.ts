/**
 * The LSTM recurrence in WebAssembly SIMD, over tfjs's own memory: every address is one in it. The rows of the batch
 * are cut into parts of R rows, R a multiple of 4, which threads may run at once; in a part the rows lie in the SIMD
 * lanes: a matrix [R, K] is K rows of R float32, H rounded up to 4 as well; what pads is 0. The module has no data of
 * its own (a test says so).
 */
import { CONSTANT_BYTES, layConstants } from '../../../../lib/assembly/activations';
import { fromLanes, layValid, padded, toLanes } from '../../../../lib/assembly/lanes';
import { cellBackward, cellForward } from '../../../../lib/assembly/lstmCell';
import { multiply, pack } from '../../../../lib/assembly/matrix';

/** What one call is about; written by wasm.ts. */
@unmanaged
class Call {
  batch: i32;
  steps: i32;
  units: i32;
  /** R. */
  rows: i32;
  a: usize;
  recurrent: usize;
  valid: usize;
  states: usize;
  tape: usize;
  gradStates: usize;
  gradient: usize;
  work: usize;
}

/** Tape of a part: gates i, f, o, g [S][4H] and c_0..c_S [S + 1][H]. Count of float32. */
export function tapeLength(rows: i32, S: i32, H: i32): i32 {
  return (4 * S + S + 1) * padded(H) * rows;
}

/** What all parts read: constants and panels, in bytes. */
// @ts-ignore: decorator
@inline
function sharedBytes(H: i32): i32 {
  return (CONSTANT_BYTES as i32) + ((4 * padded(H) * padded(H)) << 2);
}

/** Working memory of a part. */
// @ts-ignore: decorator
@inline
function partBytes(rows: i32, S: i32, H: i32): i32 {
  return (S + 8 * padded(H)) * (rows << 2);
}

/** Working memory of either pass, in bytes. */
export function workBytes(parts: i32, rows: i32, S: i32, H: i32): i32 {
  return sharedBytes(H) + parts * partBytes(rows, S, H);
}

/** Lays out what the parts share; to be called before them. */
export function prepareForward(call: Call): void {
  const H = call.units;
  layConstants(call.work);
  const panels = call.work + CONSTANT_BYTES;
  const panelSize = ((padded(H) * H) << 2) as usize;
  for (let gate = 0; gate < 4; gate++) pack(panels + panelSize * (gate as usize), H, 0, call.recurrent + ((gate * H) << 2), 4 * H, 1, H, H);
}

/** Runs the sequence for the rows of one part. a [B, S, 4H], recurrent [H, 4H], valid [B, S] → states [B, S, H] and the tape. */
export function forward(part: i32, call: Call): void {
  const S = call.steps;
  const H = call.units;
  const R = call.rows;
  const first = part * R;
  const B = min(call.batch - first, R);
  const P = padded(H);
  const size = ((P * R) << 2) as usize;
  const row = (R << 2) as usize;
  const a = call.a + ((first * S * 4 * H) << 2);
  const states = call.states + ((first * S * H) << 2);
  const tape = call.tape + ((tapeLength(R, S, H) * part) << 2);
  const constants = call.work;
  const panels = constants + CONSTANT_BYTES;
  const bits = call.work + sharedBytes(H) + part * partBytes(R, S, H);
  layValid(bits, call.valid + ((first * S) << 2), S, B, R);
  const h = bits + ((S * R) << 2);
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

/** Lays out what the parts share on the way back: panels from [i; f; o; g] to h, 4P deep, of which the padding rows are 0. */
export function prepareBackward(call: Call): void {
  const H = call.units;
  const P = padded(H);
  layConstants(call.work);
  const panels = call.work + CONSTANT_BYTES;
  memory.fill(panels, 0, ((4 * P * P) << 2) as usize);
  for (let gate = 0; gate < 4; gate++) pack(panels, 4 * P, gate * P, call.recurrent + ((gate * H) << 2), 1, 4 * H, H, H);
}

/** The way back for the rows of one part: gradStates [B, S, H] → the gradient for a [B, S, 4H]. */
export function backward(part: i32, call: Call): void {
  const S = call.steps;
  const H = call.units;
  const R = call.rows;
  const firstRow = part * R;
  const B = min(call.batch - firstRow, R);
  const P = padded(H);
  const size = ((P * R) << 2) as usize;
  const row = (R << 2) as usize;
  const gradStates = call.gradStates + ((firstRow * S * H) << 2);
  const gradient = call.gradient + ((firstRow * S * 4 * H) << 2);
  const tape = call.tape + ((tapeLength(R, S, H) * part) << 2);
  const constants = call.work;
  const panels = constants + CONSTANT_BYTES;
  const bits = call.work + sharedBytes(H) + part * partBytes(R, S, H);
  layValid(bits, call.valid + ((firstRow * S) << 2), S, B, R);
  const gh = bits + ((S * R) << 2);
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
