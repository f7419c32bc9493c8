import type { Matrix } from '../lib/matrix';
import { marginals, total } from './pairCounts';

/**
 * Purity: the share of items that belong to the commonest class of their cluster.
 *
 *     PUR = Σ_a max_b n_ab / n
 *
 * @param table contingency table of clusters and classes [K, C]
 * @returns PUR in (0, 1]; never below the share of the largest class, and 1 when every item is a cluster of its own
 *
 * Source: Zhao and Karypis (2004), Empirical and theoretical comparisons of selected criterion functions.
 */
export function purity(table: Matrix): number {
  const n = total(table);
  if (n === 0) return 1;
  let sum = 0;
  for (let a = 0; a < table.rows; a++) {
    let most = 0;
    for (let b = 0; b < table.columns; b++) most = Math.max(most, table.data[a * table.columns + b]);
    sum += most;
  }
  return sum / n;
}

/** The purity, and the accuracy, of putting all items in one cluster: the share of the largest class. */
export function allInOnePurity(table: Matrix): number {
  const n = total(table);
  return n === 0 ? 1 : Math.max(...marginals(table).columns) / n;
}
