import { ChevronUp, X } from 'lucide-react';
import { preparationEntry, preparations, shapeAfter, stepOptions, type PreparationId, type PreparationStep } from '../../../core/catalog';
import { useActions, useStore, useStrings } from '../../store/hooks';
import { IconButton } from '../../widgets/Button';
import { Select } from '../../widgets/Select';
import { EffectMark } from './EffectMark';
import { OptionField } from './OptionField';
import { strings } from './strings';

const IDS = Object.keys(preparations) as PreparationId[];
const NONE: readonly PreparationStep[] = [];
/** Before a file is read no step is too long. */
const UNKNOWN = { t: Infinity, d: Infinity };

/** The steps of the preparation in their order: each can be set, moved up and removed, and another one added. */
export function PreparationSteps({ pending }: { pending: boolean }) {
  const texts = useStrings(strings);
  const preparation = useStore((state) => state.experiment.preparation);
  const language = useStore((state) => state.view.language);
  const shape = useStore(({ dataset }) => dataset.set) ?? UNKNOWN;
  const { changeExperiment } = useActions();
  const steps = preparation.steps ?? NONE;
  const words = (id: PreparationId) => (language === 'ko' ? preparationEntry(id).ko : preparationEntry(id));
  const change = (next: readonly PreparationStep[]): void => changeExperiment({ preparation: { ...preparation, steps: next } });
  /** What the step at a place is offered, after the steps before it. */
  const optionsAt = (id: PreparationId, at: number) => stepOptions(id, steps.slice(0, at).reduce(shapeAfter, shape));
  const defaults = (id: PreparationId): PreparationStep => ({ step: id, options: Object.fromEntries(Object.entries(optionsAt(id, steps.length)).map(([key, option]) => [key, option.default])) });
  return (
    <div className="preparation">
      {steps.length > 0 && (
        <ol className="preparation-steps" aria-label={texts.steps}>
          {steps.map(({ step, options }, at) => (
            <li key={`${step}${steps.slice(0, at).filter((other) => other.step === step).length}`}>
              <div className="preparation-head">
                <b>{words(step).label}</b>
                <span className="preparation-buttons">
                  {at > 0 && (
                    <IconButton label={texts.stepUp(words(step).label)} look="quiet" onClick={() => change([...steps.slice(0, at - 1), steps[at], steps[at - 1], ...steps.slice(at + 1)])}>
                      <ChevronUp />
                    </IconButton>
                  )}
                  <IconButton label={texts.removeStep(words(step).label)} look="quiet" onClick={() => change(steps.filter((_, other) => other !== at))}>
                    <X />
                  </IconButton>
                </span>
              </div>
              <p className="field-hint">{words(step).doc}</p>
              {Object.entries(optionsAt(step, at)).map(([key, option]) => (
                <OptionField
                  key={key}
                  option={option}
                  value={options[key] ?? option.default}
                  effect="onRestart"
                  pending={false}
                  onChange={(value) => change(steps.map((other, k) => (k === at ? { ...other, options: { ...other.options, [key]: value } } : other)))}
                />
              ))}
            </li>
          ))}
        </ol>
      )}
      <span className="preparation-add">
        <Select<PreparationId | ''>
          label={texts.addStep}
          value=""
          options={[{ value: '', label: texts.addStep }, ...IDS.map((value) => ({ value, label: words(value).label }))]}
          onChange={(id) => id !== '' && change([...steps, defaults(id)])}
        />
        <EffectMark effect="onRestart" pending={pending} />
      </span>
    </div>
  );
}
