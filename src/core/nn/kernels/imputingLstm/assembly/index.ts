/**
 * The imputing LSTM in WebAssembly SIMD, over tfjs's own memory: every argument is an address in it. The rows of the
 * batch lie in the SIMD lanes: a matrix [R, K] is K rows of R float32, R = B rounded up to 4, H and I rounded up to 4
 * as well; what pads is 0. The module has no data of its own (a test says so).
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

/** Tape: gates i, f, o, g [S][4H], c_0..c_S and h_0..h_S [S + 1][H]. Count of float32. */
export function tapeLength(B: i32, S: i32, H: i32): i32 {
  return (6 * S + 2) * padded(H) * padded(B);
}

/** Working memory of either pass, in bytes. */
export function workBytes(B: i32, S: i32, I: i32, H: i32): i32 {
  const R = padded(B);
  const P = padded(H);
  const Q = padded(I);
  return (CONSTANT_BYTES as i32) + ((S * R + 4 * P * (P + Q) + 5 * P * Q + Q + (9 * P + 4 * Q) * R) << 2);
}

/** target = a b over `bytes` of lanes. */
function product(target: usize, a: usize, b: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, f32x4.mul(v128.load(a + at), v128.load(b + at)));
}

/**
 * Runs the sequence. x, mask [B, S, I], valid [B, S], gamma [B, S, H], addend [B, S, 4H], weights as weightLayout →
 * output: estimates [B, S, I], then decayed states [B, S, H]; and the tape.
 */
export function forward(B: i32, S: i32, I: i32, H: i32, x: usize, mask: usize, valid: usize, gamma: usize, addend: usize, weights: usize, output: usize, tape: usize, work: usize): void {
  const R = padded(B);
  const P = padded(H);
  const Q = padded(I);
  const size = ((P * R) << 2) as usize;
  const narrow = ((Q * R) << 2) as usize;
  const row = (R << 2) as usize;
  const constants = work;
  layConstants(constants);
  const bits = constants + CONSTANT_BYTES;
  layValid(bits, valid, S, B, R);
  const recurrent = weights + ((I * 4 * H) << 2);
  const head = recurrent + ((H * 4 * H) << 2);
  const panels = bits + ((S * R) << 2);
  const panelSize = ((P * (H + I)) << 2) as usize;
  for (let gate = 0; gate < 4; gate++) {
    pack(panels + panelSize * (gate as usize), H + I, 0, recurrent + ((gate * H) << 2), 4 * H, 1, H, H);
    pack(panels + panelSize * (gate as usize), H + I, H, weights + ((gate * H) << 2), 4 * H, 1, I, H);
  }
  const headPanels = panels + 4 * panelSize;
  pack(headPanels, H, 0, head, I, 1, H, I);
  const headBias = headPanels + ((Q * H) << 2);
  memory.fill(headBias, 0, (Q << 2) as usize);
  memory.copy(headBias, head + ((H * I) << 2), (I << 2) as usize);
  const decayed = (headBias + (Q << 2) + 15) & ~15;
  const rate = decayed + size;
  const u = rate + size;
  const shown = u + narrow;
  const observed = shown + narrow;
  memory.fill(decayed, 0, 2 * size + 3 * narrow);
  const cells = tape + 4 * size * (S as usize);
  const states = cells + size * ((S + 1) as usize);
  memory.fill(cells, 0, size);
  memory.fill(states, 0, size);
  const decayedOutput = output + ((B * S * I) << 2);
  const one = f32x4.splat(1);
  for (let t = 0; t < S; t++) {
    const gates = tape + 4 * size * (t as usize);
    const before = cells + size * (t as usize);
    const h = states + size * (t as usize);
    const next = h + size;
    toLanes(rate, gamma + ((t * H) << 2), H, S * H, B, R);
    product(decayed, h, rate, size);
    multiply(u, Q >> 2, R, decayed, H, decayed, 0, headPanels, headBias); // x̂_t
    fromLanes(output + ((t * I) << 2), u, I, S * I, B, R);
    fromLanes(decayedOutput + ((t * H) << 2), decayed, H, S * H, B, R);
    toLanes(shown, x + ((t * I) << 2), I, S * I, B, R);
    toLanes(observed, mask + ((t * I) << 2), I, S * I, B, R);
    for (let at: usize = 0; at < narrow; at += 16) {
      const m = v128.load(observed + at);
      v128.store(u + at, f32x4.add(f32x4.mul(m, v128.load(shown + at)), f32x4.mul(f32x4.sub(one, m), v128.load(u + at))));
    }
    for (let gate = 0; gate < 4; gate++) {
      memory.fill(gates + size * (gate as usize) + H * row, 0, (P - H) * row);
      toLanes(gates + size * (gate as usize), addend + ((t * 4 * H + gate * H) << 2), H, S * 4 * H, B, R);
    }
    multiply(gates, P, R, decayed, H, u, I, panels, 0);
    cellForward(gates, size, row, before, before + size, next, h, next, bits + ((t * R) << 2), constants);
  }
}

