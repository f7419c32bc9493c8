/** The plain twin: loops in float64. */
import type { LstmShape } from './index';

type Numbers = Float32Array | Float64Array;

/** Gates i, f, o, g [B, S, 4H] and c_1..c_S [B, S, H]; of a held step c repeats and the gates are not read. */
export interface LstmTape {
  gates: Float64Array;
  cells: Float64Array;
}

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

/** @returns h_1..h_S [B, S, H] and what the way back needs. */
export function forward({ batch: B, steps: S, units: H }: LstmShape, a: Numbers, recurrent: Numbers, valid: Numbers): { states: Float64Array; tape: LstmTape } {
  const states = new Float64Array(B * S * H);
  const tape = { gates: new Float64Array(B * S * 4 * H), cells: new Float64Array(B * S * H) };
  for (let b = 0; b < B; b++) {
    let h = new Float64Array(H);
    let c = new Float64Array(H);
    for (let t = 0; t < S; t++) {
      const row = b * S + t;
      const gates = tape.gates.subarray(row * 4 * H, (row + 1) * 4 * H);
      if (valid[row] !== 0) {
        for (let n = 0; n < 4 * H; n++) {
          let sum = a[row * 4 * H + n];
          for (let k = 0; k < H; k++) sum += h[k] * recurrent[k * 4 * H + n];
          gates[n] = n < 3 * H ? sigma(sum) : Math.tanh(sum);
        }
        const [i, f, o, g] = [0, 1, 2, 3].map((gate) => gates.subarray(gate * H, (gate + 1) * H));
        c = c.map((cell, j) => f[j] * cell + i[j] * g[j]);
        h = c.map((cell, j) => o[j] * Math.tanh(cell));
      }
      states.set(h, row * H);
      tape.cells.set(c, row * H);
    }
  }
  return { states, tape };
}

/** @returns the gradient for a [B, S, 4H], from that for the states. */
export function backward({ batch: B, steps: S, units: H }: LstmShape, recurrent: Numbers, valid: Numbers, { gates, cells }: LstmTape, gradStates: Numbers): Float64Array {
  const da = new Float64Array(B * S * 4 * H);
  for (let b = 0; b < B; b++) {
    let gh = new Float64Array(H);
    const gc = new Float64Array(H);
    for (let t = S - 1; t >= 0; t--) {
      const row = b * S + t;
      for (let j = 0; j < H; j++) gh[j] += gradStates[row * H + j];
      if (valid[row] === 0) continue;
      const at = row * 4 * H;
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
      }
      gh = new Float64Array(H);
      for (let k = 0; k < H; k++) for (let n = 0; n < 4 * H; n++) gh[k] += da[at + n] * recurrent[k * 4 * H + n];
    }
  }
  return da;
}
