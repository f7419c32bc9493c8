/**
 * Where everything lies in memory. The rows of a batch are cut into parts of R rows, each with a tape and working
 * memory of its own, so that threads can take a part each; sums over all rows go through the parts in order. All
 * activations have the rows of the batch in the SIMD lanes: a matrix [R, K] is K rows of R float32, R a multiple of 4,
 * and every K is rounded up to 4 as well (suffix "Padded"); what pads is 0 or is never read.
 */
import { padded } from '../../../../lib/assembly/lanes';
import { pack } from '../../../../lib/assembly/matrix';

/** One layer: sizes, its places in the packed weights (bytes), in the tape and in the working memory. */
@unmanaged
export class Layer {
  /** inputs of this layer: I, or H of the layer below */
  inputs: i32;
  inputsPadded: i32;
  units: i32;
  padded: i32;
  /** first column in the [B, ΣH] state tensors */
  state: i32;
  /** byte offsets in the packed weights, see weightLayout in shape.ts */
  kernel: usize;
  recurrent: usize;
  bias: usize;

  /** tape, per step: z and r [2H], c [H], r h_{t-1} [H]; h from h_0 to h_S [H] */
  zr: usize;
  c: usize;
  rh: usize;
  h: usize;

  /** forward panels, [inputs; units] deep: z and r, c; and their biases z, r, c */
  zrPanels: usize;
  cPanels: usize;
  biases: usize;

  /** backward panels: [z; r] to h, c to r h, [z; r; c] to the input */
  recurrentPanels: usize;
  candidatePanels: usize;
  inputPanels: usize;
  /** gradient for h_t; q = da_c U_c' */
  g: usize;
  q: usize;
  /** da_z, da_r, da_c of the steps of a chunk, [chunk][3H] */
  da: usize;
  /** gradients, padded: [inputs, 3H], [units, 3H], [3H] */
  dKernel: usize;
  dRecurrent: usize;
  dBias: usize;
}

/** What one call is about; written by wasm.ts. Addresses are those of the packed tensors described in shape.ts. */
@unmanaged
export class Call {
  batch: i32;
  steps: i32;
  inputs: i32;
  layers: i32;
  /** Whether the states of the top layer are an output. */
  states: i32;
  /** Whether all values are observed, the first state is 0 and no estimate is made: mask and initial are not read. */
  plain: i32;
  /** Whether the gradient for x is wanted. */
  inputGradient: i32;
  /** R. */
  rows: i32;
  /** The steps that a call of the backward pass is about: from `first` to before `stop`. */
  first: i32;
  stop: i32;
  /** Into how many jobs the sums of the weight gradients are cut, by columns. */
  columnJobs: i32;
  /** Memory for the layers of each job, and before them for those of the caller. */
  records: usize;
  x: usize;
  mask: usize;
  valid: usize;
  initial: usize;
  weights: usize;
  output: usize;
  tape: usize;
  gradOutput: usize;
  /** For x and the first states, where they are wanted. */
  gradient: usize;
  weightGradient: usize;
  scratch: usize;
  // H_1..H_L follow
}

/** Rows of the whole batch. */
export let batch: i32 = 0;
/** The first row of this part. */
export let firstRow: i32 = 0;
/** Rows of this part. */
export let B: i32 = 0;
/** Rows of any part, with what pads it to a multiple of 4. */
export let R: i32 = 0;
export let parts: i32 = 0;
export let S: i32 = 0;
export let I: i32 = 0;
export let inputsPadded: i32 = 0;
export let L: i32 = 0;
/** ΣH. */
export let stateWidth: i32 = 0;
/** Whether the states of the top layer are an output. */
export let withStates: bool = false;
export let plain: bool = false;
/** Whether the gradient for x is an output. */
export let withInputGradient: bool = false;
/** Counts of float32 of the whole batch: estimates and gradient for x, 0 where there are none. */
export let estimatesSize: i32 = 0;
export let inputGradientSize: i32 = 0;
/** Byte offsets of W_imp and b_imp in the packed weights. */
export let imputation: usize = 0;
export let imputationBias: usize = 0;
/** P: count of the packed weights. */
export let weightCount: i32 = 0;
/** Steps of one chunk of the backward pass, few enough that their gradients stay in the cache. */
export let chunk: i32 = 0;
/** Steps of the backward pass between two sums: one chunk, or with several parts so many that threads seldom meet. */
export let span: i32 = 0;
let layers: usize = 0;

