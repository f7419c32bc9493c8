import { looksLikeDate } from '../time';
import type { ColumnProfile } from './columns';
import { filledCount, holdsTruths, isText } from './columns';

const COUNTED = /^(t|x|v|h|d|ts|time|step|hour|day|week|month|year|val|value|lag|obs|att|attr|point|)[ _.-]?(\d+)$/i;
/** Months, weekdays, and dates or parts of a year: `2024-05`, `5/1/24`, `2024Q1`, `09:30`. */
const PERIOD = /^(?:\d{4}[-/.]\d{1,2}.*|\d{4}[- ]?[QMW]\d{1,2}|Q[1-4][- ]\d{4}|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)(?:uary|ruary|ch|il|ust|tember|ober|ember|day|sday|nesday|rsday|urday)?\.?|\d{1,2}월)$/i;

const TIMED = /^(?:t|h|d|ts|time|step|hour|day|week|month|year|lag)[ _.-]?\d+$/i;

/** Whether a column's name says of what time it is; a mere number may count anything. */
export function namesTime(name: string): boolean {
  return TIMED.test(name.trim()) || PERIOD.test(name.trim()) || looksLikeDate(name);
}

/**
 * Columns whose names count upwards (`t0, t1, t2`, `0, 1, 2`) or are dates, months or times of day. Words at either
 * end, under such a name, are ids or classes and no steps.
 */
export function sequenceColumns(profiles: readonly ColumnProfile[]): Set<number> {
  const counted = new Map<string, { index: number; count: number }[]>();
  const dated: number[] = [];
  for (const p of profiles) {
    const name = p.name.trim();
    const m = COUNTED.exec(name);
    if (m !== null) {
      const key = m[1].toLowerCase();
      counted.set(key, [...(counted.get(key) ?? []), { index: p.index, count: Number(m[2]) }]);
    } else if (PERIOD.test(name) || looksLikeDate(name)) dated.push(p.index);
  }
  let best = dated;
  for (const columns of counted.values()) {
    if (columns.length > best.length && columns.every((c, k) => k === 0 || c.count > columns[k - 1].count)) best = columns.map((c) => c.index);
  }
  const words = (index: number): boolean => profiles[index].text >= 0.9 * filledCount(profiles[index]) && isText(profiles[index]) && !holdsTruths(profiles[index]);
  while (best.length > 0 && words(best[0])) best = best.slice(1);
  while (best.length > 0 && words(best[best.length - 1])) best = best.slice(0, -1);
  return new Set(best.length >= 3 && best.length >= profiles.length / 2 ? best : []);
}
