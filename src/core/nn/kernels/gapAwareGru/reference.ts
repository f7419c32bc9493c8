/**
 * The plain twin of the gap-aware GRU: float64 loops, slow and obvious, the oracle of the WASM and WGSL twins.
 *
 * Source: methods.md sections 2.2, 2.3, 2.6 and 2.7 (GRU with the reset gate before the candidate's product,
 * as in the TensorFlow 1 GRUCell that both official codes use).
 */
import { gradientLayout, outputLayout, stateWidth, weightLayout, type GruShape } from './shape';

export type Numbers = Float64Array | Float32Array;

export interface GruInputs {
  /** x: [B, S, I]; any finite placeholder where the mask is 0. */
  x: Numbers;
  /** m: [B, S, I]; 1 = observed. */
  mask: Numbers;
  /** v: [B, S]; 1 = a real step, 0 = hold the state (padding). */
  valid: Numbers;
  /** h_0: [B, ΣH]. */
  initial: Numbers;
  /** [P], see weightLayout. */
  weights: Numbers;
}

/** What the backward pass needs: u, then z, r, c and h (with h_0 in front) of each layer, views of `data`. */
export interface GruTape {
  data: Float64Array;
  /** [S, B, I] */
  u: Float64Array;
  /** a layer each: [S, B, H] */
  z: Float64Array[];
  r: Float64Array[];
  c: Float64Array[];
  /** a layer each: [S+1, B, H] */
  h: Float64Array[];
}

/** A tape over `data`, by default a new one. */
export function gruTape({ batch: B, steps: S, inputs: I, units }: GruShape, data?: Float64Array): GruTape {
  const size = S * B * I + units.reduce((sum, H) => sum + (4 * S + 1) * B * H, 0);
  const all = data ?? new Float64Array(size);
  let at = 0;
  const take = (count: number): Float64Array => all.subarray(at, (at += count));
  const tape: GruTape = { data: all, u: take(S * B * I), z: [], r: [], c: [], h: [] };
  for (const H of units) {
    for (const gate of [tape.z, tape.r, tape.c]) gate.push(take(S * B * H));
    tape.h.push(take((S + 1) * B * H));
  }
  return tape;
}

const sigma = (a: number): number => 1 / (1 + Math.exp(-a));

/**
 * Forward pass over the whole sequence, all L layers inside one time loop (stack variant).
 *
 *     e_{t-1} = h^L_{t-1} W_imp + b_imp          u_t = m_t x_t + (1 - m_t) e_{t-1}
 *     z = σ(u W_z + h U_z + b_z)   r = σ(u W_r + h U_r + b_r)   c = tanh(u W_c + (r h) U_c + b_c)
 *     h_t = z h_{t-1} + (1 - z) c                 where v_t = 0: h_t = h_{t-1}
 *
 * @returns the packed outputs (see outputLayout) and the tape.
 */