/** Bytes of memory for the layers of one job. */
export function recordBytes(L: i32): usize {
  return offsetof<Layer>() * (L as usize);
}

// @ts-ignore: decorator
@inline
export function layerAt(l: i32): Layer {
  return changetype<Layer>(layers + offsetof<Layer>() * (l as usize));
}

const CACHE_BYTES: i32 = 400000;

const SPAN_BYTES: i32 = 8000000;

/** Sets the sizes for one part; `job` is -1 for the caller itself. */
export function setShape(call: Call, job: i32, part: i32): void {
  batch = call.batch;
  R = call.rows;
  parts = (batch + R - 1) / R;
  firstRow = part * R;
  B = min(batch - firstRow, R);
  S = call.steps;
  I = call.inputs;
  const inputs = I;
  const count = call.layers;
  inputsPadded = padded(inputs);
  L = count;
  withStates = call.states != 0;
  plain = call.plain != 0;
  withInputGradient = call.inputGradient != 0;
  layers = call.records + recordBytes(count) * ((job + 1) as usize);
  const units = changetype<usize>(call) + offsetof<Call>();
  let at: usize = 0;
  let width = inputs;
  let step = 0;
  stateWidth = 0;
  for (let l = 0; l < count; l++) {
    const layer = layerAt(l);
    const H = load<i32>(units + ((l << 2) as usize));
    layer.inputs = width;
    layer.inputsPadded = padded(width);
    layer.units = H;
    layer.padded = padded(H);
    layer.state = stateWidth;
    layer.kernel = at;
    layer.recurrent = at + ((width * 3 * H) << 2);
    layer.bias = layer.recurrent + ((H * 3 * H) << 2);
    at = layer.bias + ((3 * H) << 2);
    stateWidth += H;
    step += 5 * layer.padded * (padded(batch) << 2);
    width = H;
  }
  estimatesSize = plain ? 0 : batch * (S + 1) * I;
  inputGradientSize = withInputGradient ? batch * S * I : 0;
  imputation = at;
  imputationBias = at + ((width * inputs) << 2);
  weightCount = ((imputationBias >> 2) as i32) + inputs;
  chunk = min(max(CACHE_BYTES / step, 4), 32);
  span = parts == 1 ? chunk : chunk * max(min(SPAN_BYTES / step, S + chunk - 1) / chunk, 1);
}

/** The next free byte while memory is being dealt out. */
let free: usize = 0;

// @ts-ignore: decorator
@inline
export function startAt(address: usize): void {
  free = address;
}

/** Deals out memory for `count` float32, aligned to 16 bytes. */
export function take(count: i32): usize {
  const at = free;
  free += (((count << 2) + 15) & ~15) as usize;
  return at;
}

// @ts-ignore: decorator
@inline
export function end(): usize {
  return free;
}

/** u_t: [S][I], the input after the gaps are filled. */
export let u: usize = 0;

/** Lays the tape of a part out from `address`; its size is the end minus `address`. */
export function layTape(address: usize): usize {
  startAt(address);
  u = take(S * inputsPadded * R);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    const size = layer.padded * R;
    layer.zr = take(S * 2 * size);
    layer.c = take(S * size);
    layer.rh = take(S * size);
    layer.h = take((S + 1) * size);
  }
  return free;
}

/** Packs [z, r, c] columns of `gates` weight blocks side by side, each padded to whole panels. */
export function packGates(panels: usize, depth: i32, first: i32, source: usize, rows: i32, H: i32, fromGate: i32, gates: i32): void {
  const size = ((padded(H) * depth) << 2) as usize;
  for (let gate = 0; gate < gates; gate++) {
    pack(panels + size * (gate as usize), depth, first, source + (((fromGate + gate) * H) << 2), 3 * H, 1, rows, H);
  }
}
