import { missingTest, usualMissingMarks } from '../missing';
import { NumberReader } from '../number';
import type { ImportPlan } from '../plan';
import { RecordReader } from '../records';
import { looksLikeDate } from '../time';

export const delimiters: readonly ImportPlan['delimiter'][] = [',', ';', '\t', '|', ' '];

const RECORDS = 100;
const CELLS = 60;

/**
 * The delimiter under which the sample looks most like a table: cells that are numbers, dates or marks count
 * fully, words a little, words that hold another candidate nothing; rows of equal width count for more.
 * A delimiter that never splits a row is no candidate.
 */
export function detectDelimiter(sample: string, whole: boolean): ImportPlan['delimiter'] {
  let best: ImportPlan['delimiter'] = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = tableScore(sample, whole, delimiter);
    if (score > bestScore + 1e-9) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function tableScore(sample: string, whole: boolean, delimiter: ImportPlan['delimiter']): number {
  const rows = new RecordReader(delimiter).push(sample, whole, 2 * RECORDS).rows.filter((cells) => cells.some((cell) => cell.trim() !== '')).slice(0, RECORDS);
  const width = usualWidth(rows);
  if (width < 2) return 0;
  const isMissing = missingTest(usualMissingMarks);
  const numbers = [new NumberReader('.'), new NumberReader(',')];
  let good = 0;
  let cells = 0;
  let regular = 0;
  for (const row of rows.slice(rows.length > 3 ? 1 : 0)) {
    if (row.length === width) regular += 1;
    for (const cell of row.slice(0, CELLS)) {
      const text = cell.trim();
      cells += 1;
      if (text === '') good += 0.5;
      else if (isMissing(text) || numbers.some((reader) => reader.read(text)) || looksLikeDate(text)) good += 1;
      else if (!delimiters.some((other) => other !== delimiter && other !== ' ' && text.includes(other))) good += 0.3;
    }
  }
  const share = good / Math.max(cells, 1);
  return share * share * (0.5 + (0.5 * regular) / rows.length);
}

/** The width that most rows have; the larger of two that are as frequent. */
export function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [w, count] of counts) {
    if (count > most || (count === most && w > width)) {
      width = w;
      most = count;
    }
  }
  return width;
}
