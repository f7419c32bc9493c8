import { describe, expect, it } from 'vitest';
import { gapCells } from '../SeriesSet';
import { ImportError, previewFile, readSeries } from './index';
import type { ImportPlan, SeriesImport } from './index';

const read = (bytes: string | Uint8Array, plan: Partial<ImportPlan> = {}): Promise<SeriesImport> => readSeries({ name: 'file.csv', bytes }, plan);
const codes = ({ report }: SeriesImport): string[] => report.notes.map((note) => note.code);
const note = ({ report }: SeriesImport, code: string) => report.notes.find((found) => found.code === code);
const utf16 = (text: string, little: boolean, mark = true): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let k = 0; k < text.length; k++) view.setUint16(2 * k, text.charCodeAt(k), little);
  const body = new Uint8Array(view.buffer);
  return mark ? Uint8Array.from([...(little ? [0xff, 0xfe] : [0xfe, 0xff]), ...body]) : body;
};

describe('layouts', () => {
  it('wide: id, split, label and steps by name', async () => {
    const r = await read('id,split,label,t0,t1,t2\na,train,up,1,2,3\nb,test,down,4,,6\n');
    expect(r.plan.roles).toEqual(['id', 'split', 'label', 'value', 'value', 'value']);
    expect([r.set.n, r.set.t, r.set.d]).toEqual([2, 3, 1]);
    expect([r.set.ids, r.set.split, r.set.labels!.names, [...r.set.labels!.codes]]).toEqual([['a', 'b'], ['train', 'test'], ['down', 'up'], [1, 0]]);
    expect([...r.set.values]).toEqual([1, 2, 3, 4, 0, 6]);
    expect([...r.set.mask]).toEqual([1, 1, 1, 1, 0, 1]);
    expect(note(r, 'labelColumn')!.message).toMatch(/methods never see it/);
    expect(r.preview.summary).toBe('2 series × 3 steps × 1 variable, label column «label» (2 classes)');
  });

  it('wide without header, id or label', async () => {
    const r = await read('1.5,2.25,3\n4.5,5,6.1\n7,8.5,9\n');
    expect([r.plan.header, r.plan.layout, r.set.n, r.set.t, r.set.labels]).toEqual([false, 'wide', 3, 3, null]);
    expect(r.set.ids).toEqual(['series 1', 'series 2', 'series 3']);
  });

  it('wide with text classes in the last column', async () => {
    const r = await read(['0.1,0.2,0.3,Standing', '0.4,0.5,0.6,Walking', '0.2,0.1,0.5,Standing', '0.9,0.8,0.7,Walking'].join('\n'));
    expect([r.set.t, r.set.labels!.names, r.plan.roles[3]]).toEqual([3, ['Standing', 'Walking'], 'label']);
  });

  it('UCR: label first, tabs, no header; unequal lengths end in NaN', async () => {
    const line = (label: number, k: number, length: number): string => [label, ...Array.from({ length: 12 }, (_, t) => (t < length ? Math.sin(k + t).toFixed(5) : 'NaN'))].join('\t');
    const r = await read([line(1, 0, 12), line(1, 1, 7), line(2, 2, 12), line(2, 3, 5), line(1, 4, 9), line(2, 5, 10)].join('\n'));
    expect([r.plan.delimiter, r.plan.header, r.plan.roles[0], r.plan.ends]).toEqual(['\t', false, 'label', 'outside']);
    expect([...r.set.ends]).toEqual([12, 7, 12, 5, 9, 10]);
    expect([...r.set.labels!.codes]).toEqual([0, 0, 1, 1, 0, 1]);
    expect(gapCells(r.set).length).toBe(0);
    expect(r.report.cells.outside).toBe(5 + 7 + 3 + 2);
  });

  it('UCR before 2018: spaces, labels such as 1.0000000e+00', async () => {
    const r = await read(['  1.0000000e+00 -1.25e-01  2.5e-01  3.1e+00 1.5e-01', '  2.0000000e+00  1.25e-01 -2.5e-01  0.1e+00 2.5e-01', ' -1.0000000e+00  1.5e-01 -2.5e-01  0.1e+00 2.5e-01', '  2.0000000e+00  1.25e-01 -2.5e-01  0.2e+00 2.5e-01', '  1.0000000e+00  1.25e-01 -2.5e-01  0.2e+00 2.5e-01', ' -1.0000000e+00  1.25e-01 -2.5e-01  0.2e+00 2.5e-01'].join('\n'));
    expect([r.plan.delimiter, r.set.n, r.set.t, r.set.labels!.names]).toEqual([' ', 6, 4, ['-1', '1', '2']]);
  });

  it('wide, lines of unequal length without header', async () => {
    const r = await read('0.5,1.5,2.5\n1.5\n0.5,1.5,2.5,3.5,4.5\n2.5,3.5\n');
    expect([r.set.n, r.set.t, [...r.set.ends]]).toEqual([4, 5, [3, 1, 5, 2]]);
    expect(codes(r)).not.toContain('raggedRow');
    expect([r.report.cells.outside, r.report.cells.missing]).toEqual([9, 0]);
  });

  it('wide with dates as column names', async () => {
    const r = await read('country,2020-01-31,2020-02-29,2020-03-31\nA,1,2,3\nB,4,5,6\n');
    expect([r.plan.layout, r.set.time.kind, r.set.time.values[1]]).toEqual(['wide', 'date', Date.UTC(2020, 1, 29)]);
    expect((await read('name,1990,1991,1992\nA,1.5,2,3\nB,4,5,6.5\n')).set.time).toMatchObject({ kind: 'number', values: Float64Array.of(1990, 1991, 1992) });
  });

  it('one day a row with hours as columns is wide', async () => {
    const r = await read(`date,${Array.from({ length: 24 }, (_, h) => `h${h}`).join(',')}\n${['2024-01-01', '2024-01-02', '2024-01-03'].map((d) => `${d},${Array.from({ length: 24 }, (_, h) => h / 2).join(',')}`).join('\n')}`);
    expect([r.plan.layout, r.set.n, r.set.t, r.set.ids[0]]).toEqual(['wide', 3, 24, '2024-01-01']);
  });

  it.each([
    ['ISO', (k: number) => `2024-01-31 ${String(k).padStart(2, '0')}:00`, 'date'],
    ['day first', (k: number) => `${k + 10}.01.2024`, 'date'],
    ['month first', (k: number) => `01/${k + 10}/2024`, 'date'],
    ['Korean', (k: number) => `2024년 1월 ${k + 1}일`, 'date'],
    ['unix', (k: number) => String(1706659200 + 60 * k), 'date'],
    ['numbers', (k: number) => String(k * 0.5), 'number'],
  ] as const)('by column: the first column is a time, %s', async (_, text, kind) => {
    const r = await read(`time,s1,s2\n${Array.from({ length: 15 }, (_, k) => `${text(k)},${k},${k * 1.5}`).join('\n')}`);
    expect([r.plan.layout, r.set.n, r.set.t, r.set.ids, r.set.time.kind]).toEqual(['wideByColumn', 2, 15, ['s1', 's2'], kind]);
    expect(r.set.values[15 + 4]).toBe(6);
    expect(codes(r)).toContain('times');
  });

  it('by column without a time: columns named as things', async () => {
    const r = await read('north,south,east\n1,2,3\n4,5,6\n7,8,9\n10,11,12');
    expect([r.plan.layout, r.set.n, r.set.t, [...r.set.values.subarray(0, 4)]]).toEqual(['wideByColumn', 3, 4, [1, 4, 7, 10]]);
  });

  it('by column: rows out of order are put in order, a second row for a time is left out and named', async () => {
    const r = await read('date,a,b\n2024-01-03,3,30\n2024-01-01,1,10\n2024-01-02,2,20\n2024-01-01,9,90\n');
    expect([...r.set.values]).toEqual([1, 2, 3, 10, 20, 30]);
    expect(note(r, 'duplicateTime')).toMatchObject({ line: 5, count: 1 });
    expect(r.report.rows).toMatchObject({ data: 3, rejected: 1 });
    expect(codes(r)).toContain('unsortedTimes');
  });

  it('irregular times: one step for each, and the rule is told', async () => {
    const r = await read('date,a,b\n2024-01-01,3,30\n2024-01-02,1,10\n2024-01-03,1,10\n2024-01-09,2,20\n');
    expect(r.set.t).toBe(4);
    expect(note(r, 'irregularTimes')!.message).toMatch(/2 of 3 steps are 1 day/);
  });

  it('long: variables, label and split of each series', async () => {
    const lines = ['a', 'b', 'c'].flatMap((id, i) => [0, 1, 2].map((t) => `${id},${i === 1 ? 'test' : 'train'},k${i % 2},${t},${i + t},${i * t}`));
    const r = await read(['id,split,label,time,x,y', ...lines].join('\n'));
    expect([r.plan.layout, r.set.n, r.set.t, r.set.d, r.set.variables]).toEqual(['long', 3, 3, 2, ['x', 'y']]);
    expect([...r.set.values.subarray(12, 18)]).toEqual([2, 0, 3, 2, 4, 4]);
    expect([r.set.split, [...r.set.labels!.codes]]).toEqual([['train', 'test', 'train'], [0, 1, 0]]);
  });

  it('long as forecasting tools write it: unique_id, ds, y', async () => {
    const lines = ['A', 'B'].flatMap((id) => [1, 2, 3, 4].map((t) => `${id},2024-01-0${t},${t}`));
    const r = await read(['unique_id,ds,y', ...lines].join('\n'));
    expect([r.plan.layout, r.plan.roles, r.set.n, r.set.t]).toEqual(['long', ['id', 'time', 'value'], 2, 4]);
  });

  it('long without header', async () => {
    const r = await read([1, 2, 3].flatMap((id) => [0, 1, 2, 3].map((t) => `${id},${t},${(id * t * 1.1).toFixed(2)}`)).join('\n'));
    expect([r.plan.header, r.plan.layout, r.set.n, r.set.t]).toEqual([false, 'long', 3, 4]);
  });

  it('long: a second row for an id and time is left out and named; absent rows are gaps', async () => {
    const r = await read('id,time,x\na,0,1\na,1,2\na,1,99\na,2,3\nb,0,4\nb,2,5\nc,0,1\nc,1,1\nc,2,1\n');
    expect([...r.set.values]).toEqual([1, 2, 3, 4, 0, 5, 1, 1, 1]);
    expect(note(r, 'duplicateRow')).toMatchObject({ line: 4, count: 1 });
    expect(r.report.rows).toMatchObject({ data: 8, rejected: 1 });
    expect(r.report.cells).toEqual({ total: 10, observed: 8, missing: 1, outside: 0, repaired: 0, rejected: 1 });
    expect(codes(r)).toContain('absentRows');
  });

  it('long: series on times of their own count their own steps, and the report says so', async () => {
    const lines = Array.from({ length: 12 }, (_, i) => [0, 1, 2].map((t) => `s${i},2024-${String(i + 1).padStart(2, '0')}-0${t + 1},${t}`)).flat();
    const r = await read(['id,date,x', ...lines].join('\n'));
    expect([r.plan.align, r.set.t]).toEqual(['position', 3]);
    expect(codes(r)).toContain('alignedByPosition');
    expect((await read(['id,date,x', ...lines].join('\n'), { align: 'time', ends: 'gaps' })).set.t).toBe(36);
  });

  it('long with the id last, with calendar columns, with a running hour beside a repeated day', async () => {
    const steps = [1, 2, 3, 4, 5, 6];
    const stocks = await read(['Date,Open,Close,Symbol', ...['AAA', 'BBB'].flatMap((id) => steps.map((t) => `2024-01-0${t},${t},${t + 0.5},${id}`))].join('\n'));
    expect([stocks.plan.roles, stocks.set.n, stocks.set.t, stocks.set.d]).toEqual([['time', 'value', 'value', 'id'], 2, 6, 2]);
    const panel = await read(['country,year,month,x', ...['A', 'B'].flatMap((id) => [2020, 2021].flatMap((y) => steps.map((m) => `${id},${y},${m},${m}`)))].join('\n'));
    expect([panel.plan.roles, panel.set.n, panel.set.t, panel.set.time.values[6]]).toEqual([['id', 'time', 'time', 'value'], 2, 12, Date.UTC(2021, 0, 1)]);
    const days = await read(['day,hour,x', ...['2024-01-01', '2024-01-02', '2024-01-03'].flatMap((day) => steps.map((h) => `${day},${h},${h}`))].join('\n'));
    expect([days.plan.roles, days.set.n, days.set.t]).toEqual([['id', 'time', 'value'], 3, 6]);
  });

  it('by column with a date and a clock, calendar columns, or a row count first', async () => {
    const hours = Array.from({ length: 20 }, (_, h) => h);
    const clock = await read(`Date;Time;CO;NOx\n${hours.map((h) => `10/03/2004;${String(h).padStart(2, '0')}.00.00;${h},5;${h}`).join('\n')}`);
    expect([clock.plan.roles, clock.set.time.values[1] - clock.set.time.values[0]]).toEqual([['time', 'time', 'value', 'value'], 36e5]);
    const calendar = await read(`No,year,month,day,hour,pm,dew,wind\n${hours.map((h) => `${h + 1},2010,1,1,${h},${h * 2},${-h - 0.5},${['NW', 'SE'][(h >> 1) % 2]}`).join('\n')}`);
    expect(calendar.plan.roles).toEqual(['ignore', 'time', 'time', 'time', 'time', 'value', 'value', 'ignore']);
    expect([calendar.set.n, calendar.set.t, calendar.set.time.values[19]]).toEqual([2, 20, Date.UTC(2010, 0, 1, 19)]);
    const counted = await read(`,north,south\n${hours.map((h) => `${h},${h * 1.5},${h}`).join('\n')}`);
    expect([counted.plan.layout, counted.plan.roles]).toEqual(['wideByColumn', ['time', 'value', 'value']]);
  });

  it('follows a plan that says otherwise', async () => {
    const text = 'time,s1,s2\n0,1,2\n1,3,4\n2,5,6\n';
    const r = await read(text, { layout: 'wide', roles: ['id', 'value', 'value'] });
    expect([r.set.n, r.set.t, r.set.ids]).toEqual([3, 2, ['0', '1', '2']]);
    expect((await read(text, { layout: 'long' })).set).toMatchObject({ n: 1, t: 3, d: 2 });
  });

  it('makes the roles of one layout fit another, as when only the layout is changed', async () => {
    const text = 'time,s1,s2\n0,1,2\n1,3,4\n2,5,6\n';
    const first = await read(text);
    const wide = await read(text, { ...first.plan, layout: 'wide' });
    expect([wide.plan.roles, wide.set.ids]).toEqual([['id', 'value', 'value'], ['0', '1', '2']]);
    const back = await read(text, { ...wide.plan, layout: 'wideByColumn' });
    expect(back.set).toEqual(first.set);
    const long = await read('id,label,t0,t1,t2\na,x,1,2,3\nb,y,4,5,6\n');
    expect((await read('id,label,t0,t1,t2\na,x,1,2,3\nb,y,4,5,6\n', { ...long.plan, layout: 'wideByColumn' })).plan.roles).toEqual(['time', 'ignore', 'value', 'value', 'value']);
  });

  it('gives the same set when read again under its own plan', async () => {
    const text = '# x\nid;class;a;b\nu;k;1,5;NA\nv;l;;2\n';
    const first = await read(text);
    const second = await read(text, first.plan);
    expect(second.set).toEqual(first.set);
    expect(second.plan).toEqual(first.plan);
  });
});

