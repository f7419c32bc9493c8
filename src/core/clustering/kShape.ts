import { correlationKernel } from '../distances/kernels/correlation/wasm';
import { shapeOf, type Match, type Shape } from '../distances/shape';
import { bestShift } from '../distances/shapeBased';
import { checkVariables, type SeriesView } from '../distances/SeriesView';
import { withoutGaps } from '../distances/withoutGaps';
import { check } from '../lib/assert';
import { drain } from '../lib/drain';
import type { Random } from '../lib/random';
import { alternateSteps, type AlternateResult } from './alternate';
import { topEigen } from './eigen';
import { gramOfColumns, gramOfRows } from './gram';

export interface KShapeOptions {
  /** Seeded starts; the one of least inertia wins. Default 5. */
  restarts?: number;
  /** Rounds of one start at most. Default 100. */
  maxIterations?: number;
  /** K prototypes [T, D] to start from, instead of the seeded starts. */
  start?: readonly Float64Array[];
}

/**
 * k-Shape: k-means under the shape-based distance, with prototypes by shape extraction.
 *
 *     μ = argmax over μ of Σ_i (x_i' μ)² / ‖μ‖² = top eigenvector of Q' (Σ_i x_i x_i') Q,   Q = I − 1 1' / T
 *
 * where members x_i are shifted to fit the last prototype best. Series and prototypes are z-normalised for each variable.
 *
 * Gaps: filled on straight lines within the series. Unequal lengths: followed by zeros, the mean, up to T. A constant
 * has no shape: it is at distance 1 from every prototype.
 *
 * @returns assignments, prototypes (values [T, D]) and Σ SBD
 * @throws InputError when K is not from 1 to N, or the variables differ
 * Source: Paparrizos and Gravano (2015), k-Shape: efficient and accurate clustering of time series, algorithms 2 and 3.
 */
export function kShape(series: readonly SeriesView[], k: number, random: Random, options: KShapeOptions = {}): AlternateResult<Shape> {
  return drain(kShapeSteps(series, k, random, options));
}

/** The same step by step: yields the share that is done at most, so that a long computation can be paused or left. */
export function* kShapeSteps(series: readonly SeriesView[], k: number, random: Random, { restarts = 5, maxIterations = 100, start }: KShapeOptions = {}): Generator<number, AlternateResult<Shape>, void> {
  check(series.length > 0, 'k-Shape needs at least one series.');
  const { d } = series[0];
  const longest = Math.max(...series.map((view) => view.end - view.start));
  const shapes = series.map((view) => {
    checkVariables(series[0], view);
    const values = new Float64Array(longest * d);
    values.set(standardised(withoutGaps(view), d));
    return shapeOf(values, d);
  });
  const kernel = correlationKernel(shapes, longest);
  const matches = (centre: Shape): Match[] => kernel?.bestShifts(centre) ?? shapes.map((shape) => bestShift(centre, shape));
  return yield* alternateSteps<Shape>(
    shapes.length,
    k,
    random,
    {
      cost: (i, centre) => 1 - bestShift(centre, shapes[i]).similarity,
      costs: (centre) => Float64Array.from(matches(centre), ({ similarity }) => 1 - similarity),
      start: (i) => shapes[i],
      centre: (members, previous) => {
        const found = matches(previous);
        return extractShape(members.map((i) => shapes[i]), members.map((i) => found[i].shift), previous);
      },
    },
    { restarts, maxIterations, start: start?.map((values) => shapeOf(values, d)) },
  );
}

/** The shape [T, D] that its members, each later by its shift, correlate with most; z-normalised. */
export function extractShape(members: readonly Shape[], shifts: readonly number[], { n: T, d: D }: Shape): Shape {
  const values = new Float64Array(T * D);
  for (let j = 0; j < D; j++) {
    const rows = new Float64Array(members.length * T);
    members.forEach((member, i) => {
      for (let t = 0; t < T; t++) {
        const from = t - shifts[i];
        if (from >= 0 && from < member.n) rows[i * T + t] = member.values[from * D + j];
      }
    });
    const column = principal(rows, members.length, T);
    for (let t = 0; t < T; t++) values[t * D + j] = column[t];
  }
  return shapeOf(standardised(values, D), D);
}

/** The top eigenvector of Q' X'X Q [T], turned towards the rows of X [N, T]; 0 when they are all flat. */
function principal(x: Float64Array, n: number, T: number): Float64Array {
  const centred = x.slice();
  for (let i = 0; i < n; i++) {
    const line = centred.subarray(i * T, (i + 1) * T);
    const mean = line.reduce((sum, value) => sum + value, 0) / T;
    for (let t = 0; t < T; t++) line[t] -= mean;
  }
  if (!(centred.reduce((sum, value) => sum + value * value, 0) > 1e-18 * T)) return new Float64Array(T);
  let mu: Float64Array = new Float64Array(T);
  if (T <= n) mu = topEigen(gramOfColumns(centred, n, T), 1).vectors;
  else {
    const u = topEigen(gramOfRows(centred, n, T), 1).vectors;
    for (let i = 0; i < n; i++) for (let t = 0; t < T; t++) mu[t] += u[i] * centred[i * T + t];
  }
  let along = 0;
  for (let i = 0; i < n; i++) for (let t = 0; t < T; t++) along += x[i * T + t] * mu[t];
  return along < 0 ? mu.map((value) => -value) : mu;
}

/** Mean 0 and standard deviation 1 for each variable of [T, D]; a constant becomes 0. */
function standardised(values: Float64Array, D: number): Float64Array {
  const T = values.length / D;
  const result = new Float64Array(values.length);
  for (let j = 0; j < D; j++) {
    let mean = 0;
    let size = 0;
    for (let t = 0; t < T; t++) {
      mean += values[t * D + j] / T;
      size = Math.max(size, Math.abs(values[t * D + j]));
    }
    let variance = 0;
    for (let t = 0; t < T; t++) variance += (values[t * D + j] - mean) ** 2 / T;
    const deviation = Math.sqrt(variance);
    if (deviation > 1e-12 * size) for (let t = 0; t < T; t++) result[t * D + j] = (values[t * D + j] - mean) / deviation;
  }
  return result;
}
