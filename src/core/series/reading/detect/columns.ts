import { trueOrFalse } from '../cells';
import { missingTest } from '../missing';
import { NumberReader } from '../number';
import type { ImportPlan } from '../plan';
import { looksLikeDate } from '../time';

/** What the sample shows of one column. */
export interface ColumnProfile {
  index: number;
  name: string;
  /** Cells of each kind; they add up to the rows that have this column. */
  numeric: number;
  dates: number;
  missing: number;
  text: number;
  /** All its filled numbers are whole. */
  whole: boolean;
  /** Filled, trimmed texts, one a row; empty where missing. */
  texts: string[];
  distinct: number;
  /** Numbers rise from row to row. */
  rising: boolean;
}

export function profileColumns(rows: readonly (readonly string[])[], names: readonly string[], plan: Pick<ImportPlan, 'decimal' | 'thousands' | 'missingMarks' | 'units'>): ColumnProfile[] {
  const isMissing = missingTest(plan.missingMarks);
  return names.map((name, index) => {
    const numbers = new NumberReader(plan.decimal, plan.thousands, plan.units?.[index]);
    const p: ColumnProfile = { index, name, numeric: 0, dates: 0, missing: 0, text: 0, whole: true, texts: [], distinct: 0, rising: true };
    const seen = new Set<string>();
    let before = Number.NEGATIVE_INFINITY;
    for (const row of rows) {
      const text = (row[index] ?? '').trim();
      if (isMissing(text)) {
        p.missing += 1;
        p.texts.push('');
        continue;
      }
      p.texts.push(text);
      seen.add(text);
      if (numbers.read(text)) {
        p.numeric += 1;
        if (!Number.isInteger(numbers.value)) p.whole = false;
        if (numbers.value <= before) p.rising = false;
        before = numbers.value;
      } else if (looksLikeDate(text)) p.dates += 1;
      else p.text += 1;
    }
    p.distinct = seen.size;
    return p;
  });
}

export const filledCount = (p: ColumnProfile): number => p.numeric + p.dates + p.text;
export const isNumeric = (p: ColumnProfile): boolean => p.numeric > 0 && p.numeric >= 0.5 * filledCount(p);
export const isDated = (p: ColumnProfile): boolean => p.dates > 0 && p.dates >= 0.8 * filledCount(p);
export const isText = (p: ColumnProfile): boolean => p.text > 0.5 * filledCount(p);
export const isEmpty = (p: ColumnProfile): boolean => filledCount(p) === 0;

const NAMES = {
  id: /^(?:id|ids|name|series|series[ _.-]?(?:id|name)|sample|sample[ _.-]?id|subject|subject[ _.-]?id|patient|patient[ _.-]?id|record|record[ _.-]?id|unique[ _.-]?id|item[ _.-]?id|case|case[ _.-]?id|key|unit|station|sensor|device|gene|symbol|ticker|code|location|site|country|region|city|household|meter|store|product|no\.?|nr\.?|번호|이름|아이디|환자|환자\s?번호|시리즈|지점|지점명|관측소|센서)$/i,
  time: /^(?:time|times|time[ _.-]?stamp|timestamp|ts|date|dates|datetime|date[ _.-]?time|ds|t|step|time[ _.-]?step|frame|seconds?|minutes?|hours?|days?|weeks?|months?|quarter|years?|period|cycles?|visit|tick|epoch|elapsed|elapsed[ _.-]?time|zeit|datum|uhrzeit|시간|시각|날짜|일시|일자|년월|연도|년도|월|측정일시|관측일시)$/i,
  label: /^(?:label|labels|class|classes|target|category|cluster|group|type|species|outcome|diagnosis|condition|activity|ground[ _.-]?truth|y|라벨|레이블|클래스|분류|그룹|군집|종류|유형)$/i,
  sureLabel: /^(?:label|labels|class|classes|ground[ _.-]?truth|라벨|레이블|클래스)$/i,
  variable: /^(?:variables?|variable[ _.-]?name|var|parameters?|param|measures?|measurements?|metric|signal|channel|feature|indicator|quantity|element|attribute|pollutant|analyte|observation|변수|변수명|항목|측정\s?항목|지표|요소)$/i,
  split: /^(?:split|set|fold|subset|partition|train[ _/-]?test|구분)$/i,
} as const;

export const isNamed = (p: ColumnProfile, role: keyof typeof NAMES): boolean => NAMES[role].test(role === 'time' ? withoutUnit(p.name.trim()) : p.name.trim());

/** `time (s)`, `Time [UTC]`, `time_ms` without their unit. */
function withoutUnit(name: string): string {
  return name.replace(/\s*(?:\([^()]*\)|\[[^[\]]*\]|(?<=[a-z])[ _.-](?:s|sec|ms|min|h|utc|gmt|local))$/i, '') || name;
}

/** Seconds or milliseconds since 1970: whole numbers of ten or thirteen digits. */
export function isUnix(p: ColumnProfile): boolean {
  return isNumeric(p) && p.missing === 0 && !isNamed(p, 'id') && p.texts.every((text) => /^[1-3]\d{9}(?:\d{3})?$/.test(text));
}

/** Numbers that rise by one constant step. */
export function isEven(p: ColumnProfile): boolean {
  if (!p.rising || p.missing > 0 || p.texts.length < 4 || p.numeric < p.texts.length) return false;
  const numbers = p.texts.map((text) => Number(text.replace(',', '.')));
  const step = numbers[1] - numbers[0];
  return numbers.every((value, k) => k === 0 || Math.abs(value - numbers[k - 1] - step) < 1e-6 * Math.max(Math.abs(value), step));
}

const SPLITS = new Set(['train', 'training', 'test', 'testing', 'val', 'valid', 'validation', 'dev', 'holdout']);

/** Nothing but true and false. */
export const holdsTruths = (p: ColumnProfile): boolean => filledCount(p) > 0 && p.texts.every((text) => text === '' || trueOrFalse(text) !== null);

/** Every filled text names a part such as train or test. */
export function holdsSplits(p: ColumnProfile): boolean {
  const filled = p.texts.filter((text) => text !== '');
  return filled.length > 0 && filled.every((text) => SPLITS.has(text.toLowerCase()));
}
