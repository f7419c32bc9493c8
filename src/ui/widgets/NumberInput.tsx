import { useState } from 'react';

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
  /** Called with every valid value. */
  onChange(value: number): void;
  /** Called with `null` when the text becomes valid, else with what was typed. */
  onInvalid?(typed: string | null): void;
}

/** A number typed as text: keeps what is typed, and hands on only numbers within the range. */
export function NumberInput({ id, describedBy, label, value, min, max, integer, unit, disabled, suggestions, onChange, onInvalid }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const valid = (text: string): number | null => {
    const number = Number(text.trim().replace(',', '.'));
    const fits = text.trim() !== '' && Number.isFinite(number) && number >= min && number <= max && (!integer || Number.isInteger(number));
    return fits ? number : null;
  };
  const type = (text: string): void => {
    const number = valid(text);
    setTyped(text);
    onInvalid?.(number === null ? text : null);
    if (number !== null) onChange(number);
  };
  const nudge = (by: 1 | -1): void => {
    const step = integer ? 1 : 10 ** Math.floor(Math.log10(Math.abs(value) || 0.1) - 1e-9);
    type(String(Math.min(max, Math.max(min, Number((value + by * step).toPrecision(12))))));
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
        onChange={(event) => type(event.target.value)}
        onBlur={() => {
          setTyped(null);
          onInvalid?.(null);
        }}
        onKeyDown={(event) => {
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
