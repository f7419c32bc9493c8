import type { ImportPlan } from '../../../core/series/reading/plan';

/** Tells whether a cell of a value column reads as missing: by a mark, or by a number that was confirmed to mean so. */
export function missingCell({ missingMarks, sentinels, decimal }: Pick<ImportPlan, 'missingMarks' | 'sentinels' | 'decimal'>): (text: string) => boolean {
  const marks = new Set(missingMarks.map((mark) => mark.toLowerCase()));
  return (text) => {
    const plain = text.trim().toLowerCase();
    return marks.has(plain) || (plain !== '' && sentinels.includes(Number(decimal === ',' ? plain.replace(',', '.') : plain)));
  };
}
