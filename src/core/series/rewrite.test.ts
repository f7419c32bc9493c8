import { describe, expect, it } from 'vitest';
import { Random } from '../lib/random';
import { filledCells } from './filledCells';
import { readSeries } from './reading';
import type { SeriesImport, SeriesSource } from './reading';
import { rewriteFilled } from './rewrite';
import { gapCells } from './SeriesSet';
import type { SeriesSet } from './SeriesSet';

async function rewritten(source: SeriesSource, read: SeriesImport, values: Float64Array): Promise<{ text: string; notes: string[] }> {
  const { parts, notes } = rewriteFilled(source, read.plan, read.set, { cells: gapCells(read.set), values });
  let text = '';
  for await (const part of parts) text += part;
  return { text, notes: notes().map((note) => note.code) };
}

/** Values that are hard to write: tiny, huge, negative zero, many digits, single precision. */
function awkward(count: number, random: Random): Float64Array {
  const special = [-0, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -1e21, 1e-7, 123456789012345680, Math.fround(0.1)];
  return Float64Array.from({ length: count }, (_, g) => (g < special.length ? special[g] : random.normal() * 10 ** random.integer(12)));
}

/** Writes, reads back under the same plan, and compares every cell. */
async function expectRoundTrip(source: SeriesSource, plan = {}): Promise<{ text: string; read: SeriesImport; notes: string[] }> {
  const read = await readSeries(source, plan);
  const gaps = gapCells(read.set);
  expect(gaps.length).toBeGreaterThan(0);
  const values = awkward(gaps.length, new Random(8));
  const { text, notes } = await rewritten(source, read, values);
  const back = await readSeries({ name: source.name, bytes: text }, { ...read.plan, encoding: 'utf-8' });
  const want = read.set.values.slice();
  gaps.forEach((cell, g) => (want[cell] = values[g]));
  expect([back.set.n, back.set.t, back.set.d]).toEqual([read.set.n, read.set.t, read.set.d]);
  for (let cell = 0; cell < want.length; cell++) if (!Object.is(back.set.values[cell], want[cell])) throw new Error(`cell ${cell}: ${want[cell]} came back as ${back.set.values[cell]}`);
  expect(back.set.ids).toEqual(read.set.ids);
  expect(back.set.time).toEqual(read.set.time);
  expect(back.set.labels).toEqual(read.set.labels);
  expect(gapCells(back.set).length).toBe(0);
  return { text, read, notes };
}

const random = new Random(2);
const number = (): string => (random.uniform() < 0.25 ? ['', 'NA', '-', ' ', '결측'][random.integer(5)] : String(Math.round(random.normal() * 1e4) / 1e3));
const rows = (n: number, width: number): string[][] => Array.from({ length: n }, () => Array.from({ length: width }, number));

