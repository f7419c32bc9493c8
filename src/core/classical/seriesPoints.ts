import { linear } from '../imputation/linear';
import { matrix, type Matrix } from '../lib/matrix';
import type { TrainingData } from '../run';

/**
 * The series as points of one space, for what compares them step by step and for the map: their prepared values.
 *
 * Gaps: where the method left them, on straight lines, as by {@link linear}. Unequal lengths: a step outside of a series
 * takes the mean of that series and variable over its steps, which tells its level and nothing of its shape. For a
 * series standardised by itself that mean is 0.
 *
 * @returns x [N, T D], finite; the values themselves, not a copy, when every series is complete and as long as the axis
 */
export function seriesPoints(data: TrainingData): Matrix {
  const { n, t: T, d: D, mask, gaps, starts, ends } = data;
  const shorter = Int32Array.from({ length: n }, (_, i) => i).filter((i) => starts[i] > 0 || ends[i] < T);
  if (shorter.length === 0 && gaps.every((cell) => mask[cell] === 1)) return matrix(n, T * D, data.values);
  const values = linear(data, data.time);
  for (const i of shorter) for (let j = 0; j < D; j++) fillOutside(values.subarray(i * T * D, (i + 1) * T * D), j, D, starts[i], ends[i]);
  return matrix(n, T * D, values);
}

/** Sets variable j of a series [T, D] to its mean over the steps start <= t < end wherever else. */
function fillOutside(series: Float32Array, j: number, D: number, start: number, end: number): void {
  let mean = 0;
  for (let t = start; t < end; t++) mean += series[t * D + j] / (end - start);
  for (let t = 0; t * D < series.length; t++) if (t < start || t >= end) series[t * D + j] = mean;
}
