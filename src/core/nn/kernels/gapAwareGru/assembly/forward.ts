/** The forward pass over the whole sequence: all layers inside one time loop. */
import { CONSTANT_BYTES, layConstants, sigmoid, tanh } from '../../../../lib/assembly/activations';
import { fromLanes, layValid, toLanes } from '../../../../lib/assembly/lanes';
import { multiply, pack } from '../../../../lib/assembly/matrix';
import { multiplyAdd } from '../../../../lib/assembly/multiplyAdd';
import {
  B, I, L, R, S, batch, end, estimatesSize, firstRow, imputation, imputationBias, inputsPadded, layTape, layerAt, packGates,
  parts, plain, setShape, startAt, stateWidth, take, u, withStates, Call, Layer,
} from './layout';

/** m x: [S][I] */
let observed: usize = 0;
/** 1 - m: [S][I] */
let missing: usize = 0;
/** v: [S], bits */
let valid: usize = 0;
/** e_t: [I] */
let estimate: usize = 0;
let imputationPanels: usize = 0;
let imputationBiases: usize = 0;
/** the table of the activations */
let constants: usize = 0;

/** Lays out from `address` what all parts read; its size is the end minus `address`. */
function layShared(address: usize): usize {
  startAt(address);
  constants = take(CONSTANT_BYTES >> 2);
  imputationPanels = take(inputsPadded * layerAt(L - 1).units);
  imputationBiases = take(inputsPadded);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    const depth = layer.inputs + layer.units;
    layer.zrPanels = take(2 * layer.padded * depth);
    layer.cPanels = take(layer.padded * depth);
    layer.biases = take(3 * layer.padded);
  }
  return end();
}

/** Lays out from `address` the working memory of a part. */
function layPart(address: usize): usize {
  startAt(address);
  observed = take(plain ? 0 : S * I * R);
  missing = take(plain ? 0 : S * I * R);
  valid = take(S * R);
  estimate = take(inputsPadded * R);
  return end();
}

/** Bytes of working memory. */
export function forwardBytes(call: Call): usize {
  setShape(call, -1, 0);
  return layShared(0) + layPart(0) * (parts as usize);
}

/** Lays out what the parts share; to be called before them. */
export function prepareForward(call: Call): void {
  setShape(call, -1, 0);
  layShared(call.scratch);
  layConstants(constants);
  packWeights(call.weights);
}

function packWeights(weights: usize): void {
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    const H = layer.units;
    const depth = layer.inputs + H;
    packGates(layer.zrPanels, depth, 0, weights + layer.kernel, layer.inputs, H, 0, 2);
    packGates(layer.zrPanels, depth, layer.inputs, weights + layer.recurrent, H, H, 0, 2);
    packGates(layer.cPanels, depth, 0, weights + layer.kernel, layer.inputs, H, 2, 1);
    packGates(layer.cPanels, depth, layer.inputs, weights + layer.recurrent, H, H, 2, 1);
    packGates(layer.biases, 1, 0, weights + layer.bias, 1, H, 0, 3);
  }
  const top = layerAt(L - 1).units;
  pack(imputationPanels, top, 0, weights + imputation, I, 1, top, I);
  pack(imputationBiases, 1, 0, weights + imputationBias, I, 1, 1, I);
}

/** m x and 1 - m with the rows in the lanes; x is not read where m is 0. */
function layInputs(x: usize, mask: usize): void {
  for (let t = 0; t < S; t++) {
    for (let i = 0; i < I; i++) {
      for (let b = 0; b < R; b++) {
        const from = (((b * S + t) * I + i) << 2) as usize;
        const to = (((t * I + i) * R + b) << 2) as usize;
        const m: f32 = b < B ? load<f32>(mask + from) : 1;
        store<f32>(observed + to, m != 0 && b < B ? m * load<f32>(x + from) : 0);
        store<f32>(missing + to, 1 - m);
      }
    }
  }
}

/** u_t = m_t x_t + (1 - m_t) e_{t-1} */
function fillGaps(t: i32): void {
  const size = ((I * R) << 2) as usize;
  const at = size * (t as usize);
  const to = u + (((t * inputsPadded * R) << 2) as usize);
  for (let i: usize = 0; i < size; i += 16) {
    const filled = f32x4.mul(v128.load(missing + at + i), v128.load(estimate + i));
    v128.store(to + i, f32x4.add(v128.load(observed + at + i), filled));
  }
}