describe('encodings', () => {
  const text = '이름,라벨,t0,t1\n서울,가,1,2\n부산,나,3,4\n';
  const check = (r: SeriesImport): void => {
    expect([r.set.ids, r.set.labels!.names, [...r.set.values]]).toEqual([['서울', '부산'], ['가', '나'], [1, 2, 3, 4]]);
  };
  it.each([
    ['UTF-8 with a mark', `\ufeff${text}`, 'utf-8'],
    ['UTF-16 LE with a mark', utf16(text, true), 'utf-16le'],
    ['UTF-16 BE with a mark', utf16(text, false), 'utf-16be'],
    ['UTF-16 LE without', utf16(text, true, false), 'utf-16le'],
    ['UTF-16 BE without', utf16(text, false, false), 'utf-16be'],
    // The same text in CP949.
    ['CP949', Uint8Array.from([0xc0, 0xcc, 0xb8, 0xa7, 0x2c, 0xb6, 0xf3, 0xba, 0xa7, 0x2c, 0x74, 0x30, 0x2c, 0x74, 0x31, 0x0a, 0xbc, 0xad, 0xbf, 0xef, 0x2c, 0xb0, 0xa1, 0x2c, 0x31, 0x2c, 0x32, 0x0a, 0xba, 0xce, 0xbb, 0xea, 0x2c, 0xb3, 0xaa, 0x2c, 0x33, 0x2c, 0x34, 0x0a]), 'euc-kr'],
  ] as const)('%s', async (_, bytes, encoding) => {
    const r = await read(bytes);
    expect(r.plan.encoding).toBe(encoding);
    check(r);
  });

  it('UTF-8 with a broken letter stays UTF-8', async () => {
    const bytes = new TextEncoder().encode(text.repeat(6));
    bytes[bytes.indexOf(0xec, 40)] = 0xff;
    const r = await read(bytes);
    expect([r.plan.encoding, r.set.ids[0]]).toEqual(['utf-8', '서울']);
    expect(codes(r)).toContain('badBytes');
  });

  it('Windows-1252', async () => {
    const r = await read(Uint8Array.from([...new TextEncoder().encode('name,t0,t1\nM'), 0xfc, ...new TextEncoder().encode('nchen,1,2\nK'), 0xf6, ...new TextEncoder().encode('ln,3,4\n')]));
    expect([r.plan.encoding, r.set.ids]).toEqual(['windows-1252', ['München', 'Köln']]);
  });

  it('Korean that first shows after a megabyte', async () => {
    const head = new TextEncoder().encode(`id,${Array.from({ length: 60 }, (_, t) => `t${t}`).join(',')}\n${Array.from({ length: 4500 }, (_, k) => `s${k},${Array(60).fill('1.5').join(',')}`).join('\n')}\n`);
    const tail = [0xbc, 0xad, 0xbf, 0xef, ...new TextEncoder().encode(',1,2\n')];
    const bytes = new Uint8Array(head.length + tail.length);
    bytes.set(head);
    bytes.set(tail, head.length);
    const r = await read(bytes);
    expect(head.length).toBeGreaterThan(1 << 20);
    expect([r.plan.encoding, r.set.ids.at(-1), r.set.n]).toEqual(['euc-kr', '서울', 4501]);
  }, 30_000);

  it('bytes that fit no chosen encoding are shown and told, numbers kept', async () => {
    const r = await read(Uint8Array.from([...new TextEncoder().encode('id,t0,t1\na'), 0xff, ...new TextEncoder().encode(',1,2\nb,3,4\n')]), { encoding: 'utf-8' });
    expect([r.set.ids[0], [...r.set.values]]).toEqual(['a\ufffd', [1, 2, 3, 4]]);
    expect(codes(r)).toContain('badBytes');
  });
});

