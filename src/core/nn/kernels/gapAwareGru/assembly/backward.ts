/**
 * The backward pass through time, span by span from the end: `backward` makes the gradients of the pre-activations of
 * one part of the rows, then `sums` the weight gradients of some columns as matrix products over a chunk of steps at
 * once. The order of every sum is the same for any number of parts and of column jobs.
 */
import { fromLanes, layValid, toLanes } from '../../../../lib/assembly/lanes';
import { accumulateOuter, accumulateSums, multiply, pack } from '../../../../lib/assembly/matrix';
import {
  B, I, L, R, S, batch, chunk, end, estimatesSize, firstRow, imputation, imputationBias, inputGradientSize,
  inputsPadded, layTape, layerAt, parts, plain, setShape, span, startAt, stateWidth, take, u, withInputGradient, withStates,
  Call, Layer,
} from './layout';

/** v: [S], bits */
let valid: usize = 0;
/** du: [I], then scratch for one step of a state gradient */
let du: usize = 0;
/** de_{t-1} of the steps of a span: [span][I] */
let de: usize = 0;
/** de_S: [I] */
let lastDe: usize = 0;
/** a state gradient that comes from outside: [H_L] */
let outer: usize = 0;
/** four columns of da in the steps of a chunk, of all parts */
let panel: usize = 0;
/** zeros, as many as the widest layer */
let noBias: usize = 0;
/** W_imp' */
let imputationPanels: usize = 0;
let dImputation: usize = 0;
let dImputationBias: usize = 0;
/** The gradients of the weights lie between these two. */
let sumsFrom: usize = 0;
let sumsTo: usize = 0;
/** Bytes from one part to the next, in the working memory and in the tape. */
let partStride: usize = 0;
let tapeStride: usize = 0;

/** Lays out from `address` what all parts read, and the weight gradients; its size is the end minus `address`. */
function layShared(address: usize): usize {
  startAt(address);
  const top = layerAt(L - 1);
  let widest = inputsPadded;
  for (let l = 0; l < L; l++) widest = max(widest, layerAt(l).padded);
  noBias = take(widest);
  imputationPanels = take(top.padded * I);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    layer.recurrentPanels = take(layer.padded * 2 * layer.padded);
    layer.candidatePanels = take(layer.padded * layer.units);
    layer.inputPanels = take(layer.inputsPadded * 3 * layer.padded);
  }
  sumsFrom = end();
  dImputation = take(inputsPadded * top.padded);
  dImputationBias = take(inputsPadded);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    layer.dKernel = take(layer.inputsPadded * 3 * layer.padded);
    layer.dRecurrent = take(layer.padded * 3 * layer.padded);
    layer.dBias = take(3 * layer.padded);
  }
  sumsTo = end();
  return sumsTo;
}

/** Lays out from `address` the working memory of a part. */
function layPart(address: usize): usize {
  startAt(address);
  valid = take(S * R);
  du = take(inputsPadded * R);
  de = take(plain ? 0 : span * inputsPadded * R);
  lastDe = take(inputsPadded * R);
  outer = take(layerAt(L - 1).padded * R);
  panel = take(4 * R * chunk * parts);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    layer.g = take(layer.padded * R);
    layer.q = take(layer.padded * R);
    layer.da = take(span * 3 * layer.padded * R);
  }
  return end();
}

/** Sets sizes and addresses for one part. */
function lay(call: Call, job: i32, part: i32): void {
  setShape(call, job, part);
  tapeStride = layTape(0);
  layTape(call.tape + tapeStride * (part as usize));
  partStride = layPart(0);
  layPart(layShared(call.scratch) + partStride * (part as usize));
}

/** Bytes of working memory. */
export function backwardBytes(call: Call): usize {
  setShape(call, -1, 0);
  return layShared(0) + layPart(0) * (parts as usize);
}

/** Lays out what the parts share; to be called before them. Returns the steps of a span. */
export function prepareBackward(call: Call): i32 {
  lay(call, -1, 0);
  memory.fill(sumsFrom, 0, sumsTo - sumsFrom);
  memory.fill(noBias, 0, imputationPanels - noBias);
  packWeights(call.weights);
  return span;
}

