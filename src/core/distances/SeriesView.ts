import type { Gapped } from '../imputation/gapped';
import { check } from '../lib/assert';

/** One series as a distance reads it: row i of a set, on the set's time axis. */
export interface SeriesView {
  /** T, steps of the time axis. */
  readonly t: number;
  /** D, variables. */
  readonly d: number;
  /** The series stands at the steps start <= t < end. */
  readonly start: number;
  readonly end: number;
  /** [T, D]; what stands where `mask` is 0 is never read. */
  readonly values: Float32Array | Float64Array;
  /** [T, D]; 1 = observed. */
  readonly mask: Uint8Array;
}

/** The N series of a set or of training data, as views; nothing is copied. */
export function seriesViews(data: Gapped): SeriesView[] {
  const { n, t, d, values, mask, starts, ends } = data;
  return Array.from({ length: n }, (_, i) => ({
    t,
    d,
    start: starts[i],
    end: ends[i],
    values: values.subarray(i * t * d, (i + 1) * t * d),
    mask: mask.subarray(i * t * d, (i + 1) * t * d),
  }));
}

/** Throws an InputError unless both series have the same number of variables. */
export function checkVariables(a: { readonly d: number }, b: { readonly d: number }): void {
  check(a.d === b.d, `Series of ${a.d} and ${b.d} variables cannot be compared: give both the same variables.`);
}
