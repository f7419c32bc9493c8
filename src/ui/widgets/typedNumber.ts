/** Groups of three digits, as pages and spreadsheets write whole numbers: `1,000`, `1.000`, `1 000`. */
const GROUPED = /^[+-]?\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+$/;

/** The number in a typed text; NaN where there is none. In a whole number marks group thousands, else a comma is a decimal one. */
export function typedNumber(text: string, integer: boolean): number {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  return Number(integer && GROUPED.test(trimmed) ? trimmed.replace(/[^\d+-]/g, '') : trimmed.replace(',', '.'));
}
