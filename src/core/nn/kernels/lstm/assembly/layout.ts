/**
 * Where everything lies in memory. The rows of a batch are cut into parts of R rows, R a multiple of 4, each with a tape
 * and working memory of its own, so that threads can take a part each. In a part the rows lie in the SIMD lanes: a
 * matrix [R, K] is K rows of R float32; I and H are rounded up to 4 (IP, HP), and what pads is 0.
 *
 * Direction d is 0 forward and 1 backward in time. Its states and cells have S + 1 slots: step t leads from slot t + d
 * to slot t + 1 − d, and the slot where it starts holds zeros.
 */
import { CONSTANT_BYTES } from '../../../../lib/assembly/activations';
import { padded } from '../../../../lib/assembly/lanes';

/** What one call is about; written by wasm.ts. */
@unmanaged
export class Call {
  batch: i32;
  steps: i32;
  inputs: i32;
  units: i32;
  /** R. */
  rows: i32;
  /** Whether this is the way back. */
  back: i32;
  /** Into how many jobs the sums of the weight gradients are cut, by columns. */
  columnJobs: i32;
  /** Of LeakyReLU below 0. */
  slope: f32;
  x: usize;
  valid: usize;
  /** Packed weights of either direction: W [I, 4H], U [H, 4H], b [4H]. */
  forward: usize;
  backward: usize;
  /** [B, S, H]. */
  states: usize;
  tape: usize;
  gradStates: usize;
  /** dx [B, S, I], and the gradients of either direction's weights. */
  dx: usize;
  dForward: usize;
  dBackward: usize;
  work: usize;
}

export let B: i32 = 0;
export let R: i32 = 0;
export let S: i32 = 0;
export let I: i32 = 0;
export let IP: i32 = 0;
export let H: i32 = 0;
export let HP: i32 = 0;
/** The first row of this part, and how many parts there are. */
export let firstRow: i32 = 0;
export let parts: i32 = 0;
/** Bytes of 1, HP and IP rows of lanes. */
export let row: usize = 0;
export let size: usize = 0;
export let inputSize: usize = 0;

/** Tape of a part: x [S][IP]; then of either direction gates i, f, o, g [S][4HP], cells and states [S + 1][HP]. */
export let x: usize = 0;
export let tapeBytes: usize = 0;
let directionBytes: usize = 0;

/** What all parts share: constants; of either direction biases and panels; on the way back their gradients as well. */
export let constants: usize = 0;
export let weightBytes: usize = 0;

/** Working memory of a part: which steps are real [S], bits; what one step makes [4][HP]; on the way back dx [S][IP] and of either direction da [S][4HP], and a panel for the sums. */
export let valid: usize = 0;
export let scratch: usize = 0;
export let dx: usize = 0;
/** Room of a job for four columns of da of all parts. */
export let panel: usize = 0;
export let partBytes: usize = 0;

export function lay(call: Call, part: i32): void {
  R = call.rows;
  S = call.steps;
  I = call.inputs;
  IP = padded(I);
  H = call.units;
  HP = padded(H);
  parts = (call.batch + R - 1) / R;
  firstRow = part * R;
  B = min(call.batch - firstRow, R);
  const steps = S as usize;
  row = (R << 2) as usize;
  size = row * (HP as usize);
  inputSize = row * (IP as usize);
  directionBytes = size * (4 * steps + 2 * (steps + 1));
  tapeBytes = inputSize * steps + 2 * directionBytes;
  x = call.tape + tapeBytes * (part as usize);
  weightBytes = ((4 * HP * (IP + HP + 1)) << 2) as usize;
  constants = call.work;
  partBytes = row * steps + 4 * size + (call.back ? (inputSize + 8 * size + 4 * row * (parts as usize)) * steps : 0);
  valid = gradientOf(2) + partBytes * (part as usize);
  scratch = valid + row * steps;
  dx = scratch + 4 * size;
  panel = dx + (inputSize + 8 * size) * steps;
}

/** Bytes of the working memory. */
export function workBytes(call: Call): usize {
  lay(call, 0);
  return valid - constants + partBytes * (parts as usize);
}

export function gatesOf(d: i32): usize {
  return x + inputSize * (S as usize) + directionBytes * (d as usize);
}

export function cellsOf(d: i32): usize {
  return gatesOf(d) + 4 * size * (S as usize);
}

export function statesOf(d: i32): usize {
  return cellsOf(d) + size * ((S + 1) as usize);
}

/** b [4HP], then the panels. */
export function weightsOf(d: i32): usize {
  return constants + CONSTANT_BYTES + weightBytes * (d as usize);
}

/** db [4HP], dW [IP, 4HP], dU [HP, 4HP]. */
export function gradientOf(d: i32): usize {
  return weightsOf(2) + weightBytes * (d as usize);
}

export function slopesOf(d: i32): usize {
  return dx + (inputSize + 4 * size * (d as usize)) * (S as usize);
}
