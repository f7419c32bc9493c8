import { useStore, useStrings } from '../../store/hooks';
import { choiceTexts } from '../controls/strings';
import { strings } from './strings';

/** How the series of the experiment are prepared, and what fills their gaps, in a few words. */
export function usePreparationWords(): string {
  const texts = useStrings(strings);
  const choices = useStrings(choiceTexts);
  const { preparation, options } = useStore((state) => state.experiment);
  const { imputer } = options;
  const filling = typeof imputer === 'string' && imputer !== 'none' ? imputer : 'linear';
  const steps = preparation.steps?.length ?? 0;
  return [...(steps > 0 ? [texts.steps(steps)] : []), texts.scaling[preparation.standardise], texts.filled(choices[filling] ?? filling)].join('; ');
}
