import { preparationEntry } from '../../core/catalog';
import type { Loss } from '../../core/preparation';

/** A sentence for each step that makes nothing of some observed values. */
export function unusedNotes(losses: readonly Loss[]): string[] {
  return losses.map(({ step, share, why }) => `${preparationEntry(step).label}: ${share < 0.001 ? 'less than 0.1' : (100 * share).toFixed(1)} % of the observed values are not used, because ${why}.`);
}
