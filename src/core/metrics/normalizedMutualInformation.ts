import type { Matrix } from '../lib/matrix';
import { marginals, total } from './pairCounts';

/**
 * Normalised mutual information with the geometric mean of the entropies (U clusters, V classes).
 *
 *     NMI = MI(U, V) / √(H(U) H(V)),   MI = Σ_ab (n_ab / n) ln(n n_ab / (n_a n_b))
 *
 * @param table contingency table of clusters and classes [K, C]
 * @returns NMI in [0, 1]; 0 when one partition has a single group, 1 when both have
 *
 * Differs: scikit-learn uses the arithmetic mean unless told otherwise.
 * Source: Strehl and Ghosh (2002), Cluster ensembles, equation 3.
 */
export function normalizedMutualInformation(table: Matrix): number {
  const { rows, columns } = marginals(table);
  const n = total(table);
  const hU = entropy(rows, n);
  const hV = entropy(columns, n);
  if (hU === 0 || hV === 0) return hU === hV ? 1 : 0;
  let mi = 0;
  table.data.forEach((count, at) => {
    if (count === 0) return;
    const a = rows[Math.floor(at / table.columns)];
    const b = columns[at % table.columns];
    mi += (count / n) * Math.log((n * count) / (a * b));
  });
  return Math.min(1, Math.max(0, mi / Math.sqrt(hU * hV)));
}

function entropy(counts: Float64Array, n: number): number {
  return counts.reduce((h, count) => (count === 0 || count === n ? h : h - (count / n) * Math.log(count / n)), 0);
}
