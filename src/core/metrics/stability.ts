import { contingencyTable } from '../clustering/contingencyTable';
import { check } from '../lib/assert';
import { adjustedRandIndex } from './adjustedRandIndex';
import { total } from './pairCounts';

export interface Stability {
  /** Mean of the adjusted Rand indices; NaN without a pair. */
  mean: number;
  /** Each pair of clusterings that share at least two items. */
  pairs: { a: number; b: number; adjustedRandIndex: number }[];
}

/**
 * Stability: how much repeated clusterings agree, as the mean adjusted Rand index of all pairs.
 *
 *     S = mean_{a < b} ARI(a, b)
 *
 * @param clusterings two or more, each [N], from 0; −1 for an item that is not in it (bootstrap halves): a pair is
 *   compared on the items that are in both
 * @returns the mean, at most 1, and the pairs. All items in one cluster agree too: read it beside K.
 * @throws InputError when the lengths differ
 * Source: Hubert and Arabie (1985); von Luxburg (2010), Clustering stability: an overview.
 */
export function stability(clusterings: readonly ArrayLike<number>[]): Stability {
  clusterings.forEach(({ length }, c) => check(length === clusterings[0].length, `Clustering ${c + 1} has ${length} items, the first ${clusterings[0].length}: all must be of the same series.`));
  const pairs: Stability['pairs'] = [];
  for (let a = 0; a < clusterings.length; a++) {
    for (let b = a + 1; b < clusterings.length; b++) {
      const table = contingencyTable(clusterings[a], clusterings[b]);
      if (total(table) >= 2) pairs.push({ a, b, adjustedRandIndex: adjustedRandIndex(table) });
    }
  }
  return { mean: pairs.reduce((sum, pair) => sum + pair.adjustedRandIndex, 0) / pairs.length, pairs };
}
