import { type ReactNode, useId } from 'react';

interface SegmentedProps<T extends string> {
  /** The accessible name of the group. */
  label: string;
  value: T;
  options: readonly { value: NoInfer<T>; label: string; icon?: ReactNode; disabled?: boolean; title?: string }[];
  onChange(value: NoInfer<T>): void;
}

/** A few exclusive choices side by side: radio buttons that look like one control. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} title={option.title ?? (option.icon ? option.label : undefined)} data-disabled={option.disabled || undefined}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} disabled={option.disabled} onChange={() => onChange(option.value)} />
          <span>
            {option.icon}
            <span className={option.icon ? 'visually-hidden' : undefined}>{option.label}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
