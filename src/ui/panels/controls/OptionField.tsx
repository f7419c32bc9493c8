import { useState } from 'react';
import type { OptionSpec, OptionValue } from '../../../core/catalog';
import type { TakesEffect } from '../../store/spec';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { Field } from '../../widgets/Field';
import { NumberInput } from '../../widgets/NumberInput';
import { Select } from '../../widgets/Select';
import { EffectMark } from './EffectMark';
import { choiceText, optionText } from './optionText';
import { choiceTexts, strings } from './strings';

interface OptionFieldProps {
  option: OptionSpec;
  value: OptionValue;
  effect: TakesEffect;
  /** The value differs from that of the run under way. */
  pending: boolean;
  onChange(value: OptionValue): void;
}

/** One option of the catalog: its name and symbol, a control with its range, its help, its default. */
export function OptionField({ option, value, effect, pending, onChange }: OptionFieldProps) {
  const texts = useStrings(strings);
  const choices = useStrings(choiceTexts);
  const format = useFormat();
  const language = useStore((state) => state.view.language);
  const [invalid, setInvalid] = useState(false);
  const { label, doc, unit } = optionText(option, language);
  const about = choiceText(option, value, language);
  const changed = value !== option.default;
  const error =
    invalid && (option.kind === 'number' || option.kind === 'integer')
      ? (option.kind === 'integer' ? texts.rangeInteger : texts.range)(format.short(option.min), format.short(option.max))
      : null;
  return (
    <Field
      inline
      label={
        <>
          {label} {option.symbol && <i className="symbol">{option.symbol}</i>}
        </>
      }
      mark={
        <>
          <EffectMark effect={effect} pending={pending} />
          {changed && (
            <button type="button" className="link" aria-label={texts.backToDefault(label)} onClick={() => onChange(option.default)}>
              {texts.defaultIs(choices[String(option.default)] ?? String(option.default))}
            </button>
          )}
        </>
      }
      hint={
        about === undefined ? (
          doc
        ) : (
          <>
            {doc} <span className="choice-words">{about}</span>
          </>
        )
      }
      error={error}
    >
      {({ id, describedBy }) => {
        switch (option.kind) {
          case 'boolean':
            return <input id={id} type="checkbox" aria-describedby={describedBy} checked={value === true} onChange={(event) => onChange(event.target.checked)} />;
          case 'choice':
            return <Select id={id} describedBy={describedBy} value={String(value)} options={option.choices.map((choice) => ({ value: choice, label: choices[choice] ?? choice }))} onChange={onChange} />;
          default:
            return (
              <NumberInput
                id={id}
                describedBy={describedBy}
                value={Number(value)}
                min={option.min}
                max={option.max}
                integer={option.kind === 'integer'}
                unit={unit}
                suggestions={option.suggestions}
                onChange={onChange}
                onInvalid={(typed) => setInvalid(typed !== null)}
              />
            );
        }
      }}
    </Field>
  );
}
