import { useState } from 'react';
import type { ImportPlan } from '../../../core/series/reading/plan';
import { useStrings } from '../../store/hooks';
import { Field } from '../../widgets/Field';
import { NumberInput } from '../../widgets/NumberInput';
import { Select } from '../../widgets/Select';
import { marksIn, marksText, numbersIn } from './roles';
import { strings } from './strings';

interface DialectFormProps {
  plan: ImportPlan;
  onChange(plan: ImportPlan): void;
}

/** Choices of one kind as entries of a select. */
function entries<K extends string>(texts: Record<K, string>): { value: K; label: string }[] {
  return (Object.keys(texts) as K[]).map((value) => ({ value, label: texts[value] }));
}

/** Everything about the file's format that can be changed; each change reads the file again. */
export function DialectForm({ plan, onChange }: DialectFormProps) {
  const texts = useStrings(strings);
  const change = (part: Partial<ImportPlan>): void => onChange({ ...plan, ...part });
  return (
    <div className="dialect">
      <Field label={texts.layout}>{({ id }) => <Select id={id} value={plan.layout} options={entries(texts.layouts)} onChange={(layout) => change({ layout })} />}</Field>
      <Field label={texts.delimiter}>
        {({ id }) => <Select id={id} value={plan.delimiter} options={entries(texts.delimiters)} onChange={(delimiter) => change({ delimiter })} />}
      </Field>
      <Field label={texts.decimal}>{({ id }) => <Select id={id} value={plan.decimal} options={entries(texts.decimals)} onChange={(decimal) => change({ decimal, thousands: undefined })} />}</Field>
      <Field label={texts.encoding}>
        {({ id }) => <Select id={id} value={plan.encoding} options={entries(texts.encodings)} onChange={(encoding) => change({ encoding })} />}
      </Field>
      <Field label={texts.skipRows}>
        {({ id }) => <NumberInput id={id} integer min={0} max={1000} value={plan.skipRows} onChange={(skipRows) => change({ skipRows })} />}
      </Field>
      {plan.layout === 'long' ? (
        <Field label={texts.align}>{({ id }) => <Select id={id} value={plan.align} options={entries(texts.alignChoices)} onChange={(align) => change({ align })} />}</Field>
      ) : (
        <Field label={texts.ends}>{({ id }) => <Select id={id} value={plan.ends} options={entries(texts.endsChoices)} onChange={(ends) => change({ ends })} />}</Field>
      )}
      <Field label={texts.dateOrder}>
        {({ id }) => <Select id={id} value={plan.dateOrder ?? 'auto'} options={entries(texts.dateOrders)} onChange={(order) => change({ dateOrder: order === 'auto' ? undefined : order })} />}
      </Field>
      <Field label={texts.serialDates}>
        {({ id }) => <Select id={id} value={plan.serialDates ?? 'no'} options={entries(texts.serialChoices)} onChange={(since) => change({ serialDates: since === 'no' ? undefined : since })} />}
      </Field>
      <TextField label={texts.missingMarks} hint={texts.missingMarksHint} value={marksText(plan.missingMarks)} onChange={(text) => change({ missingMarks: marksIn(text) })} />
      <TextField
        label={texts.sentinels}
        hint={texts.sentinelsHint}
        value={plan.sentinels.join(' ')}
        onChange={(text) => {
          const sentinels = numbersIn(text);
          if (sentinels) change({ sentinels });
        }}
      />
      <Field label={texts.minCoverage} hint={texts.minCoverageHint}>
        {({ id, describedBy }) => (
          <NumberInput id={id} describedBy={describedBy} min={0} max={100} unit="%" value={Number((100 * (plan.minCoverage ?? 0)).toPrecision(6))} onChange={(percent) => change({ minCoverage: percent / 100 })} />
        )}
      </Field>
      <label className="check dialect-check">
        <input type="checkbox" checked={plan.header} onChange={(event) => change({ header: event.target.checked })} />
        {texts.header}
      </label>
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange(text: string): void;
}

/** A text that is handed on when it is finished, as every change reads the file again. */
function TextField({ label, hint, value, onChange }: TextFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = (): void => {
    if (typed !== null && typed !== value) onChange(typed);
    setTyped(null);
  };
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <input
          id={id}
          className="text-input mono"
          aria-describedby={describedBy}
          spellCheck={false}
          autoComplete="off"
          value={typed ?? value}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
