import { checkWindow } from '../distances/band';
import { dtwCost } from '../distances/dtw';
import { warpingKernel } from '../distances/kernels/warping/wasm';
import type { SeriesView } from '../distances/SeriesView';
import { gapFactor, type Warpable } from '../distances/warpable';
import { drain } from '../lib/drain';
import type { Random } from '../lib/random';
import { alternateSteps, type AlternateResult } from './alternate';
import { dtwBarycentre } from './dtwBarycentre';
import { prototypeOf, warpingItems } from './warpingSpace';

export interface WarpingKMeansOptions {
  /** Seeded starts; the one of least inertia wins. Default 3. */
  restarts?: number;
  /** Rounds of one start at most. Default 50. */
  maxIterations?: number;
  /** Rounds of one barycentre at most. Default 30. */
  barycentreIterations?: number;
  /** K prototypes [T_k, D] to start from, instead of the seeded starts. */
  start?: readonly Float64Array[];
}

export interface DtwKMeansOptions extends WarpingKMeansOptions {
  /** Half width of the Sakoe–Chiba band, in steps. Default Infinity. */
  window?: number;
}

/**
 * k-means under dynamic time warping, with barycentres by DBA:
 *
 *     min over c of Σ_i min_k DTW(x_i, c_k)²
 *
 * Gaps: as in DTW; a prototype has none. Unequal lengths: a prototype keeps the length of the series it started from.
 *
 * @returns assignments, prototypes (values [T_k, D]) and Σ DTW². A cluster is empty only when fewer than K series differ.
 * @throws InputError when K is not from 1 to N, a series has no observed value, or the window is not a whole number
 * Source: Petitjean, Ketterlin and Gançarski (2011).
 */
export function dtwKMeans(series: readonly SeriesView[], k: number, random: Random, options: DtwKMeansOptions = {}): AlternateResult<Warpable> {
  return drain(dtwKMeansSteps(series, k, random, options));
}

/** The same step by step: yields the share that is done at most, so that a long computation can be paused or left. */
export function* dtwKMeansSteps(series: readonly SeriesView[], k: number, random: Random, options: DtwKMeansOptions = {}): Generator<number, AlternateResult<Warpable>, void> {
  const { window = Number.POSITIVE_INFINITY, restarts = 3, maxIterations = 50, barycentreIterations = 30, start } = options;
  checkWindow(window);
  const { items, prototype } = warpingItems(series);
  const kernel = warpingKernel(items);
  const cost = (i: number, centre: Warpable): number => dtwCost(items[i], centre, window) * gapFactor(items[i], centre);
  return yield* alternateSteps<Warpable>(
    items.length,
    k,
    random,
    {
      cost,
      costs: (centre) => kernel?.dtw(centre, window).map((value, i) => value * gapFactor(items[i], centre)) ?? Float64Array.from(items, (_, i) => cost(i, centre)),
      start: prototype,
      centre: (members, previous) => dtwBarycentre(members.map((i) => items[i]), previous, { window, maxIterations: barycentreIterations }),
    },
    { restarts, maxIterations, start: start?.map((values) => prototypeOf(values, series[0].d, prototype(0).seen)) },
  );
}
