/** Characters that a spreadsheet takes as the start of a formula, full-width forms included. */
const STARTERS = '=+\\-@\uff1d\uff0b\uff0d\uff20';
/** Blank and control characters that spreadsheets skip before they look, or that start a formula themselves. */
// eslint-disable-next-line no-control-regex
const FORMULA = new RegExp(`^(?:[\\s\\u0000-\\u001f\\u007f-\\u00a0\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]*[${STARTERS}]|[\\t\\r\\n\\u0000])`, 'u');
const NUMBER = /^\s*[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?\s*$/;
const ONLY_SIGNS = /^[+-]{1,3}$/;
// eslint-disable-next-line no-control-regex
const NEEDS_QUOTES = /[",;\t|\r\n\u0000]|^\s|\s$/;

/** True for a text that a spreadsheet would run as a formula. Numbers (`-5`, `+3,5`, `-1e-7`) and lone signs are not. */
export function isFormula(text: string): boolean {
  const first = text.charCodeAt(0);
  if ((first >= 48 && first <= 57) || (first >= 97 && first <= 122)) return false;
  return FORMULA.test(text) && !NUMBER.test(text) && !ONLY_SIGNS.test(text);
}

/**
 * A text as one CSV cell: text that a spreadsheet would run as a formula is made plain by an apostrophe before it
 * (CWE-1236), and quotes are put around it wherever a comma, semicolon, tab, bar, line end or `delimiter` in it
 * could be taken for the end of the cell. Numbers are left as they are.
 */
export function csvCell(text: string, delimiter = ','): string {
  const safe = isFormula(text) ? `'${text}` : text;
  if (NUMBER.test(safe) && !safe.includes(delimiter)) return safe;
  return NEEDS_QUOTES.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
