import type { SeriesSet } from '../../../core/series/SeriesSet';

/** Cells after which the work may pause. */
const SLICE = 40_000;

/** At most `most` steps, evenly spread, the first and the last among them. */
export function sampleSteps(t: number, most: number): Int32Array {
  const count = Math.min(t, most);
  return Int32Array.from({ length: count }, (_, s) => (count === 1 ? 0 : Math.round((s * (t - 1)) / (count - 1))));
}

/**
 * [N, S] one variable at `steps`, in original units: what the file says, and in the gaps what the model says (`imputed`
 * [G] at the cells `gaps`, ascending). NaN where nothing is known. With `perSeries`, each series less its mean and
 * divided by its standard deviation (a constant series is left at 0).
 */
export function* sampledCurves(
  { n, t, d, values, mask }: Pick<SeriesSet, 'n' | 't' | 'd' | 'values' | 'mask'>,
  { gaps, imputed }: { gaps: Uint32Array; imputed: Float32Array },
  variable: number,
  steps: Int32Array,
  perSeries: boolean,
): Generator<void, Float32Array, void> {
  const curves = new Float32Array(n * steps.length);
  const series = new Float32Array(t);
  let g = 0;
  let worked = 0;
  for (let i = 0; i < n; i++) {
    let [count, sum, squares] = [0, 0, 0];
    for (let step = 0; step < t; step++) {
      const cell = (i * t + step) * d + variable;
      while (gaps[g] < cell) g++;
      const value = mask[cell] === 1 ? values[cell] : gaps[g] === cell ? imputed[g] : Number.NaN;
      series[step] = value;
      if (Number.isNaN(value)) continue;
      count++;
      sum += value;
      squares += value ** 2;
    }
    const mean = perSeries && count > 0 ? sum / count : 0;
    const deviation = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean ** 2));
    const scale = perSeries && deviation > 0 ? 1 / deviation : 1;
    for (let s = 0; s < steps.length; s++) curves[i * steps.length + s] = (series[steps[s]] - mean) * scale;
    worked += t;
    if (worked < SLICE) continue;
    worked = 0;
    yield;
  }
  return curves;
}
