/** The shortest decimal text that reads back as exactly the same number; empty for NaN. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '';
  return Object.is(value, -0) ? '-0' : String(value);
}
