import { distanceOf, type Distance } from './Distance';
import { checkVariables, type SeriesView } from './SeriesView';

export interface ComplexityInvariantOptions {
  /** Added to both complexities, so that constant series have a finite distance. Default 1e-9. */
  epsilon?: number;
  /** Greatest correction factor. Default Infinity. */
  maxFactor?: number;
}

interface Prepared {
  series: SeriesView;
  /** CE of each variable [D]; NaN where no two successive values are seen. */
  complexity: Float64Array;
}

/**
 * Complexity-invariant distance (CID), summed over the variables:
 *
 *     d(a, b) = Σ_j EUCL(a_j, b_j) · max(CE(a_j), CE(b_j)) / min(CE(a_j), CE(b_j))
 *     CE(a) = √( mean_t (a_{t+1} − a_t)² ) + ε
 *
 * For one variable it is at least the Euclidean distance, and equal to it when both are equally complex.
 *
 * Gaps: EUCL is rescaled to the overlap, CE is a mean over the successive pairs that are seen; a variable for which
 * one of the two series has no such pair keeps the factor 1. Unequal lengths: as in the Euclidean distance. A variable
 * without overlap is left out and the sum rescaled by D; NaN when there is none.
 * Differs: CE is a mean instead of a sum; the factor is the same when the lengths are equal, and does not depend on
 * gaps and length otherwise.
 * Source: Batista, Keogh, Tataw and de Souza (2014), CID: an efficient complexity-invariant distance for time series.
 */
export function complexityInvariant({ epsilon = 1e-9, maxFactor = Number.POSITIVE_INFINITY }: ComplexityInvariantOptions = {}): Distance<Prepared> {
  return distanceOf(
    (series) => ({ series, complexity: Float64Array.from({ length: series.d }, (_, j) => complexity(series, j)) }),
    (a, b) => {
      const { d } = a.series;
      checkVariables(a.series, b.series);
      let total = 0;
      let compared = 0;
      for (let j = 0; j < d; j++) {
        const length = overlapDistance(a.series, b.series, j);
        if (Number.isNaN(length)) continue;
        const high = Math.max(a.complexity[j], b.complexity[j]) + epsilon;
        const low = Math.min(a.complexity[j], b.complexity[j]) + epsilon;
        const factor = high / low;
        total += length * (Number.isNaN(factor) ? 1 : Math.min(factor, maxFactor));
        compared++;
      }
      return compared === 0 ? Number.NaN : (total * d) / compared;
    },
  );
}

function complexity({ t: T, d: D, values, mask }: SeriesView, j: number): number {
  let sum = 0;
  let pairs = 0;
  for (let at = j; at + D < T * D; at += D) {
    if ((mask[at] & mask[at + D]) === 0) continue;
    sum += (values[at + D] - values[at]) ** 2;
    pairs++;
  }
  return pairs === 0 ? Number.NaN : Math.sqrt(sum / pairs);
}

/** Euclidean distance of variable j, rescaled from the overlap to the axis. */
function overlapDistance(a: SeriesView, b: SeriesView, j: number): number {
  let sum = 0;
  let seen = 0;
  for (let at = j; at < Math.min(a.t, b.t) * a.d; at += a.d) {
    if ((a.mask[at] & b.mask[at]) === 0) continue;
    sum += (a.values[at] - b.values[at]) ** 2;
    seen++;
  }
  return seen === 0 ? Number.NaN : Math.sqrt((sum * Math.max(a.t, b.t)) / seen);
}
