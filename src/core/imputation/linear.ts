import { columnMeans } from './columnMean';
import { filled, type Gapped } from './gapped';

/**
 * Fills every gap on the straight line between the observed values before and after it in the same series and variable.
 *
 *     x̂_t = x_a + (x_b − x_a) (τ_t − τ_a) / (τ_b − τ_a)
 *
 * @param time time of each step (τ) [T], not descending; the step number when left out
 * @returns a filled copy [N, T, D]. Before the first and after the last observed value that value is held; a series
 *   without any observed value of a variable takes the column mean.
 */
export function linear<A extends Float32Array | Float64Array>(data: Gapped<A>, time?: ArrayLike<number>): A {
  const { n, t: T, d: D, values, mask, starts, ends } = data;
  const tau = time ?? Float64Array.from({ length: T }, (_, t) => t);
  const line = new Float64Array(n * T * D);
  const means = columnMeans(data);

  for (let i = 0; i < n; i++) {
    for (let j = 0; j < D; j++) {
      const cell = (t: number): number => (i * T + t) * D + j;
      let before = -1;
      let after = starts[i];
      for (let t = starts[i]; t < ends[i]; t++) {
        if (mask[cell(t)] === 1) {
          before = t;
          continue;
        }
        while (after < ends[i] && (after <= t || mask[cell(after)] === 0)) after++;
        const hasAfter = after < ends[i];
        if (before < 0 && !hasAfter) line[cell(t)] = means[t * D + j];
        else if (before < 0) line[cell(t)] = values[cell(after)];
        else if (!hasAfter) line[cell(t)] = values[cell(before)];
        else {
          const span = tau[after] - tau[before];
          const share = span > 0 ? (tau[t] - tau[before]) / span : 0.5;
          line[cell(t)] = values[cell(before)] + (values[cell(after)] - values[cell(before)]) * share;
        }
      }
    }
  }
  return filled(data, (i, t, j) => line[(i * T + t) * D + j]);
}
