import { drain } from '../lib/drain';
import { matrix, type Matrix } from '../lib/matrix';
import type { Among, Distance } from './Distance';
import type { SeriesView } from './SeriesView';

/** Pairs between two yields at most. */
const PAIRS = 128;

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

/** The same bit by bit: yields the share of the pairs done, so that a long computation can be paused or left. */
export function* distanceRows<P>(series: readonly SeriesView[], distance: Distance<P>): Generator<number, DistanceMatrix, void> {
  const n = series.length;
  const prepared = series.map(distance.prepare);
  const plain: Among = (i, first, end) => Float64Array.from({ length: end - first }, (_, at) => distance.between(prepared[i], prepared[first + at]));
  const among = distance.among?.(prepared) ?? plain;
  const d = new Float64Array(n * n);
  let incomparable = 0;
  let greatest = 0;
  let done = 0;
  for (let i = 0; i < n; i++) {
    let first = i + 1;
    do {
      const end = Math.min(n, first - (first % PAIRS) + PAIRS);
      among(i, first, end).forEach((value, at) => {
        d[i * n + first + at] = value;
        d[(first + at) * n + i] = value;
        if (Number.isNaN(value)) incomparable++;
        else if (value > greatest) greatest = value;
      });
      done += end - first;
      first = end;
      yield n < 2 ? 1 : (2 * done) / (n * (n - 1));
    } while (first < n);
  }
  if (incomparable > 0) for (let at = 0; at < d.length; at++) if (Number.isNaN(d[at])) d[at] = greatest;
  return { distances: matrix(n, n, d), incomparable };
}
