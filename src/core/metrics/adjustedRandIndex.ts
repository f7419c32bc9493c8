import type { Matrix } from '../lib/matrix';
import { pairCounts } from './pairCounts';

/**
 * Adjusted Rand index: pairs together in both partitions, above what chance gives with these cluster sizes.
 *
 *     ARI = (S − E) / ((A + B) / 2 − E),   E = A B / C(n, 2)
 *
 * with S pairs together in both, A in the clusters, B in the classes.
 *
 * @param table contingency table of clusters and classes [K, C]
 * @returns at most 1 (equal partitions), about 0 for chance, may be negative; 1 when both partitions are trivial in the same way
 *
 * Source: Hubert and Arabie (1985), Comparing partitions.
 */
export function adjustedRandIndex(table: Matrix): number {
  const { both, rows, columns, all } = pairCounts(table);
  if (all === 0) return 1;
  const expected = (rows * columns) / all;
  const range = (rows + columns) / 2 - expected;
  return range === 0 ? 1 : (both - expected) / range;
}