describe('dialects', () => {
  it.each([',', ';', '\t', '|'] as const)('delimiter %j', async (d) => {
    const r = await read(`id${d}t0${d}t1\na${d}1.5${d}2\n"b${d}c"${d}3${d}4\n`);
    expect([r.plan.delimiter, r.set.ids, [...r.set.values]]).toEqual([d, ['a', `b${d}c`], [1.5, 2, 3, 4]]);
  });

  it('three decimals each beside a whole number, separated by commas, are no thousands', async () => {
    const r = await read('id,t0,t1,t2\na,10.129,10.361,-999\nb,10.016,10.254,10.765\nc,11.501,12.250,10.100\n');
    expect(r.plan.decimal).toBe('.');
    expect(r.set.values[0]).toBe(10.129);
  });

  it('decimal comma with semicolons, tabs, and commas in quotes', async () => {
    for (const text of ['id;t0;t1\na;1,5;2,25\nb;3;-4,5\n', 'id\tt0\tt1\na\t1,5\t2,25\nb\t3\t-4,5\n', 'id,t0,t1\na,"1,5","2,25"\nb,3,"-4,5"\n']) {
      const r = await read(text);
      expect([r.plan.decimal, [...r.set.values]]).toEqual([',', [1.5, 2.25, 3, -4.5]]);
    }
  });

  it('a preamble of comments, titles and blank lines', async () => {
    const r = await read('# exported 2024\nStation;Nord\n\nReport;;;\nid;t0;t1;t2\na;1;2;3\nb;4;5;6\n');
    expect([r.plan.skipRows, r.plan.header, r.set.n, r.set.t]).toEqual([4, true, 2, 3]);
    expect(r.report.rows).toEqual({ total: 7, preamble: 4, header: 1, data: 2, blank: 0, rejected: 0 });
  });

  it('repeated, empty and hostile column names', async () => {
    const r = await read('__proto__,constructor,a,a,\n1.5,2,3,4,5\n6,7,8,9,10\n11,12,13,14,15\n', { layout: 'wideByColumn' });
    expect(r.set.ids).toEqual(['__proto__', 'constructor', 'a', 'a (2)', 'column 5']);
    expect(codes(r)).toEqual(expect.arrayContaining(['duplicateHeader', 'emptyHeader']));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('delimiters at the end of every line add no step', async () => {
    const r = await read('id,t0,t1,\na,1,2,\nb,3,4,\n');
    expect([r.set.t, codes(r).filter((code) => code === 'raggedRow')]).toEqual([2, []]);
  });
});

describe('cells', () => {
  it('knows the usual missing marks, in any case', async () => {
    const marks = ['', ' ', 'NA', 'n/a', 'NaN', 'NULL', 'None', '-', '?', '결측', '없음', '#N/A'];
    const r = await read(`id,t0,t1,t2\n${marks.map((mark, k) => `s${k},1,${mark},2`).join('\n')}\n`);
    expect([r.report.cells.missing, r.report.cells.rejected]).toEqual([marks.length, 0]);
  });

  it('refuses what is no number, names line and column, and never coerces', async () => {
    const r = await read('id,t0,t1,t2\na,1,2,3\nb,0x10,1e400,inf\nc,12abc,5,6\nd,7,8,9\n');
    expect(r.report.cells).toMatchObject({ observed: 8, rejected: 4, missing: 0, total: 9 + 3 });
    expect(note(r, 'badNumber')).toMatchObject({ line: 3, column: 2, columnName: 't0', count: 4, severity: 'warning' });
    expect(note(r, 'badNumber')!.message).toMatch(/«0x10» is not written in decimal digits/);
    expect(r.set.ids).toEqual(['a', 'c', 'd']);
  });

  it('suggests sentinels that stand apart, applies them only when told', async () => {
    const text = `id,t0,t1,t2\n${Array.from({ length: 10 }, (_, i) => `s${i},${i},${i % 3 === 0 ? -999 : i + 1},${i + 2}`).join('\n')}`;
    const r = await read(text);
    expect(r.report.suspectedSentinels).toEqual([{ value: -999, count: 4 }]);
    expect(r.report.cells.missing).toBe(0);
    const told = await read(text, { sentinels: [-999] });
    expect([told.report.cells.missing, told.report.suspectedSentinels, told.plan.sentinels]).toEqual([4, [{ value: -999, count: 4 }], [-999]]);
    expect([codes(told).includes('suspectedSentinel'), codes(told).includes('sentinel')]).toEqual([false, true]);
  });

  it('does not suspect -1 among numbers around zero', async () => {
    expect((await read('id,t0,t1,t2\na,-1,0.5,-1\nb,-2,1,-1.5\nc,0,1,2\n')).report.suspectedSentinels).toEqual([]);
  });

  it('names repeated ids, and tells the series apart', async () => {
    const r = await read('id,t0,t1,t2\na,1,2,3\na,3,4,5\n,5,6,7\n');
    expect(r.set.ids).toEqual(['a', 'a (2)', 'series 3']);
    expect(note(r, 'duplicateId')!.line).toBe(3);
    expect(note(r, 'emptyId')!.line).toBe(4);
  });

  it('tells of rows that are too short or too long', async () => {
    const r = await read('id,t0,t1,t2\na,1,2\nb,3,4,5,6,7\nc,8,9,10\nd,1,1,1\n', { ends: 'gaps' });
    expect(r.report.notes.flatMap(({ code, line, count }) => (code === 'raggedRow' ? [[line, count]] : []))).toEqual([[2, 1], [3, 1]]);
    expect(r.report.cells).toMatchObject({ total: 14, observed: 11, missing: 1, rejected: 2 });
  });

  it('tells rows that are too long apart from rows that are too short', async () => {
    const { report } = await readSeries({ name: 'ragged.csv', bytes: 'id,t1,t2\na,1,2\nb,5\nc,1,2,3\nd,4\n' });
    const found = report.notes.filter(({ code }) => code === 'raggedRow').map(({ line, count, message }) => [line, count, /left out/.test(message)]);
    expect(found).toEqual([[3, 2, false], [4, 1, true]]);
  });

  it('leaves out series without a value, in every layout', async () => {
    for (const text of ['id,t0,t1,t2\na,1,2,3\nb,,NA,\nc,4,5,6\n', 'date,a,b,c\n2024-01-01,1,,4\n2024-01-02,2,NA,5\n2024-01-03,3,-,6\n', 'id,time,x\na,0,1\na,1,2\na,2,3\nb,0,\nb,1,\nb,2,NA\nc,0,4\nc,1,5\nc,2,6\n']) {
      const r = await read(text);
      expect([r.set.ids, [...r.set.values]]).toEqual([['a', 'c'], [1, 2, 3, 4, 5, 6]]);
      expect([r.report.cells, codes(r).includes('emptySeries')]).toEqual([{ total: 9, observed: 6, missing: 0, outside: 0, repaired: 0, rejected: 3 }, true]);
    }
  });

  it('leaves out series that show too few of their cells, and names them', async () => {
    const texts = ['id,t0,t1,t2,t3\na,1,2,3,\nb,,4,,\nc,5,,6,\nd,,,7,\n', 'date,a,b,c,d\n2024-01-01,1,,5,\n2024-01-02,2,4,,\n2024-01-03,3,,6,7\n2024-01-04,,,,\n', 'id,time,x\na,0,1\na,1,2\na,2,3\na,3,\nb,0,\nb,1,4\nb,2,\nb,3,\nc,0,5\nc,1,\nc,2,6\nc,3,\nd,0,\nd,1,\nd,2,7\nd,3,\n'];
    for (const text of texts) {
      const r = await read(text, { ends: 'gaps', minCoverage: 0.5 });
      expect([r.set.ids, [...r.set.values]]).toEqual([['a', 'c'], [1, 2, 3, 0, 5, 0, 6, 0]]);
      expect(r.report.cells).toEqual({ total: 16, observed: 5, missing: 3, outside: 0, repaired: 0, rejected: 8 });
      expect(note(r, 'lowCoverage')).toMatchObject({ severity: 'warning', count: 2, message: 'The series «b» shows 25 % of its cells, less than the 50 % asked for, and is left out. (2 times; other texts: «d»)' });
      expect((await readSeries({ name: 'again', bytes: text }, r.plan)).set.ids).toEqual(['a', 'c']);
      await expect(read(text, { ends: 'gaps', minCoverage: 0.9 })).rejects.toThrow('No series shows 90 % of its cells. Ask for less coverage.');
    }
    expect((await read(texts[0], { ends: 'gaps' })).plan).not.toHaveProperty('minCoverage');
  });

  it('keeps a step that nobody observed, and constant series', async () => {
    const r = await read('id,t0,t1,t2\na,5,,5\nb,5,,5\n');
    expect([r.set.t, r.report.cells.missing]).toEqual([3, 2]);
  });
});

describe('ends of series', () => {
  const wide = (rows: (number | null)[][]): string => [`id,${rows[0].map((_, t) => `t${t}`).join(',')}`, ...rows.map((row, i) => `s${i},${row.map((x) => x ?? '').join(',')}`)].join('\n');
  const row = (t: number, from: number, to: number, holes: number[] = []): (number | null)[] => Array.from({ length: t }, (_, k) => (k < from || k >= to || holes.includes(k) ? null : k));

  it('are outside when long and nothing is missing inside', async () => {
    const r = await read(wide([row(50, 0, 50), row(50, 12, 50), row(50, 0, 30), row(50, 5, 44)]));
    expect([r.plan.ends, [...r.set.starts], [...r.set.ends]]).toEqual(['outside', [0, 12, 0, 5], [50, 50, 30, 44]]);
    expect(note(r, 'endsOutside')!.message).toMatch(/at most 20 steps long/);
  });

  it('are gaps when as rare and short as those inside', async () => {
    const r = await read(wide([row(50, 1, 50, [5, 9]), row(50, 0, 49, [20]), row(50, 2, 50, [30, 31]), row(50, 0, 50, [7])]));
    expect([r.plan.ends, r.report.cells.missing, r.report.cells.outside]).toEqual(['gaps', 10, 0]);
    expect(codes(r)).toContain('endsGaps');
  });

  it('follow the plan', async () => {
    const r = await read(wide([row(50, 0, 50), row(50, 12, 50)]), { ends: 'gaps' });
    expect([r.report.cells.missing, [...r.set.starts]]).toEqual([12, [0, 0]]);
  });
});

describe('files that give no table', () => {
  it.each([
    ['an empty file', '', /empty/],
    ['blank space', ' \n\n\t\n', /blank/],
    ['prose', 'Dear all,\nplease find the data attached.\nBest\n', /No column holds values|No series/],
    ['a header alone', 'id,t0,t1\n', /holds no rows below the row of column names/],
    ['only missing cells', 'id,t0,t1\na,NA,\nb,,\n', /No column|No series/],
    ['a zip file', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0), /Excel/],
    ['random bytes', Uint8Array.from({ length: 5000 }, (_, k) => (k * 7919 + (k >> 3) * 104729) % 256), /not a text file|No column|No series/],
    ['NULs', new Uint8Array(1000), /not a text file/],
  ])('%s', async (_, bytes, message) => {
    const error = await read(bytes).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ImportError);
    expect((error as ImportError).message).toMatch(message);
  });

  it('carry the preview where there is one', async () => {
    const error = (await read('a,b\nx,y\nz,w\n').catch((caught: unknown) => caught)) as ImportError;
    expect(error.preview!.rows.length).toBeGreaterThan(0);
  });

  it('are refused before reading when they are too large', async () => {
    let readBytes = 0;
    const line = '1.5,2.5,3.5,4.5\n';
    const blob = { size: 4e9, slice: (start = 0, end = 0) => ({ arrayBuffer: async () => { readBytes += end - start; return new TextEncoder().encode(line.repeat((end - start) / line.length)).buffer as ArrayBuffer; } }) };
    await expect(readSeries({ name: 'big.csv', bytes: blob })).rejects.toThrow(/about [\d,]+ value cells \(4000 MB\), more than the 32,000,000/);
    expect(readBytes).toBeLessThan(2e6);
  });

  it('are refused when times multiply beyond the budget', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => [0, 1, 2].map((t) => `s${i},${i * 10 + t},1`)).flat();
    await expect(readSeries({ name: 'x', bytes: ['id,time,x', ...lines].join('\n') }, { align: 'time' }, undefined, 100_000)).rejects.toThrow(/400 series × 1200 steps.*position/);
  });
});

