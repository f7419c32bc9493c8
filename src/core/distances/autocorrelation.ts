import { check } from '../lib/assert';
import { distanceOf, type Distance } from './Distance';
import { checkVariables, type SeriesView } from './SeriesView';

export interface AutocorrelationOptions {
  /** Greatest lag L. Default: the shorter series' steps − 1. */
  lags?: number;
}

interface Prepared {
  d: number;
  steps: number;
  /** ρ_0 … ρ_{steps−1} of each variable; NaN at lags without an observed pair. */
  rho: Float64Array[];
}

/** A standard deviation below this share of the greatest value is that of a constant. */
const CONSTANT = 1e-12;

/**
 * Autocorrelation distance (ACF), summed over the variables:
 *
 *     d(a, b) = Σ_j √( Σ_{l=1..L} ω_l (ρ_l(a_j) − ρ_l(b_j))² ),   ω_l = 1 − l / L
 *     ρ_l(a) = Σ_t (a_t − ā)(a_{t+l} − ā) / Σ_t (a_t − ā)²
 *
 * It compares how series vary, not when: a series and its shifted copy are near each other.
 *
 * Gaps: the sums of ρ_l are means over what is seen, times (T − l) / T; lags without a pair in either series are left
 * out. Unequal lengths: each series has its own ρ; lags that both have are compared. A constant has ρ_l = 0. A
 * variable without a common lag is left out and the sum rescaled by D; NaN when there is none.
 * Source: Galeano and Peña (2000), Multivariate analysis in vector time series; Madiraju, Sadat, Fisher and Karimabadi (2018).
 */
export function autocorrelation({ lags }: AutocorrelationOptions = {}): Distance<Prepared> {
  check(lags === undefined || (Number.isInteger(lags) && lags >= 1), `The greatest lag is ${lags}: choose a whole number of at least 1.`);
  return distanceOf(
    (series) => ({ d: series.d, steps: series.end - series.start, rho: Array.from({ length: series.d }, (_, j) => autocorrelations(series, j, lags)) }),
    (a, b) => {
      checkVariables(a, b);
      const last = Math.min(a.steps - 1, b.steps - 1, lags ?? Number.POSITIVE_INFINITY);
      let total = 0;
      let compared = 0;
      for (let j = 0; j < a.d; j++) {
        let sum = 0;
        let common = 0;
        for (let l = 1; l <= last; l++) {
          const difference = a.rho[j][l] - b.rho[j][l];
          if (Number.isNaN(difference)) continue;
          sum += (1 - l / last) * difference * difference;
          common++;
        }
        if (common === 0) continue;
        total += Math.sqrt(sum);
        compared++;
      }
      return compared === 0 ? Number.NaN : (total * a.d) / compared;
    },
  );
}

function autocorrelations({ d: D, start, end, values, mask }: SeriesView, j: number, lags = Number.POSITIVE_INFINITY): Float64Array {
  const T = end - start;
  const rho = new Float64Array(Math.min(T, lags + 1)).fill(Number.NaN);
  let n = 0;
  let sum = 0;
  let size = 0;
  for (let t = start; t < end; t++) {
    const at = t * D + j;
    if (mask[at] === 0) continue;
    n++;
    sum += values[at];
    size = Math.max(size, Math.abs(values[at]));
  }
  if (n === 0) return rho;
  const x = Float64Array.from({ length: T }, (_, t) => (mask[(start + t) * D + j] === 0 ? 0 : values[(start + t) * D + j] - sum / n));
  const variance = x.reduce((total, value) => total + value * value, 0) / n;
  const flat = Math.sqrt(variance) <= CONSTANT * size;
  for (let l = 0; l < rho.length; l++) {
    let products = 0;
    let pairs = 0;
    for (let t = 0; t + l < T; t++) {
      products += x[t] * x[t + l];
      pairs += mask[(start + t) * D + j] & mask[(start + t + l) * D + j];
    }
    if (pairs > 0) rho[l] = flat ? Number(l === 0) : ((products / pairs) * (1 - l / T)) / variance;
  }
  return rho;
}
