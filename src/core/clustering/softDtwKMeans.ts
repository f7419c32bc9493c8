import { warpingKernel } from '../distances/kernels/warping/wasm';
import { checkGamma, softDtwGradient, softDtwValue } from '../distances/softDtw';
import type { SeriesView } from '../distances/SeriesView';
import { gapFactor, type Warpable } from '../distances/warpable';
import { drain } from '../lib/drain';
import type { Random } from '../lib/random';
import { alternateSteps, type AlternateResult } from './alternate';
import type { WarpingKMeansOptions } from './dtwKMeans';
import { lbfgs } from './lbfgs';
import { prototypeOf, warpingItems } from './warpingSpace';

export interface SoftDtwKMeansOptions extends WarpingKMeansOptions {
  /** Smoothing (γ), in squared units of the values, above 0. Default 1. */
  gamma?: number;
}

/**
 * k-means under soft-DTW, with barycentres by L-BFGS on its gradient:
 *
 *     min over c of Σ_i min_k softDTW_γ(x_i, c_k)
 *
 * The inertia may be negative. Gaps and unequal lengths: as in {@link dtwKMeans}.
 *
 * @throws InputError when K is not from 1 to N, a series has no observed value, or γ is not above 0
 * Source: Cuturi and Blondel (2017), Soft-DTW: a differentiable loss function for time-series, section 3.2.
 */
export function softDtwKMeans(series: readonly SeriesView[], k: number, random: Random, options: SoftDtwKMeansOptions = {}): AlternateResult<Warpable> {
  return drain(softDtwKMeansSteps(series, k, random, options));
}

/** The same step by step: yields the share that is done at most, so that a long computation can be paused or left. */
export function* softDtwKMeansSteps(series: readonly SeriesView[], k: number, random: Random, options: SoftDtwKMeansOptions = {}): Generator<number, AlternateResult<Warpable>, void> {
  const { gamma = 1, restarts = 3, maxIterations = 50, barycentreIterations = 30, start } = options;
  checkGamma(gamma);
  const { items, prototype } = warpingItems(series);
  const kernel = warpingKernel(items);
  const cost = (i: number, centre: Warpable): number => softDtwValue(items[i], centre, gamma) * gapFactor(items[i], centre);
  return yield* alternateSteps<Warpable>(
    items.length,
    k,
    random,
    {
      cost,
      costs: (centre) => kernel?.softDtw(centre, gamma).map((value, i) => value * gapFactor(items[i], centre)) ?? Float64Array.from(items, (_, i) => cost(i, centre)),
      start: prototype,
      centre: (members, previous) => softDtwBarycentre(members.map((i) => items[i]), previous, gamma, barycentreIterations),
    },
    { restarts, maxIterations, start: start?.map((values) => prototypeOf(values, series[0].d, prototype(0).seen)) },
  );
}

/**
 * Soft-DTW barycentre: a local minimum over c of Σ_i softDTW_γ(c, x_i) from `start`, whose length it keeps; never worse
 * than `start`. Source: Cuturi and Blondel (2017), equation 4.
 */
export function softDtwBarycentre(members: readonly Warpable[], start: Warpable, gamma: number, maxIterations = 30): Warpable {
  const kernel = warpingKernel(members);
  const factors = members.map((member) => gapFactor(start, member));
  const objective = (values: Float64Array): { value: number; gradient: Float64Array } => {
    const centre = prototypeOf(values, start.d, start.seen);
    return kernel?.softDtwGradient(centre, gamma, factors) ?? plain(centre);
  };
  const plain = (centre: Warpable): { value: number; gradient: Float64Array } => {
    const gradient = new Float64Array(centre.values.length);
    let value = 0;
    for (const [i, member] of members.entries()) {
      const term = softDtwGradient(centre, member, gamma);
      if (term === null) continue;
      value += factors[i] * term.value;
      for (let at = 0; at < gradient.length; at++) gradient[at] += factors[i] * term.gradient[at];
    }
    return { value, gradient };
  };
  return prototypeOf(lbfgs(objective, start.values, { maxIterations }), start.d, start.seen);
}
