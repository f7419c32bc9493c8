import { check } from '../lib/assert';
import type { SeriesSet } from '../series/SeriesSet';
import type { Step } from './Step';

/**
 * Another number of steps L, by the means of L equal pieces of the time axis (piecewise aggregate approximation), over
 * what is observed in each; steps that lie across two pieces count by their share in either.
 *
 * The way back gives each step the value of the piece that holds its middle.
 * @throws InputError when L is more than T
 * Source: Keogh, Chakrabarti, Pazzani and Mehrotra (2001).
 */
export function means(set: SeriesSet, length: number): Step {
  const { t: T } = set;
  check(length <= T, `The series have ${T} step${T === 1 ? '' : 's'}, too few for means of ${length} pieces. Choose at most ${T} steps, or straight lines.`);
  const piece = Int32Array.from({ length: T }, (_, t) => Math.min(length - 1, Math.floor(((t + 0.5) * length) / T)));
  const parts = Array.from({ length }, (_, k): [number, number][] => {
    const [low, high] = [(k * T) / length, ((k + 1) * T) / length];
    const steps: [number, number][] = [];
    for (let t = Math.floor(low); t < Math.min(T, Math.ceil(high - 1e-9)); t++) steps.push([t, Math.min(high, t + 1) - Math.max(low, t)]);
    return steps;
  });
  return reshaped(set, length, parts, (t) => [[piece[t], 1]], piece);
}

/**
 * Another number of steps L, on the straight lines between neighbouring steps; a value is observed where both
 * neighbours are. The way back is the same.
 */
export function straight(set: SeriesSet, length: number): Step {
  const { t: T } = set;
  const parts = (from: number, to: number) => (k: number): [number, number][] => {
    const at = to === 1 ? 0 : (k * (from - 1)) / (to - 1);
    const low = Math.min(from - 1, Math.floor(at + 1e-9));
    const share = at - low;
    return share < 1e-9 ? [[low, 1]] : [[low, 1 - share], [low + 1, share]];
  };
  const back = parts(length, T);
  const nearest = Int32Array.from({ length: T }, (_, t) => Math.round((t * (length - 1)) / Math.max(1, T - 1)));
  return reshaped(set, length, Array.from({ length }, (_, k) => parts(T, length)(k)), back, nearest, true);
}

/** @param parts of each new step: the old steps that it is made of, and their weights; `all` of them must be observed, or any */
function reshaped(set: SeriesSet, length: number, parts: [number, number][][], backParts: (t: number) => [number, number][], steps: Int32Array, all = false): Step {
  const { n, t: T, d: D, time } = set;
  const values = new Float64Array(n * length * D);
  const mask = new Uint8Array(n * length * D);
  const [starts, ends] = [new Int32Array(n), new Int32Array(n)];
  for (let i = 0; i < n; i++) {
    const inside = parts.map((steps) => steps.some(([t]) => t >= set.starts[i] && t < set.ends[i]));
    starts[i] = inside.indexOf(true);
    ends[i] = inside.lastIndexOf(true) + 1;
    for (let k = starts[i]; k < ends[i]; k++) {
      for (let j = 0; j < D; j++) {
        const shown = parts[k].filter(([t]) => set.mask[(i * T + t) * D + j] === 1);
        if (shown.length === 0 || (all && shown.length < parts[k].length)) continue;
        const total = shown.reduce((sum, [, weight]) => sum + weight, 0);
        values[(i * length + k) * D + j] = shown.reduce((sum, [t, weight]) => sum + (weight / total) * set.values[(i * T + t) * D + j], 0);
        mask[(i * length + k) * D + j] = 1;
      }
    }
  }
  const moments = Float64Array.from(parts, (steps) => steps.reduce((sum, [t, weight]) => sum + weight * time.values[t], 0) / steps.reduce((sum, [, weight]) => sum + weight, 0));
  return {
    set: { ...set, t: length, values, mask, starts, ends, time: { ...time, values: moments, texts: Array.from(moments, String) } },
    back(complete) {
      const result = new Float64Array(n * T * D);
      for (let i = 0; i < n; i++) {
        for (let t = set.starts[i]; t < set.ends[i]; t++) {
          const known = backParts(t).map(([k, weight]): [number, number] => [Math.min(ends[i] - 1, Math.max(starts[i], k)), weight]);
          for (let j = 0; j < D; j++) result[(i * T + t) * D + j] = known.reduce((sum, [k, weight]) => sum + weight * complete[(i * length + k) * D + j], 0);
        }
      }
      return result;
    },
    steps,
  };
}
