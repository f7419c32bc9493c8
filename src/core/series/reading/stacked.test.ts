/** Long files that hold one variable a row, named in a column. */
import { describe, expect, it } from 'vitest';
import { rewriteFilled } from '../rewrite';
import { gapCells } from '../SeriesSet';
import { readSeries } from './index';
import type { ImportPlan, SeriesImport } from './index';

const read = (bytes: string, plan: Partial<ImportPlan> = {}): Promise<SeriesImport> => readSeries({ name: 'file.csv', bytes }, plan);
const note = ({ report }: SeriesImport, code: string) => report.notes.find((found) => found.code === code);
const value = (i: number, t: number, j: number): number => 100 * i + 10 * t + j + 0.5;

interface Options {
  header?: string;
  /** Rows that the file has not. */
  without?: (i: number, t: number, j: number) => boolean;
  order?: 'time' | 'variable';
}

/** Six rooms of five days; temperature and humidity. */
function table({ header = 'room,day,variable,value', without = () => false, order = 'time' }: Options = {}): string {
  const rows: [number, number, number][] = [];
  for (let i = 0; i < 6; i++) for (let a = 0; a < (order === 'time' ? 5 : 2); a++) for (let b = 0; b < (order === 'time' ? 2 : 5); b++) rows.push(order === 'time' ? [i, a, b] : [i, b, a]);
  return `${header}\n${rows.filter((row) => !without(...row)).map(([i, t, j]) => `r${i},2024-05-0${t + 1},${['temperature', 'humidity'][j]},${value(i, t, j)}`).join('\n')}\n`;
}

const whole = Float64Array.from({ length: 60 }, (_, cell) => value(Math.floor(cell / 10), Math.floor(cell / 2) % 5, cell % 2));

describe('one variable a row', () => {
  it.each([['by time', 'time'], ['by variable', 'variable']] as const)('is read as series of several variables, rows in order %s', async (_, order) => {
    const r = await read(table({ order }));
    expect([r.plan.layout, r.plan.roles]).toEqual(['long', ['id', 'time', 'variable', 'value']]);
    expect([r.set.n, r.set.t, r.set.d, r.set.variables]).toEqual([6, 5, 2, ['temperature', 'humidity']]);
    expect(r.set.values).toEqual(whole);
    expect(r.report).toMatchObject({ rows: { data: 60, rejected: 0 }, cells: { total: 60, observed: 60 } });
  });

  it('is known without names that tell it, by what repeats', async () => {
    expect((await read(table({ header: 'a,b,c,d' }))).set.variables).toEqual(['temperature', 'humidity']);
  });

  it('is not seen where id and time already tell the rows apart', async () => {
    const lines = Array.from({ length: 30 }, (_, k) => `r${k % 6},2024-05-0${1 + Math.floor(k / 6)},${k % 2 === 0 ? 'x' : 'y'},${k}`);
    expect((await read(`room,day,weather,value\n${lines.join('\n')}`)).plan.roles).not.toContain('variable');
  });

  it('counts rows that are not there as gaps, writes them into the filled file, and reads that back', async () => {
    const text = table({ without: (i, t, j) => (i === 2 && t === 1 && j === 1) || (i === 4 && t === 0) });
    const r = await read(text, { ends: 'gaps' });
    expect(note(r, 'absentRows')!.message).toMatch(/^For 3 of the 60 triples of a series, a time and a variable the file has no row; these 3 cells count as missing/);
    const gaps = gapCells(r.set);
    expect([...gaps]).toEqual([2 * 10 + 3, 4 * 10, 4 * 10 + 1]);
    let out = '';
    const rewriting = rewriteFilled({ name: 'file.csv', bytes: text }, r.plan, r.set, { cells: gaps, values: Float64Array.from(gaps, (cell) => whole[cell]) });
    for await (const part of rewriting.parts) out += part;
    expect(rewriting.notes()[0].message).toMatch(/^Your file has no row for «r2» at «2024-05-02», variable «humidity»; one was put in for the filled values\. \(3 times\)$/);
    expect(out.split('\n')).toContain('r2,2024-05-02,humidity,211.5');
    const again = await read(out, r.plan);
    expect(again.set.values).toEqual(whole);
    expect([again.set.ids, again.report.cells.missing]).toEqual([r.set.ids, 0]);
  });

  it('keeps the first of rows that say the same thing twice, and leaves out a row without a name', async () => {
    const r = await read(`${table()}r0,2024-05-01,humidity,7\nr1,2024-05-02,,8\n`, { roles: ['id', 'time', 'variable', 'value'] });
    expect([note(r, 'duplicateRow')!.line, note(r, 'emptyName')!.line]).toEqual([62, 63]);
    expect(note(r, 'emptyName')!.message).toContain('Line 63, column 3 «variable»');
    expect(r.set.values).toEqual(whole);
    expect(r.report).toMatchObject({ rows: { data: 60, rejected: 2 }, cells: { total: 62, rejected: 2 } });
  });

  it('counts the steps of each variable where there is no time', async () => {
    const text = `id,variable,value\n${[0, 1].flatMap((i) => [0, 1, 2].flatMap((t) => [0, 1].map((j) => `s${i},${'ab'[j]},${value(i, t, j)}`))).join('\n')}\n`;
    const r = await read(text, { layout: 'long', roles: ['id', 'variable', 'value'] });
    expect([r.set.n, r.set.t, r.set.d]).toEqual([2, 3, 2]);
    expect([...r.set.values.subarray(0, 6)]).toEqual([0.5, 1.5, 10.5, 11.5, 20.5, 21.5]);
  });

  it('leaves out series without a value, and their rows', async () => {
    const text = table().replaceAll(/^(r3,.*,)[\d.]+$/gm, '$1');
    const r = await read(text);
    expect([r.set.n, r.set.ids.includes('r3')]).toEqual([5, false]);
    expect(r.report).toMatchObject({ rows: { data: 50, rejected: 10 }, cells: { total: 60, observed: 50, rejected: 10 } });
    const sparse = await read(table({ without: (i, t) => i === 3 && t > 0 }), { ends: 'gaps', minCoverage: 0.5 });
    expect([sparse.set.n, sparse.report.rows.rejected, sparse.report.cells.observed]).toEqual([5, 2, 50]);
    expect(sparse.report.cells.total).toBe(sparse.report.cells.observed + sparse.report.cells.missing + sparse.report.cells.outside + sparse.report.cells.rejected);
  });

  it('refuses a column of names that are all different', async () => {
    const text = `id,day,name,value\n${Array.from({ length: 1200 }, (_, k) => `s${k % 2},${k},n${k},${k}`).join('\n')}\n`;
    await expect(read(text, { layout: 'long', roles: ['id', 'time', 'variable', 'value'] })).rejects.toThrow('Column 3 «name» names more than 500 variables, such as «n500» in line 502. If it names series, give it the role "id".');
  });
});
