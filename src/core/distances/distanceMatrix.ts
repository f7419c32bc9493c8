import { drain } from '../lib/drain';
import { matrix, type Matrix } from '../lib/matrix';
import type { Distance } from './Distance';
import type { SeriesView } from './SeriesView';

export interface DistanceMatrix {
  /** [N, N], symmetric, diagonal 0, every entry finite. */
  distances: Matrix;
  /** Pairs that could not be compared (NaN); they hold the greatest distance of the others, so that nothing pulls them together. */
  incomparable: number;
}

/** The distances of all pairs of N series, computed at once. */
export function distanceMatrix<P>(series: readonly SeriesView[], distance: Distance<P>): DistanceMatrix {
  return drain(distanceRows(series, distance));
}

/** The same row by row: yields the share of the pairs done, so that a long computation can be paused or left. */
export function* distanceRows<P>(series: readonly SeriesView[], distance: Distance<P>): Generator<number, DistanceMatrix, void> {
  const n = series.length;
  const prepared = series.map(distance.prepare);
  const d = new Float64Array(n * n);
  let incomparable = 0;
  let greatest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const value = distance.between(prepared[i], prepared[j]);
      d[i * n + j] = value;
      d[j * n + i] = value;
      if (Number.isNaN(value)) incomparable++;
      else if (value > greatest) greatest = value;
    }
    yield 1 - ((n - 1 - i) * (n - 2 - i)) / Math.max(1, n * (n - 1));
  }
  if (incomparable > 0) for (let at = 0; at < d.length; at++) if (Number.isNaN(d[at])) d[at] = greatest;
  return { distances: matrix(n, n, d), incomparable };
}
