import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { defaultOptions, hideMechanisms, methodEntry, MOST_HIDDEN, presetOf, type OptionSpec } from '../../../core/catalog';
import { useActions, useStore, useStrings } from '../../store/hooks';
import { useMethodWords } from '../../store/methodWords';
import { initialState } from '../../store/initial';
import { changedKeys, takesEffect } from '../../store/spec';
import { Field } from '../../widgets/Field';
import { NumberInput } from '../../widgets/NumberInput';
import { Select } from '../../widgets/Select';
import { EffectMark } from './EffectMark';
import { OptionField } from './OptionField';
import { isRead } from './optionText';
import { PreparationSteps } from './PreparationSteps';
import { strings } from './strings';

/** Values of the preset select that name no preset. */
const DEFAULTS = '';
const OWN = ' ';

/** Settings that stand outside. */
const OUTSIDE: readonly string[] = ['clusters', 'epochs', 'seed'];

const GROUPS: readonly OptionSpec['group'][] = ['loss', 'model', 'training'];

/** All options of the method, by group; weights that act at once stand apart. */
export function MoreOptions({ pending }: { pending: readonly string[] }) {
  const texts = useStrings(strings);
  const experiment = useStore((state) => state.experiment);
  const { changeOption, changeExperiment } = useActions();
  const oneVariable = useStore(({ dataset }) => dataset.set?.d === 1);
  const [open, setOpen] = useState(false);
  const entry = methodEntry(experiment.method);
  const words = useMethodWords()(experiment.method);
  const defaults = useMemo(() => defaultOptions(experiment.method), [experiment.method]);
  const preset = presetOf(experiment.method, experiment.options);
  const language = useStore((state) => state.view.language);
  const usual = useMemo(() => ({ ...initialState().experiment, method: experiment.method, options: defaults }), [experiment.method, defaults]);
  const changed = changedKeys(usual, experiment).filter((key) => !OUTSIDE.includes(key)).length;
  const setAll = (options: typeof defaults): void => Object.entries(options).forEach(([key, value]) => (experiment.options[key] ?? defaults[key]) !== value && changeOption(key, value));
  return (
    <section className="more">
      <button type="button" className="more-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight aria-hidden="true" />
        {texts.more}
        {changed > 0 && <span className="tag">{texts.changed(changed)}</span>}
      </button>
      {open && (
        <div className="more-body">
          <p className="more-method">
            <b>{words.label}</b> {words.title}. <span className="faint">{entry.paper}</span>
          </p>
          {entry.presets && (
            <Field inline label={texts.preset} hint={preset ? (language === 'ko' ? entry.presets[preset].ko : entry.presets[preset]).doc : undefined}>
              {({ id, describedBy }) => (
                <Select
                  id={id}
                  describedBy={describedBy}
                  value={preset === null ? DEFAULTS : (preset ?? OWN)}
                  options={[
                    { value: DEFAULTS, label: texts.presetDefault },
                    ...Object.entries(entry.presets!).map(([value, { label, ko }]) => ({ value, label: language === 'ko' ? ko.label : label })),
                    ...(preset === undefined ? [{ value: OWN, label: texts.presetOwn, disabled: true }] : []),
                  ]}
                  onChange={(value) => setAll(defaultOptions(experiment.method, value === DEFAULTS ? undefined : value))}
                />
              )}
            </Field>
          )}
          {GROUPS.filter((group) => Object.values(entry.options).some((option) => option.group === group)).map((group) => (
            <fieldset key={group} className="option-group" data-group={group}>
              <legend>
                {texts.groups[group]}
                {group === 'loss' && <span className="tag good">{texts.liveGroup}</span>}
              </legend>
              {Object.entries(entry.options).map(
                ([key, option]) =>
                  option.group === group &&
                  isRead(option, { ...defaults, ...experiment.options }) && (
                    <OptionField
                      key={key}
                      option={option}
                      value={experiment.options[key] ?? option.default}
                      effect={takesEffect(experiment.method, key)}
                      pending={pending.includes(key)}
                      onChange={(value) => changeOption(key, value)}
                    />
                  ),
              )}
            </fieldset>
          ))}
          <fieldset className="option-group">
            <legend>{texts.groups.preparation}</legend>
            <PreparationSteps pending={pending.includes('steps')} />
            <Field inline label={texts.standardise} hint={texts.standardiseHint} mark={<EffectMark effect="onRestart" pending={pending.includes('standardise')} />}>
              {({ id, describedBy }) => (
                <Select
                  id={id}
                  describedBy={describedBy}
                  value={experiment.preparation.standardise}
                  options={(['perVariable', 'robust', 'global', 'perSeries', 'none'] as const).map((value) => ({ value, label: texts.standardiseChoices[value] }))}
                  onChange={(standardise) => changeExperiment({ preparation: { ...experiment.preparation, standardise } })}
                />
              )}
            </Field>
            <Field inline label={texts.hideRate} hint={texts.hideRateHint} mark={<EffectMark effect="onRestart" pending={pending.includes('hideRate')} />}>
              {({ id, describedBy }) => (
                <NumberInput
                  id={id}
                  describedBy={describedBy}
                  value={Number((experiment.hideRate * 100).toPrecision(6))}
                  min={0}
                  max={MOST_HIDDEN * 100}
                  unit="%"
                  suggestions={[0, 5, 10, 20]}
                  onChange={(percent) => changeExperiment({ hideRate: percent / 100 })}
                />
              )}
            </Field>
            {experiment.hideRate > 0 && (
              <Field inline label={texts.hideMechanism} hint={texts.hideMechanismHints[experiment.hideMechanism ?? 'cells']} mark={<EffectMark effect="onRestart" pending={pending.includes('hideMechanism')} />} error={oneVariable && experiment.hideMechanism === 'channels' ? texts.needsVariables(texts.hideMechanisms.channels) : null}>
                {({ id, describedBy }) => (
                  <Select
                    id={id}
                    describedBy={describedBy}
                    value={experiment.hideMechanism ?? 'cells'}
                    options={hideMechanisms.map((value) => {
                      const impossible = value === 'channels' && oneVariable;
                      return { value, label: impossible ? texts.needsVariables(texts.hideMechanisms[value]) : texts.hideMechanisms[value], disabled: impossible };
                    })}
                    onChange={(hideMechanism) => changeExperiment({ hideMechanism })}
                  />
                )}
              </Field>
            )}
          </fieldset>
          {preset !== null && (
            <button type="button" className="link" onClick={() => setAll(defaults)}>
              {texts.allDefaults}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
