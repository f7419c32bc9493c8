import { describe, expect, it } from 'vitest';
import { readSeries } from './index';

const lines = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const notes = async (bytes: string, code: string) => (await readSeries({ name: 'file.csv', bytes })).report.notes.filter((note) => note.code === code);

describe('findings on what is seldom meant', () => {
  it('name a lone series and say how to get more', async () => {
    expect((await notes(`day,load\n${lines(9, (t) => `2024-01-0${t + 1},${t * t}`)}`, 'oneSeries'))[0].message).toBe('The file holds one series, «load», and clusters need two or more. Check the layout; if it is one long recording, cut it into pieces, such as days, and write one piece a column.');
    expect(await notes(`day,a,b\n${lines(9, (t) => `2024-01-0${t + 1},${t * t},${t}`)}`, 'oneSeries')).toEqual([]);
  });

  it.each(['Total', 'Grand total', 'SUM', 'Gesamt', '합계', 'Average'])('name a series called %s', async (name) => {
    const [row] = await notes(`shop,t0,t1,t2\n${lines(5, (i) => `s${i},${i},2,3.5`)}\n${name},10,10,17.5`, 'total');
    expect(row.message).toBe(`The series «${name}» seems to sum up the others, by its name, and is read as one of them. Leave it out if so.`);
    expect(row.series).toBe(name);
    const [column] = await notes(`day,a,b,${name}\n${lines(9, (t) => `2024-01-0${t + 1},${t * t},${t},${t * t + t}`)}`, 'total');
    expect([column.column, column.columnName]).toEqual([4, name]);
    expect(column.series).toBe(name);
  });

  it('do not take other names for totals', async () => {
    expect(await notes(`shop,t0,t1,t2\n${lines(5, (i) => `${['Totals Ltd', 'Sumatra', 'meaning', 'allsum x', 'mean 3'][i]},${i},2,3.5`)}`, 'total')).toEqual([]);
  });

  it('name the steps at which nothing is observed', async () => {
    const [note] = await notes(`id,t0,t1,t2,t3\n${lines(5, (i) => `s${i},${i},,3,`)}`, 'emptySteps');
    expect([note.column, note.columnName]).toEqual([3, 't1']);
    expect(note.message).toBe('At 2 of 4 steps no series holds a value («t1», «t3»): there is nothing to learn there, and every series gets it filled. To leave them out, give these columns the role "ignore".');
    const [row] = await notes(`day,a,b\n${lines(6, (t) => `2024-01-0${t + 1},${t === 3 ? ',' : `${t},${t * t}`}`)}`, 'emptySteps');
    expect(row.message).toContain('At 1 of 6 steps no series holds a value («2024-01-04»)');
    expect(await notes(`id,t0,t1\n${lines(4, (i) => `s${i},${i === 2 ? '' : i},${i}`)}`, 'emptySteps')).toEqual([]);
  });

  it('ask whether the series stand in columns where many rows change little from one to the next', async () => {
    const rows = (n: number, cell: (i: number, k: number) => number, before: (i: number) => string = () => '', header = ''): string => `${header}${lines(n, (i) => `${before(i)}${[0, 1, 2].map((k) => cell(i, k).toFixed(3)).join(',')}`)}`;
    const slow = (i: number, k: number): number => 5 * k + Math.sin(i / 9 + k);
    for (const header of ['', 'x1,x2,x3\n']) {
      const [note] = await notes(rows(40, slow, undefined, header), 'tallTable');
      expect(note.message).toBe('Each of the 40 rows is read as a series of 3 steps, but values change less from row to row than from column to column. If your series stand in columns, one row a time, choose "One series a column".');
    }
    const waves = (i: number, k: number): number => Math.sin(k / 2 + 2 * i);
    const others = [rows(40, waves), rows(12, slow), rows(40, slow, undefined, 't0,t1,t2\n'), rows(40, slow, undefined, 'Jan,Feb,Mar\n'), rows(40, slow, (i) => `s${i},`, 'id,x1,x2,x3\n'), rows(40, slow, undefined, 'north,south,east\n')];
    for (const other of others) expect(await notes(other, 'tallTable')).toEqual([]);
    expect((await readSeries({ name: 'file.csv', bytes: rows(40, slow) }, { layout: 'wide' })).report.notes.filter(({ code }) => code === 'tallTable')).toEqual([]);
  });

  it('name series that never change, and warn where none does', async () => {
    const [one] = await notes(`id,t0,t1,t2\n${lines(4, (i) => `s${i},${i === 2 ? '7,,7' : `${i},5,${i * i}.5`}`)}`, 'constantSeries');
    expect([one.severity, one.message]).toEqual(['info', '1 series of 4 never changes («s2»). Standardised by series, it is a flat line at zero; take it out of the file if the instrument stood still.']);
    const [all] = await notes(`id,t0,t1,t2\n${lines(4, (i) => `s${i},${i},${i},${i}`)}`, 'constantSeries');
    expect(all.severity).toBe('warning');
    expect(await notes(`id,t0,t1,t2\n${lines(4, (i) => `s${i},${i},,`)}`, 'constantSeries')).toEqual([]);
  });
});
