import { NumberReader } from './number';
import { serialTime } from './serialDates';
import type { SerialDates } from './serialDates';

/**
 * How the texts of a time column are to be read. `text`: no known form, the order of appearance counts.
 * Dates without a zone are read as UTC, so that no hour is lost or doubled by a summer time.
 */
export type TimeFormat = 'number' | 'unixSeconds' | 'unixMilliseconds' | 'compact' | 'yearFirst' | 'dayFirst' | 'monthFirst' | 'named' | 'clock' | 'serial1900' | 'serial1904' | 'text';

/** In words, for the report. */
export const formatWords: Record<TimeFormat, string> = {
  number: 'numbers',
  unixSeconds: 'seconds since 1970 (UTC)',
  unixMilliseconds: 'milliseconds since 1970 (UTC)',
  compact: 'dates without separators, year first',
  yearFirst: 'dates, year first',
  dayFirst: 'dates, day before month',
  monthFirst: 'dates, month before day',
  named: 'dates with the month in letters',
  clock: 'times of day',
  serial1900: 'days as Excel counts them, since 1900',
  serial1904: 'days as Excel counts them, since 1904',
  text: 'names in order of appearance',
};

/** Share of the texts that a form must read. */
const FIT = 0.8;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const YEAR_FIRST = /^(\d{4})(?:\s*[-/.년]\s*|\s)(\d{1,2})(?:(?:\s*[-/.월]\s*|\s)(\d{1,2})(?!\d*[:시]))?\s*[일.월]?/;
const OTHER_FIRST = /^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})(?!\d)\.?/;
const MONTH_NAME = '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+)?';
const DAY_MONTH_NAME = new RegExp(`^${WEEKDAY}(\\d{1,2})[-\\s./]*${MONTH_NAME}[-\\s./,]*(\\d{4}|\\d{2})(?![\\d:])`, 'i');
const MONTH_NAME_DAY = new RegExp(`^${WEEKDAY}${MONTH_NAME}\\s*[-/]?\\s*(?:(\\d{1,2})(?:st|nd|rd|th)?\\s*,?\\s+)?(\\d{4})`, 'i');
/** As spreadsheets write a month: `Jan-24`. */
const MONTH_NAME_YEAR = new RegExp(`^${MONTH_NAME}[-\\s/'’]+(\\d{2})$`, 'i');
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?$/;
const CLOCK = /^[T\s]*(?:(am|pm|오전|오후)\s*)?(\d{1,2})\s*(?:[:시.]\s*(\d{1,2})?\s*분?(?:[:.\s]?\s*(\d{1,2}(?:[.,]\d+)?)\s*초?)?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

/** Milliseconds (dates), or the number itself; NaN where `text` does not have this form. */
export function parseTime(text: string, format: TimeFormat, decimal: '.' | ',' = '.'): number {
  const trimmed = text.trim();
  switch (format) {
    case 'number':
    case 'unixSeconds':
    case 'unixMilliseconds': {
      const numbers = new NumberReader(decimal);
      if (trimmed === '' || !numbers.read(trimmed)) return Number.NaN;
      return format === 'unixSeconds' ? numbers.value * 1000 : numbers.value;
    }
    case 'compact': {
      const m = COMPACT.exec(trimmed);
      return m === null ? Number.NaN : date(+m[1], +m[2], +m[3]) + clockMs(+(m[4] ?? 0), +(m[5] ?? 0), +(m[6] ?? 0));
    }
    case 'yearFirst': {
      const m = YEAR_FIRST.exec(trimmed);
      return m === null ? Number.NaN : date(+m[1], +m[2], +(m[3] ?? 1)) + clockAfter(trimmed, m[0].length);
    }
    case 'dayFirst':
    case 'monthFirst': {
      const m = OTHER_FIRST.exec(trimmed);
      if (m === null) return Number.NaN;
      const [day, month] = format === 'dayFirst' ? [+m[1], +m[2]] : [+m[2], +m[1]];
      return date(fullYear(m[3]), month, day) + clockAfter(trimmed, m[0].length);
    }
    case 'named': {
      const a = DAY_MONTH_NAME.exec(trimmed);
      if (a !== null) return date(fullYear(a[3]), monthNumber(a[2]), +a[1]) + clockAfter(trimmed, a[0].length);
      const c = MONTH_NAME_YEAR.exec(trimmed);
      if (c !== null) return date(fullYear(c[2]), monthNumber(c[1]), 1);
      const b = MONTH_NAME_DAY.exec(trimmed);
      return b === null ? Number.NaN : date(+b[3], monthNumber(b[1]), +(b[2] ?? 1)) + clockAfter(trimmed, b[0].length);
    }
    case 'clock':
      return /[:시]|^\d{1,2}\.\d{2}\.\d{2}$/.test(trimmed) ? parseClock(trimmed) : Number.NaN;
    case 'serial1900':
    case 'serial1904':
      return serialTime(trimmed, format === 'serial1900' ? '1900' : '1904', decimal);
    case 'text':
      return Number.NaN;
  }
}

/**
 * The form that reads four texts in five, so that bad cells do not hide it. Where no number above 12 tells day from
 * month, the reading under which more rows stand in order of time is taken, then the one under which the steps are
 * even; then day first for points or a decimal comma, else month first. `told`: the person says which comes first. `serial`: that
 * plain numbers are days since then.
 */
export function detectTimeFormat(texts: readonly string[], decimal: '.' | ',' = '.', named = true, told?: 'dayFirst' | 'monthFirst', serial?: SerialDates): TimeFormat {
  const filled = texts.filter((text) => text.trim() !== '');
  if (filled.length === 0) return 'text';
  const fits = (format: TimeFormat): boolean => filled.filter((text) => !Number.isNaN(parseTime(text, format, decimal))).length >= FIT * filled.length;
  if (named && fits('compact') && filled.every((text) => /^(?:19|20)\d{2}/.test(text.trim()))) return 'compact';
  if (fits('number')) {
    const form = unixFormat(filled.map((text) => parseTime(text, 'number', decimal)).filter((value) => !Number.isNaN(value)));
    return serial && form === 'number' ? `serial${serial}` : form;
  }
  if (fits('yearFirst')) return 'yearFirst';
  if (fits('dayFirst') || fits('monthFirst')) return told ?? dayOrMonthFirst(filled, decimal)!;
  if (fits('named')) return 'named';
  return fits('clock') ? 'clock' : 'text';
}

/**
 * Whether the dates of `texts` that are neither in one of the forms `known` nor have letters stand day or month first;
 * null where there are none. Decided by the numbers above 12, else by the order of time of the whole column.
 */
export function dayOrMonthFirst(texts: readonly string[], decimal: '.' | ',', known: readonly TimeFormat[] = []): 'dayFirst' | 'monthFirst' | null {
  const timeUnder = (forms: readonly TimeFormat[]) => (text: string): number => forms.map((form) => parseTime(text, form)).find((time) => !Number.isNaN(time)) ?? Number.NaN;
  const open = texts.filter((text) => Number.isNaN(timeUnder(known)(text)));
  const read = (format: TimeFormat): number => open.filter((text) => !Number.isNaN(parseTime(text, format))).length;
  const [dayFirst, monthFirst] = [read('dayFirst'), read('monthFirst')];
  if (dayFirst === 0 && monthFirst === 0) return null;
  if (dayFirst !== monthFirst) return dayFirst > monthFirst ? 'dayFirst' : 'monthFirst';
  const [day, month] = (['dayFirst', 'monthFirst'] as const).map((format) => disorder(texts.map(timeUnder([...known, format]))));
  return day < month || (day === month && (decimal === ',' || open.some((text) => /^\d{1,2}\./.test(text.trim())))) ? 'dayFirst' : 'monthFirst';
}

/** How often the time falls from one text to the next; half a time more where the steps are not even. */
function disorder(all: readonly number[]): number {
  const times = all.filter((time) => !Number.isNaN(time));
  const steps = [...new Set(times)].sort((a, b) => a - b);
  return times.filter((time, k) => k > 0 && time < times[k - 1]).length + (isEvenlySpaced(steps) ? 0 : 0.5);
}

/** One constant step, or the same day every so many months. */
function isEvenlySpaced(dates: readonly number[]): boolean {
  return monthsApart(dates) !== null || dates.every((date, k) => k < 2 || date - dates[k - 1] === dates[1] - dates[0]);
}

/** The whole number of months from each of the rising dates to the next; null when that is not one and the same. */
export function monthsApart(dates: ArrayLike<number>): number | null {
  const days = Array.from(dates, (date) => new Date(date));
  const months = days.map((day) => 12 * day.getUTCFullYear() + day.getUTCMonth());
  const step = months[1] - months[0];
  const isLast = (day: Date): boolean => new Date(day.getTime() + 864e5).getUTCDate() === 1;
  const even = days.every((day, k) => k === 0 || (months[k] - months[k - 1] === step && (day.getUTCDate() === days[0].getUTCDate() || (isLast(day) && isLast(days[0]))) && day.getTime() % 864e5 === days[0].getTime() % 864e5));
  return step > 0 && even ? step : null;
}

/** True for texts that are dates by their look, numbers aside. */
export function looksLikeDate(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length < 4 || !/\d/.test(trimmed)) return false;
  return (['yearFirst', 'dayFirst', 'monthFirst', 'named', 'clock'] as const).some((format) => !Number.isNaN(parseTime(trimmed, format))) && Number.isNaN(parseTime(trimmed, 'number'));
}