export function forward(shape: GruShape, inputs: GruInputs): { output: Float64Array; tape: GruTape } {
  const { batch: B, steps: S, inputs: I, units } = shape;
  const { layers, imputation, imputationBias } = weightLayout(I, units);
  const { x, mask, valid, initial, weights: w } = inputs;
  const L = units.length;
  const top = units[L - 1];
  const sumH = stateWidth(units);
  const at = outputLayout(shape);
  const output = new Float64Array(at.size);
  const tape = gruTape(shape);

  for (let b = 0; b < B; b++) {
    for (const [l, { units: H, state }] of layers.entries()) {
      for (let j = 0; j < H; j++) tape.h[l][b * H + j] = initial[b * sumH + state + j];
    }
    const estimate = (t: number): void => {
      const h = tape.h[L - 1];
      for (let i = 0; i < I; i++) {
        let e = w[imputationBias + i];
        for (let j = 0; j < top; j++) e += h[(t * B + b) * top + j] * w[imputation + j * I + i];
        output[at.estimates + (b * (S + 1) + t) * I + i] = e;
      }
    };
    for (let t = 1; t <= S; t++) {
      estimate(t - 1);
      for (let i = 0; i < I; i++) {
        const m = mask[(b * S + t - 1) * I + i];
        const e = output[at.estimates + (b * (S + 1) + t - 1) * I + i];
        tape.u[((t - 1) * B + b) * I + i] = (m === 0 ? 0 : m * x[(b * S + t - 1) * I + i]) + (1 - m) * e;
      }
      for (const [l, { inputs: W, units: H, kernel, recurrent, bias }] of layers.entries()) {
        const now = ((t - 1) * B + b) * H;
        const before = now; // h is shifted by one: h[t-1] lies where z[t] does
        const after = (t * B + b) * H;
        const h = tape.h[l];
        const input = (k: number): number => (l === 0 ? tape.u[((t - 1) * B + b) * I + k] : tape.h[l - 1][(t * B + b) * W + k]);
        const preactivation = (gate: 0 | 1, j: number): number => {
          let a = w[bias + gate * H + j];
          for (let k = 0; k < W; k++) a += input(k) * w[kernel + k * 3 * H + gate * H + j];
          for (let k = 0; k < H; k++) a += h[before + k] * w[recurrent + k * 3 * H + gate * H + j];
          return a;
        };
        for (let j = 0; j < H; j++) {
          tape.z[l][now + j] = sigma(preactivation(0, j));
          tape.r[l][now + j] = sigma(preactivation(1, j));
        }
        for (let j = 0; j < H; j++) {
          let a = w[bias + 2 * H + j];
          for (let k = 0; k < W; k++) a += input(k) * w[kernel + k * 3 * H + 2 * H + j];
          for (let k = 0; k < H; k++) a += tape.r[l][now + k] * h[before + k] * w[recurrent + k * 3 * H + 2 * H + j];
          const c = Math.tanh(a);
          const z = tape.z[l][now + j];
          tape.c[l][now + j] = c;
          h[after + j] = valid[b * S + t - 1] === 0 ? h[before + j] : z * h[before + j] + (1 - z) * c;
        }
      }
      if (shape.states) {
        for (let j = 0; j < top; j++) output[at.states + (b * S + t - 1) * top + j] = tape.h[L - 1][(t * B + b) * top + j];
      }
    }
    estimate(S);
    for (const [l, { units: H, state }] of layers.entries()) {
      for (let j = 0; j < H; j++) output[at.finalStates + b * sumH + state + j] = tape.h[l][(S * B + b) * H + j];
    }
  }
  return { output, tape };
}

/**
 * Backward pass through time.
 *
 *     da_c = g (1 - z)(1 - c²)     da_z = g (h_{t-1} - c) z (1 - z)     q = da_c U_c'     da_r = q h_{t-1} r (1 - r)
 *     du = da_z W_z' + da_r W_r' + da_c W_c'     dx_t = m_t du     de_{t-1} = ge_{t-1} + (1 - m_t) du
 *     g ← g z + q r + da_z U_z' + da_r U_r'      (+ de_{t-1} W_imp' at the top; layer l passes du to layer l - 1)
 *
 * @param gradOutput gradient of the loss for the packed outputs.
 * @returns the packed gradients, see gradientLayout.
 */
