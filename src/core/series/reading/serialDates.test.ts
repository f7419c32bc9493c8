/** Oracle: pandas, to_datetime of days from the origin 1899-12-30 (1904-01-01); before March 1900, the calendar of a spreadsheet. */
import { describe, expect, it } from 'vitest';
import type { ImportPlan } from './plan';
import { readSeries } from './readSeries';
import { serialTime } from './serialDates';

const iso = (text: string, system: '1900' | '1904' = '1900', decimal: '.' | ',' = '.'): string => new Date(serialTime(text, system, decimal)).toISOString();

describe('a serial date', () => {
  it.each([
    ['45292', '2024-01-01T00:00:00.000Z'],
    ['1', '1900-01-01T00:00:00.000Z'],
    ['59', '1900-02-28T00:00:00.000Z'],
    ['61', '1900-03-01T00:00:00.000Z'],
    ['25569', '1970-01-01T00:00:00.000Z'],
    ['45292.5', '2024-01-01T12:00:00.000Z'],
    ['45292.04167', '2024-01-01T01:00:00.000Z'],
    ['45292.0416666667', '2024-01-01T01:00:00.000Z'],
    ['45292.0069', '2024-01-01T00:10:00.000Z'],
    ['45292.00001157407', '2024-01-01T00:00:01.000Z'],
    ['2958465', '9999-12-31T00:00:00.000Z'],
  ])('%s is %s', (text, day) => expect(iso(text)).toBe(day));

  it('counts from 1904 where told, and takes a decimal comma', () => {
    expect(iso('43830', '1904')).toBe('2024-01-01T00:00:00.000Z');
    expect(iso('45292,25', '1900', ',')).toBe('2024-01-01T06:00:00.000Z');
  });

  it.each(['', '0', '-3', '2958466', '20240101', '2024-01-01', 'x'])('is not %j', (text) => expect(serialTime(text, '1900', '.')).toBeNaN());
});

const file = (name: string, times: readonly (string | number)[]): string => `${name},a,b\n${times.map((time, i) => `${time},${i % 5},${(i * i) % 7}`).join('\n')}\n`;
const days = Array.from({ length: 8 }, (_, i) => 45292 + i);
const read = async (text: string, plan: Partial<ImportPlan> = {}) => {
  const { set, report, plan: done } = await readSeries({ name: 'f.csv', bytes: text }, plan);
  return { time: set.time, t: set.t, note: report.notes.find(({ code }) => code === 'serialDates'), told: report.notes.find(({ code }) => code === 'times')?.message, codes: report.notes.map(({ code }) => code), done };
};

describe('a column of serial dates', () => {
  it.each(['date', '날짜', 'timestamp', 'day', 't'])('named %s is read as numbers, which is said with the date that they would be', async (name) => {
    const { time, note } = await read(file(name, days));
    expect(time.kind).toBe('number');
    expect(note).toMatchObject({ severity: 'warning', column: 1, columnName: name, message: expect.stringMatching(/«45292».*2024-01-01.*plain numbers/) });
  });

  it('is read as dates where the person says so, and reads so again', async () => {
    const first = await read(file('date', days), { serialDates: '1900' });
    expect([first.time.kind, first.time.texts[0], first.note]).toEqual(['date', '45292', undefined]);
    expect(new Date(first.time.values[7]).toISOString()).toBe('2024-01-08T00:00:00.000Z');
    expect(first.told).toBe('Times were read as days as Excel counts them, since 1900. The step is 1 day.');
    expect((await read(file('date', days), first.done)).time).toEqual(first.time);
  });

  it('of hours in five decimals has even steps', async () => {
    expect((await read(file('일시', Array.from({ length: 30 }, (_, i) => (45292 + i / 24).toFixed(5))), { serialDates: '1900' })).told).toMatch(/The step is 1 hour\./);
  });

  it('may have some of its dates as texts', async () => {
    const mixed = days.map((day, i) => (i % 2 === 0 ? day : `2024-01-0${i + 1}`));
    expect((await read(file('date', mixed))).note?.message).toMatch(/^Some times are numbers such as «45292»/);
    const { time, t, codes } = await read(file('date', mixed), { serialDates: '1900' });
    expect([time.kind, t, codes.includes('mixedDates')]).toEqual(['date', 8, true]);
    expect([...time.values].every((day, i) => day === Date.UTC(2024, 0, 1 + i))).toBe(true);
  });

  it('in the header of a wide file is told, and read as dates, too', async () => {
    const wide = `id,${days.join(',')}\n${Array.from({ length: 5 }, (_, i) => `s${i},${days.map((_, t) => i * t).join(',')}`).join('\n')}\n`;
    expect((await read(wide)).note).toMatchObject({ column: 2, columnName: '45292' });
    const { time, note } = await read(wide, { serialDates: '1900' });
    expect([time.kind, new Date(time.values[1]).toISOString(), note]).toEqual(['date', '2024-01-02T00:00:00.000Z', undefined]);
  });

  it.each([
    ['steps', 'date', Array.from({ length: 8 }, (_, i) => i)],
    ['years', 'year', Array.from({ length: 8 }, (_, i) => 2016 + i)],
    ['seconds since 1970', 'time', Array.from({ length: 8 }, (_, i) => 1_704_067_200 + 60 * i)],
    ['dates without separators', 'date', Array.from({ length: 8 }, (_, i) => 20_240_101 + i)],
    ['numbers that leave the range', 't', [45_000, 50_000, 55_000, 60_000]],
  ])('is not taken for one: %s', async (_, name, times) => expect((await read(file(name, times))).note).toBeUndefined());
});