/** z, r = σ(z, r);  rh = r h_{t-1} */
function openGates(zr: usize, rh: usize, h: usize, size: usize): void {
  const r = zr + size;
  sigmoid(zr, 2 * size, constants);
  for (let i: usize = 0; i < size; i += 16) v128.store(rh + i, f32x4.mul(v128.load(r + i), v128.load(h + i)));
}

/** c = tanh(c);  h_t = z h_{t-1} + (1 - z) c where the step is real, else h_{t-1} */
function renew(z: usize, c: usize, before: usize, after: usize, size: usize, bits: usize): void {
  const row = (R << 2) as usize;
  tanh(c, c, size, constants);
  for (let j: usize = 0; j < size; j += row) {
    for (let b: usize = 0; b < row; b += 16) {
      const i = j + b;
      const candidate = v128.load(c + i);
      const h = v128.load(before + i);
      const next = multiplyAdd(v128.load(z + i), f32x4.sub(h, candidate), candidate);
      v128.store(after + i, v128.bitselect(next, h, v128.load(bits + b)));
    }
  }
}

/** One step of one layer; `input` is [R, inputs]. */
function stepLayer(layer: Layer, t: i32, input: usize): void {
  const size = ((layer.padded * R) << 2) as usize;
  const at = size * (t as usize);
  const zr = layer.zr + 2 * at;
  const c = layer.c + at;
  const rh = layer.rh + at;
  const h = layer.h + at;
  const panels = layer.padded >> 2;
  multiply(zr, 2 * panels, R, input, layer.inputs, h, layer.units, layer.zrPanels, layer.biases);
  openGates(zr, rh, h, size);
  multiply(c, panels, R, input, layer.inputs, rh, layer.units, layer.cPanels, layer.biases + ((2 * layer.padded) << 2));
  renew(zr, c, h, h + size, size, valid + ((t * R) << 2));
}

function estimateFrom(h: usize, output: usize, t: i32): void {
  const top = layerAt(L - 1).units;
  multiply(estimate, inputsPadded >> 2, R, h, top, h, 0, imputationPanels, imputationBiases);
  fromLanes(output + ((t * I) << 2), estimate, I, (S + 1) * I, B, R);
}

/** Runs the sequence for the rows of one part. */
export function forward(part: i32, call: Call): void {
  setShape(call, part, part);
  layTape(call.tape + layTape(0) * (part as usize));
  layPart(layShared(call.scratch) + layPart(0) * (part as usize));
  const row = firstRow;
  const x = call.x + ((row * S * I) << 2);
  if (!plain) layInputs(x, call.mask + ((row * S * I) << 2));
  layValid(valid, call.valid + ((row * S) << 2), S, B, R);
  if (I != inputsPadded) memory.fill(u, 0, ((S * inputsPadded * R) << 2) as usize);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    memory.fill(layer.h, 0, ((layer.padded * R) << 2) as usize);
    if (!plain) toLanes(layer.h, call.initial + ((row * stateWidth + layer.state) << 2), layer.units, stateWidth, B, R);
  }
  const top = layerAt(L - 1);
  const H = top.units;
  const topSize = ((top.padded * R) << 2) as usize;
  const output = call.output + ((row * (S + 1) * I) << 2);
  const finalStates = call.output + ((estimatesSize + row * stateWidth) << 2);
  const states = call.output + ((estimatesSize + batch * stateWidth + row * S * H) << 2);
  for (let t = 0; t < S; t++) {
    let input = u + ((t * inputsPadded * R) << 2);
    if (plain) toLanes(input, x + ((t * I) << 2), I, S * I, B, R);
    else {
      estimateFrom(top.h + topSize * (t as usize), output, t);
      fillGaps(t);
    }
    for (let l = 0; l < L; l++) {
      const layer = layerAt(l);
      stepLayer(layer, t, input);
      input = layer.h + ((((t + 1) * layer.padded * R) << 2) as usize);
    }
    if (withStates) fromLanes(states + ((t * H) << 2), input, H, S * H, B, R);
  }
  if (!plain) estimateFrom(top.h + topSize * (S as usize), output, S);
  for (let l = 0; l < L; l++) {
    const layer = layerAt(l);
    fromLanes(finalStates + (layer.state << 2), layer.h + ((S * layer.padded * R) << 2), layer.units, stateWidth, B, R);
  }
}
