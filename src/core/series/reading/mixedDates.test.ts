import { describe, expect, it } from 'vitest';
import { readSeries } from './index';
import type { SeriesImport } from './index';
import { detectDateForms } from './mixedDates';

const read = (dates: readonly string[]): Promise<SeriesImport> => readSeries({ name: 'file.csv', bytes: `day,north,south\n${dates.map((date, i) => `${date},${i}.5,${i * i}`).join('\n')}\n` });
const mixed = ({ report }: SeriesImport) => report.notes.filter(({ code }) => code === 'mixedDates');
const two = (n: number): string => String(n).padStart(2, '0');
const iso = (day: number): string => `2024-04-${two(day)}`;
const dayFirst = (day: number): string => `${two(day)}/04/2024`;
const monthFirst = (day: number): string => `04/${two(day)}/2024`;
const april = (form: (day: number) => string): string[] => Array.from({ length: 10 }, (_, i) => form(i + 1));
const days = (set: SeriesImport['set']): number[] => [...set.time.values].map((time) => new Date(time).getUTCDate());

describe('dates of several forms in one column', () => {
  it('are read each in its form, and named with line, column and text', async () => {
    const r = await read([...april(iso).slice(0, 3), dayFirst(4), ...april(iso).slice(4), dayFirst(13)]);
    expect(days(r.set)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
    const [note] = mixed(r);
    expect([note.severity, note.line, note.column, note.columnName, note.count]).toEqual(['warning', 5, 1, 'day', 2]);
    expect(note.message).toMatch(/^Line 5, column 1 «day»: «04\/04\/2024» was read as 2024-04-04 \(day before month\), while most dates of this column are written year first\..* in one form, best as 2024-04-04\. \(2 times; also line 12; other texts: «13\/04\/2024»\)$/);
    expect(r.report.rows.rejected).toBe(0);
  });

  it('say where day and month may be the other way round, and take the order of the rows where nothing else tells', async () => {
    const r = await read([...april(iso).slice(0, 3), dayFirst(5), ...april(iso).slice(6)]);
    expect(mixed(r)[0].message).toContain('«05/04/2024» was read as 2024-04-05 (day before month)');
    expect(mixed(r)[0].message).toContain('Day and month may be the other way round.');
    const months = await read([...april(iso).slice(0, 3), monthFirst(5), ...april(iso).slice(6)]);
    expect(mixed(months)[0].message).toContain('«04/05/2024» was read as 2024-04-05 (month before day)');
  });

  it('with day and month both first put the dates that could be either in doubt', async () => {
    const r = await read([...april(dayFirst), '04/21/2024', ...[22, 23].map(dayFirst)]);
    expect(days(r.set)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21, 22, 23]);
    expect(mixed(r)[0].message).toMatch(/«04\/21\/2024» was read as 2024-04-21 \(month before day\).* such as «01\/04\/2024», may be wrong: they were read as day before month\./);
  });

  it('are dates even where no form has most of them', async () => {
    const r = await read([...april(iso), ...[14, 15, 16, 17, 18, 19, 20, 21].map(dayFirst)]);
    expect([r.set.time.kind, r.set.t, mixed(r)[0].count]).toEqual(['date', 18, 8]);
  });

  it('are not seen where all dates have one form, or the stray is no date', async () => {
    for (const form of [iso, dayFirst, monthFirst]) expect(mixed(await read([...april(form), form(13)]))).toEqual([]);
    const total = await read([...april(iso), 'Total']);
    expect(mixed(total)).toEqual([]);
    expect(total.report.notes[0].message).toBe('Line 12, column 1 «day»: «Total» is not a time like the others (dates, year first); the row is left out. Mend the time in the file if the row belongs to the data.');
  });
});

it('does not look for dates in numbers, times of day and names', () => {
  for (const texts of [['1', '2', '3'], ['10:00', '11:00'], ['Mon', 'Tue'], []]) expect(detectDateForms(texts).others).toEqual([]);
});