export function isDate(format: TimeFormat): boolean {
  return format !== 'number' && format !== 'text';
}

/** Ten or thirteen digits that fall between 1990 and 2100. */
function unixFormat(values: readonly number[]): TimeFormat {
  const between = (low: number, high: number): boolean => values.every((value) => Number.isInteger(value) && value >= low && value <= high);
  if (between(631152000, 4102444800)) return 'unixSeconds';
  return between(631152000000, 4102444800000) ? 'unixMilliseconds' : 'number';
}

function date(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate())) return Number.NaN;
  return Date.UTC(year, month - 1, day);
}

function fullYear(text: string): number {
  if (text.length === 4) return +text;
  return +text < 70 ? 2000 + +text : 1900 + +text;
}

function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** The time of day that follows a date of `length` characters; digits that touch the date are no time. */
function clockAfter(text: string, length: number): number {
  if (/\d/.test(text[length] ?? '') && /\d/.test(text[length - 1])) return Number.NaN;
  return parseClock(text.slice(length));
}

function parseClock(text: string): number {
  if (text.trim() === '') return 0;
  const m = CLOCK.exec(text);
  if (m === null) return Number.NaN;
  const half = (m[1] ?? m[5] ?? '').toLowerCase();
  let hour = +m[2];
  if (half !== '') {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (half === 'pm' || half === '오후' ? 12 : 0);
  }
  return clockMs(hour, +(m[3] ?? 0), +(m[4] ?? '0').replace(',', '.')) - zoneMs(m[6]);
}

function clockMs(hour: number, minute: number, second: number): number {
  if (!(hour <= 24 && minute < 60 && second < 61) || (hour === 24 && minute + second > 0)) return Number.NaN;
  return Math.round(((hour * 60 + minute) * 60 + second) * 1000);
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || /^[zug]/i.test(zone)) return 0;
  const sign = zone[0] === '-' ? -1 : 1;
  return sign * (+zone.slice(1, 3) * 60 + +zone.slice(-2)) * 60000;
}
