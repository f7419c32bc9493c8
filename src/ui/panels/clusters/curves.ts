import type { SeriesSet } from '../../../core/series/SeriesSet';

/** Cells after which the work may pause. */
const SLICE = 40_000;

type Cells = Pick<SeriesSet, 'n' | 't' | 'd' | 'values' | 'mask'>;

/** At most `most` steps, evenly spread, the first and the last among them. */
export function sampleSteps(t: number, most: number): Int32Array {
  const count = Math.min(t, most);
  return Int32Array.from({ length: count }, (_, s) => (count === 1 ? 0 : Math.round((s * (t - 1)) / (count - 1))));
}

/** Of the values of one variable that the file knows, by series: how many, their sum, the sum of their squares. */
export interface KnownSums {
  count: Float64Array;
  sum: Float64Array;
  squares: Float64Array;
}

/** What a snapshot does not change, so that one pass over all steps serves for a whole run. */
export function* knownSums(set: Cells, variable: number): Generator<void, KnownSums, void> {
  const sums: KnownSums = { count: new Float64Array(set.n), sum: new Float64Array(set.n), squares: new Float64Array(set.n) };
  for (const [from, to] of slices(set.n, set.t)) {
    addKnown(sums, set, variable, from, to);
    yield;
  }
  return sums;
}

function addKnown({ count, sum, squares }: KnownSums, { t, d, values, mask }: Cells, variable: number, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    let [known, total, square] = [0, 0, 0];
    for (let cell = i * t * d + variable; cell < (i + 1) * t * d; cell += d) {
      const value = mask[cell] * values[cell];
      known += mask[cell];
      total += value;
      square += value * value;
    }
    count[i] = known;
    sum[i] = total;
    squares[i] = square;
  }
}

/**
 * [N, S] one variable at `steps`, in original units: what the file says, and in the gaps what the model says (`imputed`
 * [G] at the cells `gaps`, ascending). NaN where nothing is known. With the sums of what is known, each series less its
 * mean and divided by its standard deviation (a constant series is left at 0).
 */
export function* sampledCurves(set: Cells, { gaps, imputed }: { gaps: Uint32Array; imputed: Float64Array }, variable: number, steps: Int32Array, sums: KnownSums | null): Generator<void, Float32Array, void> {
  const { n, t, d, mask } = set;
  const curves = new Float32Array(n * steps.length);
  /** Of each step, its place among `steps`; -1 for none. */
  const places = new Int32Array(t).fill(-1);
  steps.forEach((step, s) => (places[step] = s));
  let g = 0;
  for (const [from, to] of slices(n, t)) {
    takeKnown(curves, set, variable, steps, from, to);
    g = fill(from, to, g);
    yield;
  }
  return curves;

  /** Puts what the model says in, for some of the series; returns the first gap of the next. */
  function fill(from: number, to: number, first: number): number {
    let at = first;
    for (let i = from; i < to; i++) {
      let [count, sum, squares] = [0, 0, 0];
      const begin = i * t * d;
      for (const end = (i + 1) * t * d; at < gaps.length && gaps[at] < end; at++) {
        if (mask[gaps[at]] === 1) continue;
        const cell = (gaps[at] - begin) | 0;
        const step = (cell / d) | 0;
        if (cell - step * d !== variable) continue;
        const value = imputed[at];
        count++;
        sum += value;
        squares += value * value;
        const s = places[step];
        if (s >= 0) curves[i * steps.length + s] = value;
      }
      if (sums === null) continue;
      count += sums.count[i];
      const mean = count > 0 ? (sums.sum[i] + sum) / count : 0;
      const deviation = Math.sqrt(Math.max(0, (sums.squares[i] + squares) / Math.max(1, count) - mean ** 2));
      const scale = deviation > 0 ? 1 / deviation : 1;
      for (let c = i * steps.length; c < (i + 1) * steps.length; c++) curves[c] = (curves[c] - mean) * scale;
    }
    return at;
  }
}

function takeKnown(curves: Float32Array, { t, d, values, mask }: Cells, variable: number, steps: Int32Array, from: number, to: number): void {
  let at = from * steps.length;
  for (let i = from; i < to; i++) {
    const begin = i * t * d + variable;
    for (let s = 0; s < steps.length; s++) {
      const cell = begin + steps[s] * d;
      curves[at++] = mask[cell] === 1 ? values[cell] : Number.NaN;
    }
  }
}

/** Series from and to which one goes without a pause. */
function* slices(n: number, t: number): Generator<readonly [number, number]> {
  const each = Math.max(1, Math.floor(SLICE / t));
  for (let from = 0; from < n; from += each) yield [from, Math.min(n, from + each)];
}
