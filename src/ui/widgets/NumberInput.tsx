import { useState } from 'react';
import { typedNumber } from './typedNumber';

interface NumberInputProps {
  id?: string;
  describedBy?: string;
  /** Accessible name where no `<label>` points at the field. */
  label?: string;
  value: number;
  min: number;
  max: number;
  integer?: boolean;
  unit?: string;
  disabled?: boolean;
  /** Values offered as a list. */
  suggestions?: readonly number[];
  /** Called with a valid value when it is finished: on Enter, on an arrow key, when the focus leaves. */
  onChange(value: number): void;
  /** Called with what is typed while it is not valid, and with `null` once it is or is given up. */
  onInvalid?(typed: string | null): void;
}

/** A number typed as text: keeps what is typed, and hands on only finished numbers within the range. */
export function NumberInput({ id, describedBy, label, value, min, max, integer, unit, disabled, suggestions, onChange, onInvalid }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const valid = (text: string): number | null => {
    const number = typedNumber(text, integer ?? false);
    const fits = Number.isFinite(number) && number >= min && number <= max && (!integer || Number.isInteger(number));
    return fits ? number : null;
  };
  const type = (text: string): void => {
    setTyped(text);
    onInvalid?.(valid(text) === null ? text : null);
  };
  const finish = (text: string | null): void => {
    const number = text === null ? null : valid(text);
    if (number !== null && number !== value) onChange(number);
    setTyped(null);
    onInvalid?.(null);
  };
  const nudge = (by: 1 | -1): void => {
    const from = (typed === null ? null : valid(typed)) ?? value;
    const step = integer ? 1 : 10 ** Math.floor(Math.log10(Math.abs(from) || 0.1) - 1e-9);
    finish(String(Math.min(max, Math.max(min, Number((from + by * step).toPrecision(12))))));
  };
  const list = suggestions && id ? `${id}-list` : undefined;
  return (
    <span className="number-input" data-invalid={typed !== null && valid(typed) === null ? true : undefined}>
      <input
        id={id}
        type="text"
        inputMode={integer ? 'numeric' : 'decimal'}
        role="spinbutton"
        aria-label={label}
        aria-describedby={describedBy}
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-invalid={typed !== null && valid(typed) === null}
        autoComplete="off"
        disabled={disabled}
        list={list}
        value={typed ?? String(value)}
        onChange={(event) => {
          const chosen = (event.nativeEvent as InputEvent).inputType === 'insertReplacementText';
          if (chosen && valid(event.target.value) !== null) finish(event.target.value);
          else type(event.target.value);
        }}
        onBlur={() => finish(typed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (typed === null || valid(typed) !== null)) finish(typed);
          if (event.key === 'Escape') finish(null);
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          nudge(event.key === 'ArrowUp' ? 1 : -1);
        }}
      />
      {unit && <span className="unit">{unit}</span>}
      {list && (
        <datalist id={list}>
          {suggestions?.map((suggestion) => (
            <option key={suggestion} value={String(suggestion)} />
          ))}
        </datalist>
      )}
    </span>
  );
}
