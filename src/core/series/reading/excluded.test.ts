import { describe, expect, it } from 'vitest';
import { rewriteFilled } from '../rewrite';
import { gapCells } from '../SeriesSet';
import { readSeries } from './index';
import type { ImportPlan, SeriesImport } from './index';

const read = (bytes: string, plan: Partial<ImportPlan>): Promise<SeriesImport> => readSeries({ name: 'file.csv', bytes }, plan);
const layouts = {
  wide: 'id,t0,t1,t2\na,1,2,3\nTotal,9,,9\nb,4,,6\nc,7,8,9\n',
  wideByColumn: 'day,a,Total,b,c\n2024-01-01,1,9,4,7\n2024-01-02,2,,,8\n2024-01-03,3,9,6,9\n',
  long: `id,day,x\n${['a,1', 'Total,9', 'b,4', 'c,7'].flatMap((pair, i) => [1, 2, 3].map((t) => `${pair.split(',')[0]},2024-01-0${t},${t === 2 && (i === 1 || i === 2) ? '' : Number(pair.split(',')[1]) + (i === 1 ? 0 : t - 1)}`)).join('\n')}\n`,
} as const;

describe.each(Object.keys(layouts) as (keyof typeof layouts)[])('series left out of a %s file', (layout) => {
  it('are gone from the set, told, and counted as rejected', async () => {
    const r = await read(layouts[layout], { layout, excluded: ['Total', 'nobody'] });
    expect(r.set.ids).toEqual(['a', 'b', 'c']);
    expect([...r.set.values]).toEqual([1, 2, 3, 4, 0, 6, 7, 8, 9]);
    expect(r.report.notes.find(({ code }) => code === 'excludedSeries')!.message).toBe('The series «Total» is left out, as you said.');
    expect(r.report.notes.filter(({ code }) => code === 'total')).toEqual([]);
    const { total, observed, missing, outside, rejected } = r.report.cells;
    expect([observed, missing, rejected, total]).toEqual([8, 1, 3, observed + missing + outside + rejected]);
    expect(r.plan.excluded).toEqual(['Total', 'nobody']);
  });

  it('keep their cells in the filled file', async () => {
    const r = await read(layouts[layout], { layout, excluded: ['Total'] });
    let out = '';
    for await (const part of rewriteFilled({ name: 'file.csv', bytes: layouts[layout] }, r.plan, r.set, { cells: gapCells(r.set), values: Float64Array.of(5) }).parts) out += part;
    const want = { wide: layouts.wide.replace('b,4,,6', 'b,4,5,6'), wideByColumn: layouts.wideByColumn.replace('2,,,8', '2,,5,8'), long: layouts.long.replace('b,2024-01-02,', 'b,2024-01-02,5') };
    expect(out).toBe(want[layout]);
  });

  it('cannot be all', async () => {
    await expect(read(layouts[layout], { layout, excluded: ['a', 'b', 'c', 'Total'] })).rejects.toThrow('All series with values are left out. Take some of them back.');
  });
});
