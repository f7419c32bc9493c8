import { sakoeChiba, checkWindow, type Band } from './band';
import { distanceOf, type Distance } from './Distance';
import { warpingKernel } from './kernels/warping/wasm';
import { checkVariables } from './SeriesView';
import { traceBack, type Alignment } from './traceBack';
import { common, gapFactor, localCosts, warpable, type Warpable } from './warpable';

export interface DtwOptions {
  /** Half width of the Sakoe–Chiba band, in steps. Default Infinity: no band. */
  window?: number;
}

/**
 * Dynamic time warping: the Euclidean distance along the cheapest alignment, all variables warped together.
 *
 *     d(a, b) = √( (T_a + T_b) / (n_a + n_b) · min over paths π of Σ_{(t,s) ∈ π} ‖a_t − b_s‖² )
 *
 * Gaps: steps at which nothing is observed are left out (n of T are kept) and the cost is scaled up in proportion; a
 * variable missing at a kept step is interpolated; variables that only one series has are left out, and the others
 * scaled up. Unequal lengths: warped to each other. NaN when no variable is seen in both.
 * Throws an InputError when the window is not a whole number of steps.
 * Source: Sakoe and Chiba (1978), Dynamic programming algorithm optimization for spoken word recognition.
 */
export function dtw({ window = Number.POSITIVE_INFINITY }: DtwOptions = {}): Distance<Warpable> {
  checkWindow(window);
  const length = (cost: number, a: Warpable, b: Warpable): number => Math.sqrt(cost * gapFactor(a, b));
  return distanceOf(
    warpable,
    (a, b) => length(dtwCost(a, b, window), a, b),
    (series) => {
      const kernel = warpingKernel(series);
      return kernel && ((i, first, end) => kernel.dtw(series[i], window, first, end).map((cost, at) => length(cost, series[i], series[first + at])));
    },
  );
}

/** min over paths π of Σ_{(t,s) ∈ π} ‖a_t − b_s‖², the squared DTW of the kept steps; NaN when they cannot be compared. */
export function dtwCost(a: Warpable, b: Warpable, window = Number.POSITIVE_INFINITY): number {
  checkVariables(a, b);
  const both = common(a, b);
  if (both === null) return Number.NaN;
  const band = window === Number.POSITIVE_INFINITY ? null : sakoeChiba(a, b, window);
  const costs = new Float64Array(b.n);
  const row = new Float64Array(b.n + 1).fill(Number.POSITIVE_INFINITY);
  row[0] = 0;
  for (let i = 0; i < a.n; i++) {
    localCosts(a, i, b, both, costs, band?.from[i], band?.to[i]);
    advance(row, row, costs, band, i);
  }
  return row[b.n];
}

/** One row of the recurrence r_ik = c_ik + min(r_{i−1,k−1}, r_{i−1,k}, r_{i,k−1}); `previous` and `next` may be the same array. */
function advance(previous: Float64Array, next: Float64Array, costs: Float64Array, band: Band | null, i: number): void {
  const n = costs.length;
  const from = band === null ? 0 : band.from[i];
  const to = band === null ? n : band.to[i];
  let diagonal = previous[from];
  next.fill(Number.POSITIVE_INFINITY, 0, from + 1);
  let left = Number.POSITIVE_INFINITY;
  for (let k = from; k < to; k++) {
    const up = previous[k + 1];
    let least = left;
    if (up < least) least = up;
    if (diagonal < least) least = diagonal;
    left = costs[k] + least;
    diagonal = up;
    next[k + 1] = left;
  }
  next.fill(Number.POSITIVE_INFINITY, to + 1);
}

/** The cheapest path and its cost; null when the series cannot be compared. */
export function dtwPath(a: Warpable, b: Warpable, window = Number.POSITIVE_INFINITY): Alignment | null {
  checkVariables(a, b);
  const both = common(a, b);
  if (both === null) return null;
  const band = window === Number.POSITIVE_INFINITY ? null : sakoeChiba(a, b, window);
  const width = b.n + 1;
  const costs = new Float64Array(b.n);
  const r = new Float64Array((a.n + 1) * width).fill(Number.POSITIVE_INFINITY);
  r[0] = 0;
  for (let i = 0; i < a.n; i++) {
    localCosts(a, i, b, both, costs, band?.from[i], band?.to[i]);
    advance(r.subarray(i * width, (i + 1) * width), r.subarray((i + 1) * width, (i + 2) * width), costs, band, i);
  }
  return { path: traceBack(r, a.n, b.n), cost: r[r.length - 1] };
}
