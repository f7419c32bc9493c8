import { contingencyTable } from '../clustering/contingencyTable';
import { adjustedRandIndex } from './adjustedRandIndex';
import { clusteringAccuracy } from './clusteringAccuracy';
import { normalizedMutualInformation } from './normalizedMutualInformation';
import { total } from './pairCounts';
import { allInOnePurity, purity } from './purity';
import { allInOneRandIndex, randIndex } from './randIndex';

/** Scores of a clustering against class labels. */
export interface Scores {
  /** Items with a label, the only ones scored. */
  n: number;
  randIndex: number;
  adjustedRandIndex: number;
  normalizedMutualInformation: number;
  accuracy: number;
  purity: number;
  /** The floor of the Rand index: all items in one cluster. */
  allInOneRandIndex: number;
  /** The floor of accuracy and purity: the share of the largest class. That of the adjusted Rand index and of the mutual information is 0. */
  allInOneAccuracy: number;
}

/**
 * All scores of one clustering.
 *
 * @param assignments clusters [N], from 0
 * @param labels class codes [N], from 0; −1 where unknown, such items are left out
 * @returns the scores, or null when fewer than two items have a label
 */
export function scoreAll(assignments: ArrayLike<number>, labels: ArrayLike<number>): Scores | null {
  const table = contingencyTable(assignments, labels);
  const n = total(table);
  if (n < 2) return null;
  return {
    n,
    randIndex: randIndex(table),
    adjustedRandIndex: adjustedRandIndex(table),
    normalizedMutualInformation: normalizedMutualInformation(table),
    accuracy: clusteringAccuracy(table),
    purity: purity(table),
    allInOneRandIndex: allInOneRandIndex(table),
    allInOneAccuracy: allInOnePurity(table),
  };
}