/** The transposed weights; rows that pad a gate are 0. */
function packWeights(weights: usize): void {
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    const H = layer.units;
    const P = layer.padded;
    const wide = 3 * H;
    const kernel = weights + layer.kernel;
    const recurrent = weights + layer.recurrent;
    memory.fill(layer.recurrentPanels, 0, ((2 * P * P) << 2) as usize);
    memory.fill(layer.inputPanels, 0, ((layer.inputsPadded * 3 * P) << 2) as usize);
    for (let gate = 0; gate < 3; gate++) {
      const column = ((gate * H) << 2) as usize;
      if (gate < 2) pack(layer.recurrentPanels, 2 * P, gate * P, recurrent + column, 1, wide, H, H);
      pack(layer.inputPanels, 3 * P, gate * P, kernel + column, 1, wide, H, layer.inputs);
    }
    pack(layer.candidatePanels, H, 0, recurrent + ((2 * H) << 2), 1, wide, H, H);
  }
  pack(imputationPanels, I, 0, weights + imputation, 1, I, I, layerAt(L - 1).units);
}

/** da_z = g (h_{t-1} - c) z (1 - z);  da_c = g (1 - z)(1 - c²);  0 where the step is padding */
function throughRenewal(g: usize, z: usize, c: usize, h: usize, da: usize, size: usize, bits: usize): void {
  const one = f32x4.splat(1);
  const row = (R << 2) as usize;
  const dc = da + 2 * size;
  for (let j: usize = 0; j < size; j += row) {
    for (let b: usize = 0; b < row; b += 16) {
      const i = j + b;
      const update = v128.load(z + i);
      const candidate = v128.load(c + i);
      const share = f32x4.mul(v128.and(v128.load(g + i), v128.load(bits + b)), f32x4.sub(one, update));
      v128.store(da + i, f32x4.mul(f32x4.mul(share, update), f32x4.sub(v128.load(h + i), candidate)));
      v128.store(dc + i, f32x4.mul(share, f32x4.sub(one, f32x4.mul(candidate, candidate))));
    }
  }
}

/** da_r = q h_{t-1} r (1 - r);  g ← g z + q r, where the step is padding: g */
function throughReset(g: usize, q: usize, z: usize, r: usize, h: usize, dr: usize, size: usize, bits: usize): void {
  const one = f32x4.splat(1);
  const row = (R << 2) as usize;
  for (let j: usize = 0; j < size; j += row) {
    for (let b: usize = 0; b < row; b += 16) {
      const i = j + b;
      const reset = v128.load(r + i);
      const qr = f32x4.mul(v128.load(q + i), reset);
      v128.store(dr + i, f32x4.mul(f32x4.mul(qr, v128.load(h + i)), f32x4.sub(one, reset)));
      const kept = v128.load(g + i);
      const carried = v128.bitselect(f32x4.mul(kept, v128.load(z + i)), kept, v128.load(bits + b));
      v128.store(g + i, f32x4.add(carried, qr));
    }
  }
}

/** One step of one layer: fills da, moves g to h_{t-1}, and passes du on: into `below`, or as a fresh value, or not at all. */
function stepLayer(layer: Layer, t: i32, slot: i32, below: usize, fresh: bool): void {
  const P = layer.padded;
  const H = layer.units;
  const size = ((P * R) << 2) as usize;
  const at = size * (t as usize);
  const z = layer.zr + 2 * at;
  const h = layer.h + at;
  const da = layer.da + 3 * size * (slot as usize);
  const bits = valid + (((t * R) << 2) as usize);
  throughRenewal(layer.g, z, layer.c + at, h, da, size, bits);
  const dc = da + 2 * size;
  multiply(layer.q, P >> 2, R, dc, H, dc, 0, layer.candidatePanels, noBias);
  throughReset(layer.g, layer.q, z, z + size, h, da + size, size, bits);
  multiply(layer.g, P >> 2, R, da, 2 * P, da, 0, layer.recurrentPanels, 0);
  if (below) multiply(below, layer.inputsPadded >> 2, R, da, 3 * P, da, 0, layer.inputPanels, fresh ? noBias : 0);
}