it('reads 10,000 columns and one row', async () => {
  const r = await read(`id,${Array.from({ length: 10_000 }, (_, t) => `t${t}`).join(',')}\na,${Array.from({ length: 10_000 }, (_, t) => t).join(',')}\n`);
  expect([r.set.n, r.set.t, r.set.values[9999]]).toEqual([1, 10_000, 9999]);
});

it('previews without reading the file', async () => {
  const line = 'a,1,2,3\n';
  let readBytes = 0;
  const blob = { size: 8e7, slice: (start = 0, end = 0) => ({ arrayBuffer: async () => { readBytes += end - start; return new TextEncoder().encode(line.repeat(Math.ceil((end - start) / 8))).buffer as ArrayBuffer; } }) };
  const preview = await previewFile({ name: 'x.csv', bytes: blob });
  expect([preview.rows.length, preview.plan.layout]).toEqual([200, 'wide']);
  expect(readBytes).toBeLessThan(2e6);
});

it('tells progress in bytes, up to the whole', async () => {
  const seen: number[] = [];
  const text = `${Array.from({ length: 40 }, (_, t) => `t${t}`).join(',')}\n${`${Array(40).fill('1.25').join(',')}\n`.repeat(15_000)}`;
  await readSeries({ name: 'x', bytes: text }, {}, (done, total) => seen.push(done / total));
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.at(-1)).toBe(1);
}, 30_000);
