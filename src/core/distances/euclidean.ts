import { distanceOf, type Distance } from './Distance';
import { checkVariables, type SeriesView } from './SeriesView';

/**
 * Euclidean distance over the cells observed in both series, rescaled to the whole axis:
 *
 *     d(a, b) = √( T D / n · Σ_{(t,j) seen in both} (a_tj − b_tj)² ),   n = number of these cells
 *
 * Gaps: a cell missing in either series is left out. Unequal lengths: a step outside of a series counts as missing.
 * NaN when no cell is seen in both.
 * Source: Dixon (1979), Pattern recognition with partly missing data; scikit-learn's nan_euclidean_distances.
 */
export function euclidean(): Distance<SeriesView> {
  return distanceOf(
    (series) => series,
    (a, b) => {
      checkVariables(a, b);
      const cells = Math.min(a.t, b.t) * a.d;
      let sum = 0;
      let seen = 0;
      for (let at = 0; at < cells; at++) {
        if ((a.mask[at] & b.mask[at]) === 0) continue;
        const difference = a.values[at] - b.values[at];
        sum += difference * difference;
        seen++;
      }
      return seen === 0 ? Number.NaN : Math.sqrt((sum * Math.max(a.t, b.t) * a.d) / seen);
    },
  );
}
