import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: ReactNode;
  /** What the field means, in one line. */
  hint?: ReactNode;
  /** A mark behind the label, for example "restart". */
  mark?: ReactNode;
  error?: string | null;
  /** Lays label and control side by side. */
  inline?: boolean;
  children: (ids: { id: string; describedBy: string | undefined }) => ReactNode;
}

/** A label, its control, a hint and an error, tied together for assistive tools. */
export function Field({ label, hint, mark, error, inline, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className={inline ? 'field inline' : 'field'}>
      <div className="field-label">
        <label htmlFor={id}>{label}</label>
        {mark}
      </div>
      {children({ id, describedBy: described })}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