describe('the rewritten file', () => {
  it('wide: keeps every other letter and gives back every number', async () => {
    const body = rows(12, 9).map((cells, i) => `"a ""${i}""",${i % 2 ? 'up' : ' down '},${cells.join(',')}`);
    const text = `${['name,class,t0,t1,t2,t3,t4,t5,t6,t7,t8', ...body].join('\r\n')}\r\n`;
    const { text: out, read } = await expectRoundTrip({ name: 'wide.csv', bytes: text }, { ends: 'gaps' });
    expect(read.plan.layout).toBe('wide');
    const [before, after] = [text, out].map((t) => t.split('\r\n').map((line) => line.split(',')));
    before.forEach((cells, r) => cells.forEach((cell, c) => {
      if (!['', 'NA', '-', ' ', '결측'].includes(cell)) expect(after[r][c]).toBe(cell);
    }));
  });

  it('is the same text when there is nothing to fill', async () => {
    const text = '# made by hand\r\nid;x;t0;t1\r\n"a;b"; 1,50 ;2,0;"3"\nb;;-1e2;+4,\n\nc;?;1.234,5;0,0';
    const source = { name: 'a.csv', bytes: text };
    const read = await readSeries(source, { ends: 'outside', roles: ['id', 'ignore', 'value', 'value'] });
    expect(gapCells(read.set).length).toBe(0);
    expect((await rewritten(source, read, new Float64Array(0))).text).toBe(text);
  });

  it('wideByColumn with dates, preamble and decimal comma', async () => {
    const body = rows(30, 4).map((cells, r) => `${String((r % 28) + 1).padStart(2, '0')}.0${1 + Math.floor(r / 28)}.2024 14:00;${cells.map((cell) => cell.replace('.', ',')).join(';')}`);
    const text = ['Station;Nord', 'Zeit;a;b;c;d', ...body].join('\n');
    const { text: out, read } = await expectRoundTrip({ name: 'columns.csv', bytes: text }, { ends: 'gaps' });
    expect([read.plan.layout, read.plan.decimal, read.plan.skipRows, read.set.time.kind]).toEqual(['wideByColumn', ',', 1, 'date']);
    expect(out.startsWith('Station;Nord\nZeit;a;b;c;d\n01.01.2024 14:00;')).toBe(true);
  });

  it('long: puts in rows for absent steps, beside their series', async () => {
    const lines = ['id,class,time,x,y'];
    for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) for (let t = 0; t < 20; t++) if (random.uniform() > 0.3 || t === 7) lines.push(`${id},k${i % 2},${t},${number()},${t === 7 ? 1 : number()}`);
    const { text: out, read, notes } = await expectRoundTrip({ name: 'long.csv', bytes: lines.join('\n') }, { ends: 'gaps' });
    expect(read.plan.layout).toBe('long');
    expect(notes).toContain('insertedRow');
    const keys = out.split('\n').slice(1).map((line) => [line.split(',')[0], Number(line.split(',')[2])] as const);
    expect(keys.length).toBe(80);
    expect(keys.every(([id, t], r) => r === 0 || (id === keys[r - 1][0] ? t > keys[r - 1][1] : id > keys[r - 1][0]))).toBe(true);
  });

  it('long with a date and a clock column, aligned by position', async () => {
    const lines = ['id;date;clock;x'];
    for (const id of ['a', 'b', 'c']) for (let t = 0; t < 12; t++) lines.push(`${id};2024-01-0${1 + (id.charCodeAt(0) % 5)};${String(t).padStart(2, '0')}:00;${t % 3 === 1 ? '' : t}`);
    const { read } = await expectRoundTrip({ name: 'two.csv', bytes: lines.join('\n') }, { align: 'position', ends: 'gaps' });
    expect(read.plan.roles).toEqual(['id', 'time', 'time', 'value']);
    expect([read.set.n, read.set.t]).toEqual([3, 12]);
    await expectRoundTrip({ name: 'two.csv', bytes: lines.join('\n') }, { align: 'time', ends: 'gaps' });
  });

  it('leaves series that were left out for their coverage as they were', async () => {
    for (const text of ['id,t0,t1,t2,t3\na,1,2,3,\nb,,4,,\nc,5,,6,\n', 'date,a,b,c\n2024-01-01,1,,5\n2024-01-02,2,4,\n2024-01-03,3,,6\n2024-01-04,,,\n', 'id,time,x\na,0,1\na,1,2\na,2,3\na,3,\nb,0,\nb,1,4\nc,0,5\nc,1,\nc,2,6\nc,3,\n']) {
      const { text: out, read } = await expectRoundTrip({ name: 'sparse.csv', bytes: text }, { ends: 'gaps', minCoverage: 0.5 });
      expect(read.set.ids).toEqual(['a', 'c']);
      const kept = (of: string): string[] => of.split('\n').filter((line) => line.startsWith('b'));
      expect(kept(out)).toEqual(kept(text));
    }
  });

  it('CP949 in, UTF-8 with a mark out', async () => {
    // 지점,1시 … in CP949
    const header = [0xc1, 0xf6, 0xc1, 0xa1, 0x2c, 0x31, 0xbd, 0xc3, 0x2c, 0x32, 0xbd, 0xc3, 0x2c, 0x33, 0xbd, 0xc3, 0x0a];
    const seoul = [0xbc, 0xad, 0xbf, 0xef];
    const body = [...seoul, ...new TextEncoder().encode(',1.5,,2.5\nb,,1,2\nc,3,4,\n')];
    const source = { name: 'k.csv', bytes: Uint8Array.from([...header, ...body]) };
    const { text, read } = await expectRoundTrip(source, { ends: 'gaps', layout: 'wide' });
    expect([read.plan.encoding, read.set.ids[0]]).toEqual(['euc-kr', '서울']);
    expect(text.startsWith('\ufeff지점,1시,2시,3시\n서울,1.5,')).toBe(true);
  });

  it('headerless, ragged, split by spaces, sentinel confirmed', async () => {
    const source = { name: 'u.txt', bytes: '  1   0.5  -999  0.25   1\n  2   NaN   1.5  2.5   -999\n  1   0.1   0.2  NaN   3.5\n  2   1   2  3   NaN\n' };
    const { read, text } = await expectRoundTrip(source, { sentinels: [-999], ends: 'gaps' });
    expect(read.set.labels!.names).toEqual(['1', '2']);
    expect(text.split('\n')[0].startsWith('  1   0.5  ')).toBe(true);
  });

  it('fills cells that a short row does not have', async () => {
    const source = { name: 's.csv', bytes: 'id,t0,t1,t2\na,1,2,3\nb,1\nc,4,5,6\n' };
    const { text } = await expectRoundTrip(source, { ends: 'gaps' });
    expect(text.split('\n')[2].split(',').length).toBe(4);
  });

  it('leaves observed cells alone even when values are offered for them', async () => {
    const source = { name: 'f.csv', bytes: 'id,t0,t1,t2\na,1,,3\nb,1,2,4\n' };
    const read = await readSeries(source);
    const { parts } = rewriteFilled(source, read.plan, read.set, { cells: Uint32Array.of(0, 1), values: Float64Array.of(77, 88) });
    let text = '';
    for await (const part of parts) text += part;
    expect(text).toBe('id,t0,t1,t2\na,1,88,3\nb,1,2,4\n');
  });

  it('makes text safe that a spreadsheet would run, and tells; numbers stay', async () => {
    const source = { name: 'x.csv', bytes: 'id,note,t0,t1,t2\n"=HYPERLINK(""http://x"",""y"")",+1+1,-5,,2\nb,ok,-1,2,3\n' };
    const read = await readSeries(source, { roles: ['id', 'ignore', 'value', 'value', 'value'] });
    const { text, notes } = await rewritten(source, read, Float64Array.of(9));
    expect(text.split('\n')[1]).toBe(`"'=HYPERLINK(""http://x"",""y"")",'+1+1,-5,9,2`);
    expect(notes).toEqual(['formulaText']);
  });

  it('refuses a file that has changed since', async () => {
    const read = await readSeries({ name: 'f.csv', bytes: 'id,t0,t1,t2\na,1,,3\nb,1,2,4\n' });
    const { parts } = rewriteFilled({ name: 'f.csv', bytes: 'id,t0,t1,t2\na,1,,3\n' }, read.plan, read.set, { cells: gapCells(read.set), values: Float64Array.of(1) });
    await expect((async () => { for await (const part of parts) void part; })()).rejects.toThrow(/has changed/);
  });
});

