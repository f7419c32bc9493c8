import type { Matrix } from '../lib/matrix';
import { pairCounts } from './pairCounts';

/**
 * Rand index: the share of pairs of items on which two partitions agree.
 *
 *     RI = (TP + TN) / (n (n − 1) / 2)
 *
 * @param table contingency table of clusters and classes [K, C]
 * @returns RI in [0, 1]; 1 when there are fewer than two items. Read it beside its floor, all items in one cluster.
 *
 * Source: Rand (1971), Objective criteria for the evaluation of clustering methods.
 */
export function randIndex(table: Matrix): number {
  const { both, rows, columns, all } = pairCounts(table);
  return all === 0 ? 1 : (all + 2 * both - rows - columns) / all;
}

/** The floor of the Rand index: its value when all items are put in one cluster, Σ_c C(n_c, 2) / C(n, 2). */
export function allInOneRandIndex(table: Matrix): number {
  const { columns, all } = pairCounts(table);
  return all === 0 ? 1 : columns / all;
}
