/** Dates as spreadsheets keep them: days since 1900 (or 1904), the time of day as a fraction. */
import { NumberReader } from './number';

export type SerialDates = '1900' | '1904';

const DAY = 864e5;
/** Day 0. Day 60 of the 1900 system is 29 February 1900, which has never been: days before it fall one later. */
const ZERO: Record<SerialDates, number> = { '1900': Date.UTC(1899, 11, 30), '1904': Date.UTC(1904, 0, 1) };
const LEAP_BUG = 60;
/** 31 December 9999, the last day of a spreadsheet. */
const LAST = 2_958_465;

/**
 * Milliseconds (UTC) of a serial date. As few decimals as 45292.04167 are a rounded 01:00:00: five or more are taken to
 * the second, fewer to the minute, eight or more to the millisecond. NaN for what is no such number.
 */
export function serialTime(text: string, system: SerialDates, decimal: '.' | ','): number {
  const numbers = new NumberReader(decimal);
  if (text === '' || !numbers.read(text) || !(numbers.value >= 1 && numbers.value <= LAST)) return Number.NaN;
  const decimals = text.split(decimal)[1]?.length ?? 0;
  const unit = decimals >= 8 ? 1 : decimals >= 5 ? 1000 : 60_000;
  const day = system === '1900' && numbers.value < LEAP_BUG ? numbers.value + 1 : numbers.value;
  return ZERO[system] + Math.round((day * DAY) / unit) * unit;
}

const DATED = /date|datum|fecha|day|time|zeit|ds$|날짜|일자|일시|시각|년월|^일$/i;
/** Days of 1940 and 2099 under a name that says date or time, of 2000 and 2049 under any other. */
const NAMED = [14_611, 73_050];
const ANY = [36_526, 54_788];

/** Share of the texts that must be numbers; all of these must be in range. */
const FIT = 0.8;

/** The first of `texts` that are serial dates by their range and by the name of their column; null where they are not. */
export function seemSerial(texts: readonly string[], name: string, decimal: '.' | ','): string | null {
  const filled = texts.map((text) => text.trim()).filter((text) => text !== '');
  const [low, high] = DATED.test(name) ? NAMED : ANY;
  const numbers = new NumberReader(decimal);
  const days = filled.filter((text) => numbers.read(text));
  const fits = (text: string): boolean => numbers.read(text) && numbers.value >= low && numbers.value <= high;
  return new Set(days).size > 1 && days.length >= FIT * filled.length && days.every(fits) ? days[0] : null;
}
