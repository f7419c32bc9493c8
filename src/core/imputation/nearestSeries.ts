import { check } from '../lib/assert';
import { columnMeans } from './columnMean';
import { filled, type Gapped } from './gapped';

/**
 * Fills every gap with the mean of that cell in the k nearest series that are observed there.
 *
 *     x̂_itj = (1 / k) Σ_{s ∈ k nearest with m_stj = 1} x_stj,   d²(i, s) = mean of (x_i − x_s)² over the cells seen in both
 *
 * @param neighbours k; fewer where fewer series are observed
 * @returns a filled copy [N, T, D]. Series without a common cell are no neighbours; where none is left, the column mean.
 * @throws InputError unless k is a whole number of at least 1
 * Source: Troyanskaya et al. (2001), Missing value estimation methods for DNA microarrays; distance as in scikit-learn's KNNImputer.
 */
export function nearestSeries<A extends Float32Array | Float64Array>(data: Gapped<A>, neighbours = 5): A {
  check(Number.isInteger(neighbours) && neighbours >= 1, `The number of neighbours is ${neighbours}: choose a whole number of at least 1.`);
  const { n, t: T, d: D, values, mask } = data;
  const width = T * D;
  const means = columnMeans(data);
  let of = -1;
  let order: number[] = [];
  return filled(data, (i, t, j) => {
    if (i !== of) {
      order = byDistance(data, i);
      of = i;
    }
    const column = t * D + j;
    let sum = 0;
    let count = 0;
    for (let at = 0; at < order.length && count < Math.min(neighbours, n); at++) {
      const cell = order[at] * width + column;
      if (mask[cell] === 0) continue;
      sum += values[cell];
      count++;
    }
    return count > 0 ? sum / count : means[column];
  });
}

/** The series that have cells in common with series i, nearest first. */
function byDistance({ n, t, d, values, mask }: Gapped, i: number): number[] {
  const width = t * d;
  const distance = new Float64Array(n).fill(Number.NaN);
  for (let s = 0; s < n; s++) {
    if (s === i) continue;
    let sum = 0;
    let seen = 0;
    for (let p = i * width, q = s * width, end = p + width; p < end; p++, q++) {
      if ((mask[p] & mask[q]) === 0) continue;
      sum += (values[p] - values[q]) ** 2;
      seen++;
    }
    if (seen > 0) distance[s] = sum / seen;
  }
  return Array.from({ length: n }, (_, s) => s)
    .filter((s) => !Number.isNaN(distance[s]))
    .sort((a, b) => distance[a] - distance[b] || a - b);
}
