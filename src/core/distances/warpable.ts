import type { SeriesView } from './SeriesView';
import { withoutGaps } from './withoutGaps';

/** A series as warping reads it: the steps at which something is observed, without gaps. */
export interface Warpable {
  /** Kept steps. */
  readonly n: number;
  readonly d: number;
  /** Steps of the series, with those that are not kept. */
  readonly length: number;
  /** [n]; place of each kept step among the steps of the series. */
  readonly places: Int32Array;
  /** [n, D]. */
  readonly values: Float64Array;
  /** [D]; 1 = observed somewhere. */
  readonly seen: Uint8Array;
}

/**
 * Leaves out the steps of a series at which no variable is observed. A variable missing at a kept step lies on the
 * straight line between its neighbours in the same series (ends held).
 */
export function warpable(series: SeriesView): Warpable {
  const { d: D, start, end, mask } = series;
  const whole = withoutGaps(series);
  const seen = new Uint8Array(D);
  const places: number[] = [];
  for (let t = start; t < end; t++) {
    let any = 0;
    for (let j = 0; j < D; j++) {
      any |= mask[t * D + j];
      seen[j] |= mask[t * D + j];
    }
    if (any === 1) places.push(t - start);
  }
  const values = new Float64Array(places.length * D);
  places.forEach((place, k) => values.set(whole.subarray(place * D, (place + 1) * D), k * D));
  return { n: places.length, d: D, length: end - start, places: Int32Array.from(places), values, seen };
}

/** 0 and 1: the variables that two series have in common [D]; null when there are none, or one series is empty. */
export function common(a: Warpable, b: Warpable): Uint8Array | null {
  const both = a.seen.map((seen, j) => seen & b.seen[j]);
  return a.n > 0 && b.n > 0 && both.includes(1) ? both : null;
}

/** Σ_j (a_ij − b_kj)² over the common variables for step i of `a` and each step from <= k < to of `b`, times D / (their number), into `costs`. */
export function localCosts(a: Warpable, i: number, b: Warpable, both: Uint8Array, costs: Float64Array, from = 0, to = b.n): void {
  const D = a.d;
  const y = b.values;
  if (D === 1) {
    const x = a.values[i];
    for (let k = from; k < to; k++) costs[k] = (x - y[k]) * (x - y[k]);
    return;
  }
  let joint = 0;
  costs.fill(0, from, to);
  for (let j = 0; j < D; j++) {
    if (both[j] === 0) continue;
    joint++;
    const x = a.values[i * D + j];
    for (let k = from, at = from * D + j; k < to; k++, at += D) costs[k] += (x - y[at]) * (x - y[at]);
  }
  if (joint < D) for (let k = from; k < to; k++) costs[k] *= D / joint;
}

/** (T_a + T_b) / (n_a + n_b): makes up for the steps that were left out of a warping path. */
export function gapFactor(a: Warpable, b: Warpable): number {
  return (a.length + b.length) / (a.n + b.n);
}
