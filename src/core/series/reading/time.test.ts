import { describe, expect, it } from 'vitest';
import { detectTimeFormat, looksLikeDate, parseTime } from './time';

const utc = (text: string): number => Date.parse(text);

describe('reading times', () => {
  it.each([
    ['2024-01-31', 'yearFirst', '2024-01-31T00:00:00Z'],
    ['2024-01-31 14:00', 'yearFirst', '2024-01-31T14:00:00Z'],
    ['2024-01-31T14:00:05.250Z', 'yearFirst', '2024-01-31T14:00:05.250Z'],
    ['2024-01-31T14:00+09:00', 'yearFirst', '2024-01-31T05:00:00Z'],
    ['2024-01-31 24:00', 'yearFirst', '2024-02-01T00:00:00Z'],
    ['2024/1/31 2:05 PM', 'yearFirst', '2024-01-31T14:05:00Z'],
    ['2024. 1. 31.', 'yearFirst', '2024-01-31T00:00:00Z'],
    ['2024년 1월 31일', 'yearFirst', '2024-01-31T00:00:00Z'],
    ['2024년 1월 31일 오후 2시 5분', 'yearFirst', '2024-01-31T14:05:00Z'],
    ['2024-02', 'yearFirst', '2024-02-01T00:00:00Z'],
    ['2024 2 5 13', 'yearFirst', '2024-02-05T13:00:00Z'],
    ['2024-02 13:00', 'yearFirst', '2024-02-01T13:00:00Z'],
    ['31.01.2024', 'dayFirst', '2024-01-31T00:00:00Z'],
    ['31.01.2024 14.30', 'dayFirst', '2024-01-31T14:30:00Z'],
    ['31/01/24 14:00', 'dayFirst', '2024-01-31T14:00:00Z'],
    ['01/31/2024', 'monthFirst', '2024-01-31T00:00:00Z'],
    ['31-Jan-2024 09:00', 'named', '2024-01-31T09:00:00Z'],
    ['January 31, 2024', 'named', '2024-01-31T00:00:00Z'],
    ['Feb 2024', 'named', '2024-02-01T00:00:00Z'],
    ['20240131', 'compact', '2024-01-31T00:00:00Z'],
    ['202401311400', 'compact', '2024-01-31T14:00:00Z'],
    ['1706659200', 'unixSeconds', '2024-01-31T00:00:00Z'],
    ['1706659200000', 'unixMilliseconds', '2024-01-31T00:00:00Z'],
    ['14:30', 'clock', '1970-01-01T14:30:00Z'],
    ['18.00.00', 'clock', '1970-01-01T18:00:00Z'],
  ] as const)('%s', (text, format, want) => {
    expect(parseTime(text, format)).toBe(utc(want));
    expect(detectTimeFormat([text])).toBe(format);
  });

  it.each(['2024-13-01', '2023-02-29', '2024-01-32', '31.13.2024', '2024-01-31 25:00', '2024-01-31 12:60', '2024-01-315', 'Foo 2024', '31 Abc 2024'])('refuses %s in every form', (text) => {
    for (const format of ['yearFirst', 'dayFirst', 'monthFirst', 'named', 'compact', 'clock', 'number'] as const) expect(parseTime(text, format)).toBeNaN();
  });

  it('tells day and month apart by the first number above 12; undecided slashes are a month first, dots a day', () => {
    expect(detectTimeFormat(['01/02/2024', '13/02/2024'])).toBe('dayFirst');
    expect(detectTimeFormat(['01/02/2024', '02/13/2024'])).toBe('monthFirst');
    expect(detectTimeFormat(['01/02/2024'])).toBe('monthFirst');
    expect(detectTimeFormat(['01.02.2024'])).toBe('dayFirst');
  });

  it('takes plain numbers as numbers, words as words', () => {
    expect(detectTimeFormat(['0', '1', '2.5'])).toBe('number');
    expect(detectTimeFormat(['Mon', 'Tue'])).toBe('text');
    expect(detectTimeFormat([])).toBe('text');
  });

  it('does not see dates in ids and numbers', () => {
    for (const text of ['tr0001', '1.5', '-3', '2024', 'a-1-2', '1,5', '12', 'x', 'march', '0.1.2']) expect(looksLikeDate(text)).toBe(false);
  });
});
