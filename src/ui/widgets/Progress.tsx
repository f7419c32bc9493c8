interface ProgressProps {
  label: string;
  /** Share done in [0, 1], or null when unknown. */
  value: number | null;
}

export function Progress({ label, value }: ProgressProps) {
  return <progress className="progress" aria-label={label} max={1} value={value ?? undefined} />;
}
