/** Texts that mean "missing" unless the plan says otherwise; compared after trimming, without case. */
export const usualMissingMarks: readonly string[] = [
  '', 'na', 'n/a', '#n/a', 'n.a.', '<na>', 'nan', '#nan', '-nan', '-nan(ind)', 'null', '(null)', '#null!', 'none', 'nil', 'nat', 'nd', 'n.d.',
  'no data', 'missing', '\\n', '-', '--', '---', '–', '—', '?', '.', '..', '...', '…', ':', '*', '**', '***', '#value!', '#div/0!', '#num!', '#ref!', '결측', '결측치', '결측값', '없음',
];

/** Marks that also make a label unknown; words such as "none" may well be a class. */
const UNKNOWN_LABELS = new Set(['', '?', 'na', 'n/a', 'nan', 'null', '결측']);

export function isUnknownLabel(text: string): boolean {
  return UNKNOWN_LABELS.has(text.toLowerCase());
}

/** A test for the marks; most cells are numbers, so what starts like one is told at once. */
export function missingTest(marks: readonly string[]): (trimmed: string) => boolean {
  const known = new Set(marks.map((mark) => mark.trim().toLowerCase()));
  const longest = marks.reduce((most, mark) => Math.max(most, mark.trim().length), 0);
  const numbersMark = [...known].some((mark) => /^[-+.]?\d/.test(mark));
  return (trimmed) => {
    if (trimmed.length > longest) return false;
    if (!numbersMark && isDigit(trimmed.charCodeAt(0) < 48 ? trimmed.charCodeAt(1) : trimmed.charCodeAt(0))) return false;
    return known.has(trimmed.toLowerCase());
  };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
