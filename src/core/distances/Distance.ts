import type { SeriesView } from './SeriesView';

/**
 * A distance between two series: `distance(a, b)` is symmetric, finite, at least 0, and 0 for a series and itself;
 * NaN says that the two have too little in common to be compared. What a distance does with gaps and with series of
 * unequal length stands at its definition.
 *
 * `prepare` does the work that needs one series only, so that a matrix of N² pairs does it N times.
 */
export interface Distance<P = unknown> {
  (a: SeriesView, b: SeriesView): number;
  prepare(series: SeriesView): P;
  between(a: P, b: P): number;
  /** The fast twin of `between`, for many series at once; null where this engine has none. */
  among?(series: readonly P[]): Among | null;
}

/** The distances of series i and those at first <= j < end, [end − first]: what `between` gives, but for rounding. */
export type Among = (i: number, first: number, end: number) => Float64Array;

export function distanceOf<P>(prepare: (series: SeriesView) => P, between: (a: P, b: P) => number, among?: (series: readonly P[]) => Among | null): Distance<P> {
  return Object.assign((a: SeriesView, b: SeriesView) => between(prepare(a), prepare(b)), { prepare, between, among });
}