/** dx_t = m du and de_{t-1} = ge_{t-1} + (1 - m) du, with the rows of de in the lanes. */
function throughInput(t: i32, slot: i32, mask: usize, gradOutput: usize, dx: usize): void {
  const to = de + (((slot * inputsPadded * R) << 2) as usize);
  for (let b = 0; b < B; b++) {
    for (let i = 0; i < I; i++) {
      const at = (((b * S + t) * I + i) << 2) as usize;
      const lane = ((i * R + b) << 2) as usize;
      const m = load<f32>(mask + at);
      const d = load<f32>(du + lane);
      store<f32>(dx + at, m * d);
      store<f32>(to + lane, load<f32>(gradOutput + (((b * (S + 1) + t) * I + i) << 2)) + (1 - m) * d);
    }
  }
}

/** g of the top layer += de W_imp' */
function throughEstimate(top: Layer, from: usize): void {
  multiply(top.g, top.padded >> 2, R, from, I, from, 0, imputationPanels, 0);
}

/** The first column of a job, where `jobs` share N columns in fours. */
// @ts-ignore: decorator
@inline
function columnOf(job: i32, jobs: i32, N: i32): i32 {
  return (((N >> 2) * job) / jobs) << 2;
}

/** G += Bᵀ A for the columns of a job; `a` and `b` lie in the working memory and in the tape of the first part. */
function sumColumns(job: i32, jobs: i32, g: usize, width: i32, a: usize, N: i32, aStep: usize, b: usize, K: i32, bStep: usize, steps: i32): void {
  const from = columnOf(job, jobs, N);
  const count = columnOf(job + 1, jobs, N) - from;
  accumulateOuter(g + (from << 2), width, a + ((from * R) << 2), count, aStep, partStride, b, K, bStep, tapeStride, parts, steps, R, panel);
}

/** dW_imp, db_imp of the estimates made from h_t, t from `first` on. */
function sumImputation(job: i32, jobs: i32, from: usize, first: i32, steps: i32): void {
  const top = layerAt(L - 1);
  const hStep = ((top.padded * R) << 2) as usize;
  const eStep = ((inputsPadded * R) << 2) as usize;
  sumColumns(job, jobs, dImputation, inputsPadded, from, inputsPadded, eStep, top.h + hStep * (first as usize), top.padded, hStep, steps);
  if (job == 0) accumulateSums(dImputationBias, from, inputsPadded, eStep, partStride, parts, steps, R);
}

/** dW, dU and db of the steps from `first` on, whose gradients start at `slot`. */
function sumLayer(job: i32, jobs: i32, layer: Layer, input: usize, slot: i32, first: i32, steps: i32): void {
  const P = layer.padded;
  const size = ((P * R) << 2) as usize;
  const at = size * (first as usize);
  const inputStep = ((layer.inputsPadded * R) << 2) as usize;
  const da = layer.da + 3 * size * (slot as usize);
  const dc = da + 2 * size;
  sumColumns(job, jobs, layer.dKernel, 3 * P, da, 3 * P, 3 * size, input, (layer.inputs + 1) & ~1, inputStep, steps);
  sumColumns(job, jobs, layer.dRecurrent, 3 * P, da, 2 * P, 3 * size, layer.h + at, P, size, steps);
  sumColumns(job, jobs, layer.dRecurrent + ((2 * P) << 2), 3 * P, dc, P, 3 * size, layer.rh + at, P, size, steps);
  if (job == 0) accumulateSums(layer.dBias, da, 3 * P, 3 * size, partStride, parts, steps, R);
}

/** Adds the weight gradients of the steps of the span, for the columns of one job. */
export function sums(job: i32, call: Call): void {
  lay(call, job, 0);
  panel += partStride * (job as usize); // jobs run side by side, so each has its own
  const jobs = call.columnJobs;
  let stop = call.stop;
  if (!plain && stop == S) sumImputation(job, jobs, lastDe, S, 1);
  while (stop > call.first) {
    const first = max(stop - chunk, call.first);
    const slot = first - call.first;
    const steps = stop - first;
    if (!plain) sumImputation(job, jobs, de + (((slot * inputsPadded * R) << 2) as usize), first, steps);
    let input = u + (((first * inputsPadded * R) << 2) as usize);
    for (let l = 0; l < L; l++) {
      const layer = layerAt(l);
      sumLayer(job, jobs, layer, input, slot, first, steps);
      input = layer.h + ((((first + 1) * layer.padded * R) << 2) as usize);
    }
    stop = first;
  }
}