export function backward(shape: GruShape, inputs: GruInputs, tape: GruTape, gradOutput: Numbers): Float64Array {
  const { batch: B, steps: S, inputs: I, units } = shape;
  const { layers, imputation, imputationBias } = weightLayout(I, units);
  const { mask, valid, weights: w } = inputs;
  const L = units.length;
  const top = units[L - 1];
  const sumH = stateWidth(units);
  const out = outputLayout(shape);
  const at = gradientLayout(shape);
  const grad = new Float64Array(at.size);
  const dw = grad.subarray(at.weights);

  for (let b = 0; b < B; b++) {
    // g[l]: gradient for h^l_t while t runs down
    const g = layers.map(({ units: H, state }) => Float64Array.from({ length: H }, (_, j) => gradOutput[out.finalStates + b * sumH + state + j]));
    /** Adds the share of the estimate made from h^L_t to g and to the weight gradients. */
    const throughEstimate = (t: number, de: Float64Array): void => {
      const h = tape.h[L - 1];
      for (let i = 0; i < I; i++) {
        dw[imputationBias + i] += de[i];
        for (let j = 0; j < top; j++) {
          dw[imputation + j * I + i] += h[(t * B + b) * top + j] * de[i];
          g[L - 1][j] += de[i] * w[imputation + j * I + i];
        }
      }
    };
    const gradEstimate = (t: number): Float64Array => Float64Array.from({ length: I }, (_, i) => gradOutput[out.estimates + (b * (S + 1) + t) * I + i]);

    throughEstimate(S, gradEstimate(S));
    for (let t = S; t >= 1; t--) {
      if (shape.states) {
        for (let j = 0; j < top; j++) g[L - 1][j] += gradOutput[out.states + (b * S + t - 1) * top + j];
      }
      const de = gradEstimate(t - 1);
      if (valid[b * S + t - 1] !== 0) {
        for (let l = L - 1; l >= 0; l--) {
          const { inputs: W, units: H, kernel, recurrent, bias } = layers[l];
          const now = ((t - 1) * B + b) * H;
          const h = tape.h[l].subarray(now, now + H); // h_{t-1}
          const z = tape.z[l].subarray(now, now + H);
          const r = tape.r[l].subarray(now, now + H);
          const c = tape.c[l].subarray(now, now + H);
          const da = new Float64Array(3 * H); // da_z, da_r, da_c
          const q = new Float64Array(H);
          for (let j = 0; j < H; j++) {
            da[j] = g[l][j] * (h[j] - c[j]) * z[j] * (1 - z[j]);
            da[2 * H + j] = g[l][j] * (1 - z[j]) * (1 - c[j] * c[j]);
          }
          for (let k = 0; k < H; k++) {
            for (let j = 0; j < H; j++) q[k] += da[2 * H + j] * w[recurrent + k * 3 * H + 2 * H + j];
            da[H + k] = q[k] * h[k] * r[k] * (1 - r[k]);
          }
          const du = new Float64Array(W);
          for (let k = 0; k < W; k++) {
            const u = l === 0 ? tape.u[((t - 1) * B + b) * I + k] : tape.h[l - 1][(t * B + b) * W + k];
            for (let j = 0; j < 3 * H; j++) {
              du[k] += da[j] * w[kernel + k * 3 * H + j];
              dw[kernel + k * 3 * H + j] += u * da[j];
            }
          }
          for (let k = 0; k < H; k++) {
            g[l][k] = g[l][k] * z[k] + q[k] * r[k];
            for (let j = 0; j < 2 * H; j++) {
              g[l][k] += da[j] * w[recurrent + k * 3 * H + j];
              dw[recurrent + k * 3 * H + j] += h[k] * da[j];
            }
            for (let j = 0; j < H; j++) dw[recurrent + k * 3 * H + 2 * H + j] += r[k] * h[k] * da[2 * H + j];
          }
          for (let j = 0; j < 3 * H; j++) dw[bias + j] += da[j];
          if (l > 0) {
            for (let k = 0; k < W; k++) g[l - 1][k] += du[k];
          } else {
            for (let i = 0; i < I; i++) {
              const m = mask[(b * S + t - 1) * I + i];
              grad[at.x + (b * S + t - 1) * I + i] = m * du[i];
              de[i] += (1 - m) * du[i];
            }
          }
        }
      }
      throughEstimate(t - 1, de);
    }
    for (const [l, { units: H, state }] of layers.entries()) {
      for (let j = 0; j < H; j++) grad[at.initial + b * sumH + state + j] = g[l][j];
    }
  }
  return grad;
}
