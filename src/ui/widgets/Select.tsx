interface SelectProps<T extends string> {
  id?: string;
  describedBy?: string;
  label?: string;
  value: T;
  options: readonly { value: NoInfer<T>; label: string; disabled?: boolean }[];
  disabled?: boolean;
  className?: string;
  onChange(value: NoInfer<T>): void;
}

export function Select<T extends string>({ id, describedBy, label, value, options, disabled, className = '', onChange }: SelectProps<T>) {
  return (
    <select
      id={id}
      className={`select ${className}`}
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as NoInfer<T>)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
