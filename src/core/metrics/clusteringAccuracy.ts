import { hungarian } from '../clustering/hungarian';
import { matrix, type Matrix } from '../lib/matrix';
import { total } from './pairCounts';

/**
 * Clustering accuracy: the share of items in the right class under the best one-to-one matching of clusters to classes.
 *
 *     ACC = max over matchings π of Σ_a n_{a, π(a)} / n
 *
 * @param table contingency table of clusters and classes [K, C]
 * @returns ACC in [0, 1]; at least the share of the largest class divided among K clusters. Clusters without a class count as wrong.
 *
 * Source: Yang, Xu, Nie, Yan and Zhuang (2010), Image clustering using local discriminant models and global integration.
 */
export function clusteringAccuracy(table: Matrix): number {
  const n = total(table);
  if (n === 0) return 1;
  const matched = hungarian(matrix(table.rows, table.columns, table.data.map((count) => -count) as Matrix['data']));
  return matched.reduce((sum, column, row) => sum + (column < 0 ? 0 : table.data[row * table.columns + column]), 0) / n;
}
