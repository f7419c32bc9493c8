import { check } from '../lib/assert';
import { distanceOf, type Distance } from './Distance';
import { warpingKernel } from './kernels/warping/wasm';
import { checkVariables } from './SeriesView';
import { common, gapFactor, localCosts, warpable, type Warpable } from './warpable';

export interface SoftDtwOptions {
  /** Smoothing (γ), in squared units of the values, above 0; towards 0 it becomes DTW. Default 1. */
  gamma?: number;
}

interface Prepared {
  series: Warpable;
  /** softDTW_γ(a, a). */
  self: number;
}

/**
 * Soft-DTW divergence, the form of soft-DTW that is a distance:
 *
 *     d(a, b) = (T_a + T_b) / (n_a + n_b) · ( softDTW_γ(a, b) − (softDTW_γ(a, a) + softDTW_γ(b, b)) / 2 )
 *
 * In squared units. Gaps and unequal lengths: as in DTW. Throws an InputError unless γ > 0.
 * Source: Blondel, Mensch and Vert (2021), Differentiable divergences between time series.
 */
export function softDtw({ gamma = 1 }: SoftDtwOptions = {}): Distance<Prepared> {
  checkGamma(gamma);
  // Two long sums are subtracted; below 0 is rounding. A NaN stays one.
  const divergence = (value: number, a: Prepared, b: Prepared): number => {
    const above = value - (a.self + b.self) / 2;
    return Number.isNaN(above) ? above : Math.max(0, above) * gapFactor(a.series, b.series);
  };
  return distanceOf(
    (view) => {
      const series = warpable(view);
      return { series, self: softDtwValue(series, series, gamma) };
    },
    (a, b) => divergence(softDtwValue(a.series, b.series, gamma), a, b),
    (all) => {
      const kernel = warpingKernel(all.map(({ series }) => series));
      return kernel && ((i, first, end) => kernel.softDtw(all[i].series, gamma, first, end).map((value, at) => divergence(value, all[i], all[first + at])));
    },
  );
}

export function checkGamma(gamma: number): void {
  check(gamma > 0 && Number.isFinite(gamma), `The smoothing of soft-DTW is ${gamma}: choose a number above 0.`);
}

/**
 * Soft-DTW of the kept steps of two series:
 *
 *     softDTW_γ(a, b) = −γ log Σ over paths π of exp(−cost(π) / γ)
 *
 * @returns at most the squared DTW, may be negative; NaN when no variable is seen in both
 * Source: Cuturi and Blondel (2017), Soft-DTW: a differentiable loss function for time-series, algorithm 1.
 */
export function softDtwValue(a: Warpable, b: Warpable, gamma: number): number {
  const forward = accumulate(a, b, gamma);
  return forward === null ? Number.NaN : forward.r[a.n * (b.n + 2) + b.n];
}

/**
 * The value, and its gradient by the values of `a` [n_a, D]: Σ_k E_ik 2 (a_i − b_k), where E_ik is the expected number
 * of times that a path meets (i, k). `null` when the series cannot be compared.
 * Source: Cuturi and Blondel (2017), algorithm 2.
 */
export function softDtwGradient(a: Warpable, b: Warpable, gamma: number): { value: number; gradient: Float64Array } | null {
  const forward = accumulate(a, b, gamma);
  if (forward === null) return null;
  const { r, costs, both } = forward;
  const { n, d: D } = a;
  const m = b.n;
  const width = m + 2;
  const value = r[n * width + m];
  for (let i = 1; i <= n; i++) r[i * width + m + 1] = Number.NEGATIVE_INFINITY;
  r.fill(Number.NEGATIVE_INFINITY, (n + 1) * width);
  r[(n + 1) * width + m + 1] = value;

  const e = new Float64Array((n + 2) * width);
  e[(n + 1) * width + m + 1] = 1;
  const cost = (i: number, k: number): number => (i > n || k > m ? 0 : costs[(i - 1) * m + k - 1]);
  const share = (i: number, k: number, here: number): number => e[i * width + k] * Math.exp((r[i * width + k] - here - cost(i, k)) / gamma);
  const joint = both.reduce((sum, one) => sum + one, 0);
  const gradient = new Float64Array(n * D);
  for (let i = n; i >= 1; i--) {
    for (let k = m; k >= 1; k--) {
      const here = r[i * width + k];
      const expected = share(i + 1, k, here) + share(i, k + 1, here) + share(i + 1, k + 1, here);
      e[i * width + k] = expected;
      for (let j = 0; j < D; j++) {
        if (both[j] === 1) gradient[(i - 1) * D + j] += (expected * 2 * (a.values[(i - 1) * D + j] - b.values[(k - 1) * D + j]) * D) / joint;
      }
    }
  }
  return { value, gradient };
}

/** R [n + 2, m + 2] with its border, and the local costs [n, m]. */
function accumulate(a: Warpable, b: Warpable, gamma: number): { r: Float64Array; costs: Float64Array; both: Uint8Array } | null {
  checkVariables(a, b);
  const both = common(a, b);
  if (both === null) return null;
  const { n } = a;
  const m = b.n;
  const width = m + 2;
  const costs = new Float64Array(n * m);
  const r = new Float64Array((n + 2) * width).fill(Number.POSITIVE_INFINITY);
  r[0] = 0;
  for (let i = 1; i <= n; i++) {
    const line = costs.subarray((i - 1) * m, i * m);
    localCosts(a, i - 1, b, both, line);
    for (let k = 1; k <= m; k++) {
      const at = i * width + k;
      r[at] = line[k - 1] + softMin(r[at - width - 1], r[at - width], r[at - 1], gamma);
    }
  }
  return { r, costs, both };
}

/** −γ log(e^{−x/γ} + e^{−y/γ} + e^{−z/γ}); at least one is finite. The least of them adds e⁰ = 1. */
function softMin(x: number, y: number, z: number, gamma: number): number {
  if (y < x) [x, y] = [y, x];
  if (z < x) [x, z] = [z, x];
  return x - gamma * Math.log(1 + Math.exp((x - y) / gamma) + Math.exp((x - z) / gamma));
}