/** The way back: gradEstimates [B, S, I] → gradient: da [B, S, 4H], de [B, S, I], dγ [B, S, H]. */
export function backward(B: i32, S: i32, I: i32, H: i32, mask: usize, valid: usize, gamma: usize, weights: usize, tape: usize, gradEstimates: usize, gradient: usize, work: usize): void {
  const R = padded(B);
  const P = padded(H);
  const Q = padded(I);
  const size = ((P * R) << 2) as usize;
  const narrow = ((Q * R) << 2) as usize;
  const row = (R << 2) as usize;
  const one = f32x4.splat(1);
  const constants = work;
  layConstants(constants);
  const bits = constants + CONSTANT_BYTES;
  layValid(bits, valid, S, B, R);
  const recurrent = weights + ((I * 4 * H) << 2);
  const head = recurrent + ((H * 4 * H) << 2);
  // [i; f; o; g; x̂] to the decayed state, and [i; f; o; g] to u: the padding rows stay 0
  const panels = bits + ((S * R) << 2);
  const depth = 4 * P + I;
  const inputPanels = panels + ((P * depth) << 2);
  memory.fill(panels, 0, ((P * depth + Q * 4 * P) << 2) as usize);
  for (let gate = 0; gate < 4; gate++) {
    pack(panels, depth, gate * P, recurrent + ((gate * H) << 2), 1, 4 * H, H, H);
    pack(inputPanels, 4 * P, gate * P, weights + ((gate * H) << 2), 1, 4 * H, H, I);
  }
  pack(panels, depth, 4 * P, head, 1, I, I, H);
  const gh = inputPanels + ((Q * 4 * P) << 2);
  const gc = gh + size;
  const da = gc + size;
  const dDecayed = da + 4 * size;
  const rate = dDecayed + size;
  const squashes = rate + size;
  const de = squashes + size;
  const du = de + narrow;
  const observed = du + narrow;
  memory.fill(gh, 0, 9 * size + 3 * narrow);
  const cells = tape + 4 * size * (S as usize);
  const states = cells + size * ((S + 1) as usize);
  const gradEstimate = gradient + ((B * S * 4 * H) << 2);
  const gradGamma = gradEstimate + ((B * S * I) << 2);
  for (let t = S - 1; t >= 0; t--) {
    const gates = tape + 4 * size * (t as usize);
    const before = cells + size * (t as usize);
    cellBackward(gates, size, row, before, before + size, squashes, gh, 0, gc, da, bits + ((t * R) << 2), constants);
    toLanes(de, gradEstimates + ((t * I) << 2), I, S * I, B, R);
    toLanes(observed, mask + ((t * I) << 2), I, S * I, B, R);
    memory.fill(du, 0, narrow);
    multiply(du, Q >> 2, R, da, 4 * P, da, 0, inputPanels, 0);
    for (let at: usize = 0; at < narrow; at += 16) {
      v128.store(de + at, f32x4.add(v128.load(de + at), f32x4.mul(f32x4.sub(one, v128.load(observed + at)), v128.load(du + at))));
    }
    memory.fill(dDecayed, 0, size);
    multiply(dDecayed, P >> 2, R, da, 4 * P, de, I, panels, 0);
    toLanes(rate, gamma + ((t * H) << 2), H, S * H, B, R);
    for (let at: usize = 0; at < size; at += 16) {
      v128.store(gh + at, f32x4.add(v128.load(gh + at), f32x4.mul(v128.load(rate + at), v128.load(dDecayed + at))));
    }
    product(rate, dDecayed, states + size * (t as usize), size); // dγ_t
    for (let gate = 0; gate < 4; gate++) fromLanes(gradient + ((t * 4 * H + gate * H) << 2), da + size * (gate as usize), H, S * 4 * H, B, R);
    fromLanes(gradEstimate + ((t * I) << 2), de, I, S * I, B, R);
    fromLanes(gradGamma + ((t * H) << 2), rate, H, S * H, B, R);
  }
}
