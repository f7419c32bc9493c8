/** The plain twin: loops in float64. */
import { imputingLstmWeights, type ImputingLstmShape } from './index';

type Numbers = Float32Array | Float64Array;

export interface ImputingLstmNumbers {
  x: Numbers;
  mask: Numbers;
  valid: Numbers;
  gamma: Numbers;
  addend: Numbers;
  weights: Numbers;
}

/** Gates i, f, o, g [B, S, 4H], c_1..c_S and h_1..h_S [B, S, H]; of a held step c and h repeat and the gates are not read. */
export interface ImputingLstmTape {
  gates: Float64Array;
  cells: Float64Array;
  states: Float64Array;
}

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

/** @returns x̂ [B, S, I], h' [B, S, H] and what the way back needs. */
export function forward({ batch: B, steps: S, inputs: I, units: H }: ImputingLstmShape, { x, mask, valid, gamma, addend, weights: w }: ImputingLstmNumbers): { estimates: Float64Array; decayed: Float64Array; tape: ImputingLstmTape } {
  const { recurrent, head, headBias } = imputingLstmWeights(I, H);
  const [estimates, decayed] = [new Float64Array(B * S * I), new Float64Array(B * S * H)];
  const tape = { gates: new Float64Array(B * S * 4 * H), cells: new Float64Array(B * S * H), states: new Float64Array(B * S * H) };
  for (let b = 0; b < B; b++) {
    let h = new Float64Array(H);
    let c = new Float64Array(H);
    for (let t = 0; t < S; t++) {
      const row = b * S + t;
      const faded = h.map((value, j) => gamma[row * H + j] * value); // h'_t
      decayed.set(faded, row * H);
      const u = new Float64Array(I);
      for (let i = 0; i < I; i++) {
        let e = w[headBias + i];
        for (let j = 0; j < H; j++) e += faded[j] * w[head + j * I + i];
        estimates[row * I + i] = e;
        u[i] = mask[row * I + i] * x[row * I + i] + (1 - mask[row * I + i]) * e;
      }
      if (valid[row] !== 0) {
        const gates = tape.gates.subarray(row * 4 * H, (row + 1) * 4 * H);
        for (let n = 0; n < 4 * H; n++) {
          let a = addend[row * 4 * H + n];
          for (let i = 0; i < I; i++) a += u[i] * w[i * 4 * H + n];
          for (let k = 0; k < H; k++) a += faded[k] * w[recurrent + k * 4 * H + n];
          gates[n] = n < 3 * H ? sigma(a) : Math.tanh(a);
        }
        const [i, f, o, g] = [0, 1, 2, 3].map((gate) => gates.subarray(gate * H, (gate + 1) * H));
        c = c.map((cell, j) => f[j] * cell + i[j] * g[j]);
        h = c.map((cell, j) => o[j] * Math.tanh(cell));
      }
      tape.cells.set(c, row * H);
      tape.states.set(h, row * H);
    }
  }
  return { estimates, decayed, tape };
}

/**
 * @param gradEstimates [B, S, I]
 * @returns da [B, S, 4H], de [B, S, I], all that reaches the estimates, and dγ [B, S, H]
 */
export function backward(
  { batch: B, steps: S, inputs: I, units: H }: ImputingLstmShape,
  { mask, valid, gamma, weights: w }: Pick<ImputingLstmNumbers, 'mask' | 'valid' | 'gamma' | 'weights'>,
  { gates, cells, states }: ImputingLstmTape,
  gradEstimates: Numbers,
): { da: Float64Array; de: Float64Array; dGamma: Float64Array } {
  const { recurrent, head } = imputingLstmWeights(I, H);
  const [da, de, dGamma] = [new Float64Array(B * S * 4 * H), Float64Array.from(gradEstimates), new Float64Array(B * S * H)];
  for (let b = 0; b < B; b++) {
    const gh = new Float64Array(H);
    const gc = new Float64Array(H);
    for (let t = S - 1; t >= 0; t--) {
      const row = b * S + t;
      const at = row * 4 * H;
      if (valid[row] !== 0) {
        for (let j = 0; j < H; j++) {
          const [i, f, o, g] = [gates[at + j], gates[at + H + j], gates[at + 2 * H + j], gates[at + 3 * H + j]];
          const tanh = Math.tanh(cells[row * H + j]);
          const before = t > 0 ? cells[(row - 1) * H + j] : 0;
          const dc = gc[j] + gh[j] * o * (1 - tanh * tanh);
          da[at + j] = dc * g * i * (1 - i);
          da[at + H + j] = dc * before * f * (1 - f);
          da[at + 2 * H + j] = gh[j] * tanh * o * (1 - o);
          da[at + 3 * H + j] = dc * i * (1 - g * g);
          gc[j] = dc * f;
          gh[j] = 0;
        }
        for (let i = 0; i < I; i++) {
          let du = 0;
          for (let n = 0; n < 4 * H; n++) du += da[at + n] * w[i * 4 * H + n];
          de[row * I + i] += (1 - mask[row * I + i]) * du;
        }
      }
      for (let k = 0; k < H; k++) {
        let slope = 0; // for h'_t
        for (let n = 0; n < 4 * H; n++) slope += da[at + n] * w[recurrent + k * 4 * H + n];
        for (let i = 0; i < I; i++) slope += de[row * I + i] * w[head + k * I + i];
        dGamma[row * H + k] = t > 0 ? slope * states[(row - 1) * H + k] : 0;
        gh[k] += slope * gamma[row * H + k];
      }
    }
  }
  return { da, de, dGamma };
}