/** Rows of a padded gradient into the packed one. */
function unpack(target: usize, source: usize, rows: i32, H: i32, P: i32): void {
  for (let k = 0; k < rows; k++) {
    for (let gate = 0; gate < 3; gate++) {
      memory.copy(target + ((((k * 3 + gate) * H) << 2) as usize), source + ((((k * 3 + gate) * P) << 2) as usize), (H << 2) as usize);
    }
  }
}

/** Writes the weight gradients; to be called after the last sums. */
export function finishBackward(call: Call): void {
  lay(call, -1, 0);
  const dw = call.weightGradient;
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    const H = layer.units;
    const P = layer.padded;
    unpack(dw + layer.kernel, layer.dKernel, layer.inputs, H, P);
    unpack(dw + layer.recurrent, layer.dRecurrent, H, H, P);
    unpack(dw + layer.bias, layer.dBias, 1, H, P);
  }
  for (let j = 0; j < layerAt(L - 1).units; j++) {
    memory.copy(dw + imputation + ((j * I) << 2), dImputation + ((j * inputsPadded) << 2), (I << 2) as usize);
  }
  memory.copy(dw + imputationBias, dImputationBias, (I << 2) as usize);
}

/** At the end of the sequence: g from the final states and the last estimate. */
function startFromEnd(call: Call): void {
  layValid(valid, call.valid + ((firstRow * S) << 2), S, B, R);
  if (!plain) {
    memory.fill(de, 0, ((span * inputsPadded * R) << 2) as usize);
    memory.fill(lastDe, 0, ((inputsPadded * R) << 2) as usize);
  }
  const top = layerAt(L - 1);
  memory.fill(outer, 0, ((top.padded * R) << 2) as usize);
  const finalStates = call.gradOutput + ((estimatesSize + firstRow * stateWidth) << 2);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    memory.fill(layer.g, 0, ((layer.padded * R) << 2) as usize);
    toLanes(layer.g, finalStates + (layer.state << 2), layer.units, stateWidth, B, R);
  }
  if (plain) return;
  toLanes(lastDe, call.gradOutput + ((firstRow * (S + 1) * I + S * I) << 2), I, (S + 1) * I, B, R);
  throughEstimate(top, lastDe);
}

/** Runs a span of the sequence backwards for the rows of one part; spans go from the end to the start. */
export function backward(part: i32, call: Call): void {
  lay(call, part, part);
  if (call.stop == S) startFromEnd(call);
  const top = layerAt(L - 1);
  const H = top.units;
  const mask = call.mask + ((firstRow * S * I) << 2);
  const gradOutput = call.gradOutput + ((firstRow * (S + 1) * I) << 2);
  const states = call.gradOutput + ((estimatesSize + batch * stateWidth + firstRow * S * H) << 2);
  const dx = call.gradient + ((firstRow * S * I) << 2);
  for (let t = call.stop - 1; t >= call.first; t--) {
    const slot = t - call.first;
    if (withStates) {
      toLanes(outer, states + ((t * H) << 2), H, S * H, B, R);
      const size = ((H * R) << 2) as usize;
      for (let i: usize = 0; i < size; i += 16) {
        v128.store(top.g + i, f32x4.add(v128.load(top.g + i), v128.load(outer + i)));
      }
    }
    for (let l = L - 1; l > 0; l--) stepLayer(layerAt(l), t, slot, layerAt(l - 1).g, false);
    stepLayer(layerAt(0), t, slot, plain && !withInputGradient ? 0 : du, true);
    if (!plain) {
      throughInput(t, slot, mask, gradOutput, dx);
      throughEstimate(top, de + (((slot * inputsPadded * R) << 2) as usize));
    } else if (withInputGradient) fromLanes(dx + ((t * I) << 2), du, I, S * I, B, R);
  }
  if (plain || call.first > 0) return;
  const dInitial = call.gradient + ((inputGradientSize + firstRow * stateWidth) << 2);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    fromLanes(dInitial + (layer.state << 2), layer.g, layer.units, stateWidth, B, R);
  }
}
