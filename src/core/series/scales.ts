import type { SeriesSet } from './SeriesSet';

export type Standardise = 'none' | 'perSeries' | 'perVariable' | 'global' | 'robust';

/** What standardising takes off and divides by. */
export interface Scales {
  /** m and s of the group that a flat cell belongs to. */
  of(cell: number): { mean: number; scale: number };
}

/** A spread below this share of the magnitude is rounding, not variation. */
const EPSILON = 1e-10;

/**
 * The mean m and the population standard deviation s of the cells that `mask` shows, of each series and variable
 * (`perSeries`), of each variable over all series (`perVariable`), or of all cells (`global`). `robust` takes the median
 * and IQR / 1.349 of each variable instead, which outliers do not move.
 *
 * Constant data has s = 1. A variable that a series never shows has m and s of that variable over all series, so that
 * what is filled there lands in its usual range. Cells outside `mask` never count.
 */
export function scalesOf(set: SeriesSet, standardise: Standardise, mask: Uint8Array = set.mask): Scales {
  const { n, t, d } = set;
  const mean = new Float64Array(n * d);
  const scale = new Float64Array(n * d).fill(1);
  if (standardise !== 'none') {
    for (let j = 0; j < d; j++) {
      const overall = standardise === 'global' ? moments({ ...set, t: t * d, d: 1 }, mask, 0, 0, n)! : standardise === 'robust' ? quartiles(set, mask, j) : moments(set, mask, j, 0, n)!;
      for (let i = 0; i < n; i++) {
        const own = (standardise === 'perSeries' ? moments(set, mask, j, i, i + 1) : null) ?? overall;
        mean[i * d + j] = own.mean;
        scale[i * d + j] = own.scale;
      }
    }
  }
  return {
    of(cell) {
      const group = Math.floor(cell / (t * d)) * d + (cell % d);
      return { mean: mean[group], scale: scale[group] };
    },
  };
}

/** z = (x − m) / s, also where x − m is beyond the range of numbers. */
export function standardised(x: number, { mean: m, scale: s }: { mean: number; scale: number }): number {
  return Number.isFinite(x - m) ? (x - m) / s : x / s - m / s;
}

/** IQR of a normal distribution of deviation 1. */
const NORMAL_IQR = 1.349;

/** Median and IQR / 1.349 of variable j over all observed cells, quartiles interpolated linearly; moments where the IQR is 0. */
function quartiles(set: SeriesSet, mask: Uint8Array, j: number): { mean: number; scale: number } {
  const { d, values } = set;
  const sorted = values.filter((_, cell) => cell % d === j && mask[cell] === 1).sort();
  if (sorted.length === 0) return { mean: 0, scale: 1 };
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low] + (place - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
  };
  const spread = (at(0.75) - at(0.25)) / NORMAL_IQR;
  const largest = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
  return { mean: at(0.5), scale: spread > EPSILON * largest ? spread : moments(set, mask, j, 0, set.n)!.scale };
}

/** Mean and scale of variable j over the observed cells of series from … to−1; null when one series shows none. */
function moments(set: SeriesSet, mask: Uint8Array, j: number, from: number, to: number): { mean: number; scale: number } | null {
  const { t, d, values } = set;
  let count = 0;
  let peak = 0;
  for (let cell = from * t * d + j; cell < to * t * d; cell += d) {
    if (mask[cell] === 0) continue;
    count += 1;
    peak = Math.max(peak, Math.abs(values[cell]));
  }
  if (count === 0) return to - from === 1 && set.n > 1 ? null : { mean: 0, scale: 1 };
  if (peak === 0) return { mean: 0, scale: 1 };
  let sum = 0;
  for (let cell = from * t * d + j; cell < to * t * d; cell += d) if (mask[cell] === 1) sum += values[cell] / peak / count;
  let squares = 0;
  for (let cell = from * t * d + j; cell < to * t * d; cell += d) if (mask[cell] === 1) squares += (values[cell] / peak - sum) ** 2;
  const spread = Math.sqrt(squares / count);
  return { mean: sum * peak, scale: spread > EPSILON ? spread * peak : 1 };
}
