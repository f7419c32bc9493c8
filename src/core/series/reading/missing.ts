/** Texts that mean "missing" unless the plan says otherwise; compared after trimming, without case. */
export const usualMissingMarks: readonly string[] = [
  '', 'na', 'n/a', '#n/a', 'n.a.', '<na>', 'nan', '#nan', '-nan', 'null', 'none', 'nil', 'nat', 'missing', '\\n',
  '-', '--', '?', '.', '#value!', '#div/0!', '#num!', '#ref!', '결측', '결측치', '결측값', '없음',
];

/** Marks that also make a label unknown; words such as "none" may well be a class. */
const UNKNOWN_LABELS = new Set(['', '?', 'na', 'n/a', 'nan', 'null', '결측']);

export function isUnknownLabel(text: string): boolean {
  return UNKNOWN_LABELS.has(text.toLowerCase());
}

/** A test for the marks; most cells are numbers, so it looks at the first letter before it folds case. */
export function missingTest(marks: readonly string[]): (trimmed: string) => boolean {
  const known = new Set(marks.map((mark) => mark.trim().toLowerCase()));
  const longest = Math.max(0, ...[...known].map((mark) => mark.length));
  const empty = known.has('');
  return (trimmed) => {
    if (trimmed.length === 0) return empty;
    if (trimmed.length > longest) return false;
    const first = trimmed.charCodeAt(0);
    if (first >= 48 && first <= 57 && !/^\d+$/.test(trimmed)) return known.has(trimmed.toLowerCase());
    return known.has(trimmed.toLowerCase());
  };
}