it('lists filled cells, one a row, and nothing observed', async () => {
  const { set }: { set: SeriesSet } = await readSeries({ name: 'l.csv', bytes: 'id,time,x,"y,z"\n=a,2024-01-01,1,\n=a,2024-01-02,,2\nb,2024-01-01,1,2\nb,2024-01-02,1,2\n' });
  const text = [...filledCells(set, { cells: Uint32Array.of(0, 1, 2), values: Float64Array.of(5, 0.1, -0) })].join('');
  expect(text).toBe(`id,time,variable,value\n'=a,2024-01-01,"y,z",0.1\n'=a,2024-01-02,x,-0\n`);
});

it('leaves negative numbers as they are written, with groups, units, percent and currency; formulas are made plain', async () => {
  const text = 'id,t0,t1,t2\na,"-1,234.50",-5 kWh,\nb,-5 %,-2 kWh,3\nc,-$3,1 kWh,=1+1\nd,"2,345.5",-7 kWh,4\n-e,1,2 kWh,5\n';
  const source = { name: 'file.csv', bytes: text };
  const read = await readSeries(source);
  const rewriting = rewriteFilled(source, read.plan, read.set, { cells: Uint32Array.of(2), values: Float64Array.of(-8) });
  let out = '';
  for await (const part of rewriting.parts) out += part;
  expect(out).toBe(text.replace('-5 kWh,\n', '-5 kWh,-8 kWh\n').replace('=1+1', "'=1+1").replace('-e', "'-e"));
  expect(rewriting.notes().map(({ code, count }) => [code, count])).toEqual([['formulaText', 2]]);
});
