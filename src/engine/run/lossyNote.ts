import { lossySteps, preparationEntry, type PreparationStep } from '../../core/catalog';

/** What to know of imputed values that came back through steps which cannot be undone exactly; null without such steps. */
export function lossyNote(steps: readonly PreparationStep[] = []): string | null {
  const labels = lossySteps(steps).map((id) => preparationEntry(id).label);
  if (labels.length === 0) return null;
  return `${labels.join(', ')}: cannot be undone exactly. Imputed values are in original units, but as these steps leave them, and their errors include what the steps took away.`;
}
