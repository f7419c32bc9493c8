/** Files as people really have them: what is made of them without a word said. */
import { describe, expect, it } from 'vitest';
import { rewriteFilled } from '../rewrite';
import { gapCells } from '../SeriesSet';
import { readSeries } from './index';
import type { ImportPlan, SeriesImport } from './index';

const read = (text: string, plan: Partial<ImportPlan> = {}): Promise<SeriesImport> => readSeries({ name: 'file.csv', bytes: text }, plan);
const note = ({ report }: SeriesImport, code: string) => report.notes.find((found) => found.code === code);
const lines = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const shape = ({ plan, set }: SeriesImport) => [plan.layout, plan.header, set.n, set.t, set.d];

describe('columns that are steps', () => {
  it.each([
    ['dates, month first', ['1/22/20', '1/23/20', '1/24/20', '1/25/20']],
    ['dates, day first', ['28.01.2024', '29.01.2024', '30.01.2024', '31.01.2024']],
    ['times of day', ['00:00', '00:30', '01:00', '01:30']],
    ['months', ['Jan', 'Feb', 'March', 'Apr']],
    ['quarters', ['2023Q1', '2023Q2', '2023Q3', '2023Q4']],
  ])('named as %s', async (_, names) => {
    const r = await read(`place,lat,${names.join(',')}\n${lines(5, (i) => `town ${i},${50.5 + i},${i}.5,2,,${i}`)}`);
    expect(shape(r)).toEqual(['wide', true, 5, 4, 1]);
    expect([r.set.ids[1], r.set.time.texts[0]]).toEqual(['town 1', names[0]]);
  });

  it('take no ids or classes in words for steps, though they are named alike', async () => {
    const r = await read(`V1,V2,V3,V4,V5,V6\n${lines(6, (i) => `Y${i},${i}.5,2.5,3.5,${i},${'ab'[i % 2]}`)}`);
    expect(r.plan.roles).toEqual(['id', 'value', 'value', 'value', 'value', 'label']);
  });

  it('are kept when most of their cells are words, and the words are told', async () => {
    const r = await read(`id,t0,t1,t2\n${lines(5, (i) => `s${i},${i},${i < 4 ? 'broken' : 3},${i + 2}`)}`);
    expect([r.set.t, note(r, 'badNumber')!.count]).toEqual([3, 4]);
  });

  it('may hold true and false', async () => {
    const r = await read('id,t0,t1,t2\na,true,false,\nb,FALSE,True,true\nc,true,,false\n');
    expect([...r.set.values]).toEqual([1, 0, 0, 0, 1, 1, 1, 0, 0]);
    expect([r.report.cells.repaired, note(r, 'trueOrFalse')!.count]).toEqual([7, 7]);
  });

  it('of several variables side by side bring a warning', async () => {
    const names = ['HR', 'BP'].flatMap((name) => [1, 2, 3].map((k) => `${name}_${k}`));
    expect(note(await read(`id,${names.join(',')}\n${lines(4, (i) => `p${i},1,2,3,4,5,${i}`)}`), 'severalVariables')!.message).toMatch(/2 variables \(«HR», «BP»\) of 3 steps/);
    const months = ['2019', '2020', '2021'].flatMap((year) => ['Jan', 'Feb', 'Mar'].map((month) => `${month} ${year}`));
    expect(note(await read(`id,${months.join(',')}\n${lines(4, (i) => `p${i},1,2,3,4,5,6,7,8,${i}`)}`), 'severalVariables')).toBeUndefined();
  });
});

describe('time columns', () => {
  it('are known by Unix seconds, or by a unit behind the name', async () => {
    for (const name of ['ts', 'when']) {
      const r = await read(`${name},a,b\n${lines(6, (t) => `${1_700_000_000 + 600 * t},${t},${t * t}`)}`);
      expect([r.set.ids, r.set.time.kind]).toEqual([['a', 'b'], 'date']);
      expect(note(r, 'times')!.message).toMatch(/seconds since 1970.*10 minutes/);
    }
    expect((await read(`Time (s),a,b\n${lines(6, (t) => `${t / 10},${t},${t * t}`)}`)).set.ids).toEqual(['a', 'b']);
  });

  it('are known by even steps in the first column of columns named as things', async () => {
    const r = await read(`wavelength,oil,wax\n${lines(6, (t) => `${400 + 2.5 * t},${(t * 7) % 5},${t * t}`)}`);
    expect([r.set.ids, r.set.time.values[1]]).toEqual([['oil', 'wax'], 402.5]);
  });

  it('read months and years of two digits, and put late starters in their place', async () => {
    const r = await read('id,month,x\na,Mar-15,1\na,Apr-15,2\na,May-15,3\nb,Jan-15,4\nb,Feb-15,5\nb,Mar-15,6\n');
    expect(r.set.time.texts).toEqual(['Jan-15', 'Feb-15', 'Mar-15', 'Apr-15', 'May-15']);
    expect((await read('date,a\n9-Jan-24,1\n10-Jan-24,2\n11-Jan-24,4\n12-Jan-24,3\n')).set.time.values[1]).toBe(Date.UTC(2024, 0, 10));
    expect((await read('date,a\nMon Jan 29 2024,1\nTue Jan 30 2024,2\nWed Jan 31 2024,4\nThu Feb 1 2024,3\n')).set.time.values[3]).toBe(Date.UTC(2024, 1, 1));
  });

  it('have even steps where they are whole months', async () => {
    const told = async (dates: string[]) => note(await read(`date,a,b\n${dates.map((date, t) => `${date},${t},${t * t}`).join('\n')}`), 'times')?.message;
    expect(await told(['2023-01-01', '2023-04-01', '2023-07-01', '2023-10-01', '2024-01-01'])).toMatch(/The step is 3 months/);
    expect(await told(['2023-11-30', '2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31'])).toMatch(/The step is 1 month\./);
    expect(await told(['01/01/2024', '02/01/2024', '03/01/2024', '04/01/2024', '05/01/2024'])).toMatch(/month before day. The step is 1 month\./);
  });

  it('leave out rows under a second header', async () => {
    const r = await read(`Price,Open,Close\nTicker,AAPL,AAPL\nDate,,\n${lines(9, (t) => `2024-01-0${t + 1},${t},${t * t}`)}`);
    expect([r.set.t, r.set.time.kind, note(r, 'badTime')!.count]).toEqual([9, 'date', 2]);
  });

  it('tell day from month by the order of the rows, and say so when nothing else tells', async () => {
    const r = await read(`date,a,b\n${lines(6, (t) => `0${1 + (t % 3)}/0${t < 3 ? 4 : 5}/2024,${t},${t * t}`)}`);
    expect([...r.set.values.subarray(0, 6)]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(note(r, 'ambiguousDates')!.message).toMatch(/«01\/04\/2024».*day before month/);
    const hours = await read('date,a\n10-03-2004 21:00,1\n10-03-2004 22:00,2\n10-03-2004 23:00,4\n11-03-2004 00:00,3\n11-03-2004 01:00,5\n');
    expect(note(hours, 'ambiguousDates')!.message).toMatch(/day before month/);
    expect(note(await read(`date,a,b\n${lines(6, (t) => `${12 + t}/04/2024,${t},${t * t}`)}`), 'ambiguousDates')).toBeUndefined();
  });

  it('take the word of the person for what comes first', async () => {
    const text = `date,a,b\n${lines(6, (t) => `0${1 + t}/05/2024,${t},${t * t}`)}`;
    const months = async (plan: Partial<ImportPlan>) => [...(await read(text, plan)).set.time.values].map((time) => new Date(time).getUTCMonth());
    expect(await months({ dateOrder: 'dayFirst' })).toEqual([4, 4, 4, 4, 4, 4]);
    expect(await months({ dateOrder: 'monthFirst' })).toEqual([0, 1, 2, 3, 4, 5]);
    const told = await read(text, { dateOrder: 'monthFirst' });
    expect([note(told, 'ambiguousDates'), told.plan.dateOrder]).toEqual([undefined, 'monthFirst']);
    const wide = await read(`id,02/01/2024,03/01/2024,04/01/2024\n${lines(4, (i) => `s${i},${i},1.5,2`)}`, { dateOrder: 'monthFirst' });
    expect(new Date(wide.set.time.values[0]).getUTCMonth()).toBe(1);
  });
});

describe('marks in numbers', () => {
  const quoted = (rows: string[][]): string => `id,t0,t1,t2\n${rows.map((row, i) => [`s${i}`, ...row.map((cell) => `"${cell}"`)].join(',')).join('\n')}`;

  it('group thousands where the comma also separates the cells', async () => {
    const r = await read(quoted([['12,345', '234,567', '1,000'], ['999', '45,000', '7,001'], ['8,250', '9,100', '12']]));
    expect([r.plan.decimal, r.plan.thousands, r.set.values[0], r.set.values[3]]).toEqual(['.', true, 12345, 999]);
    expect(r.report.cells).toMatchObject({ observed: 9, repaired: 7, rejected: 0 });
    const again = await read(quoted([['12,345', '234,567', '1,000'], ['999', '45,000', '7,001']]), r.plan);
    expect(again.set.values[1]).toBe(234567);
  });

  it('group thousands when the person says that the other mark is the decimal one', async () => {
    const text = 'id;t0;t1;t2\na;1,250;2,375;3,125\nb;1,125;2,250;3,375\n';
    expect([...(await read(text, { decimal: '.' })).set.values.subarray(0, 3)]).toEqual([1250, 2375, 3125]);
    expect([...(await read(text, { decimal: ',' })).set.values.subarray(0, 3)]).toEqual([1.25, 2.375, 3.125]);
  });

  it('are decimal where a zero leads or the digits differ in number', async () => {
    for (const row of [['0,123', '0,456', '0,789'], ['12,345', '12,34', '1,5']]) {
      expect((await read(quoted([row, row, row]))).plan).toMatchObject({ decimal: ',', thousands: false });
    }
  });

  it('are found beside spaces that group thousands', async () => {
    const r = await read('id;2015;2016;2017\na;1 050,5;12 234,25;3\nb;2 050,5;;4\nc;3 050,5;1 234,25;5\n');
    expect([r.plan.decimal, r.set.values[0], r.set.values[1]]).toEqual([',', 1050.5, 12234.25]);
  });

  it('are decimal between semicolons, unless small whole numbers show that they group', async () => {
    const table = (rows: string[]): string => `id;t0;t1;t2\n${rows.map((row, i) => `s${i};${row}`).join('\n')}`;
    expect((await read(table(['1,250;2,375;3,125', '1,125;2,250;3,375']))).plan).toMatchObject({ decimal: ',', thousands: false });
    expect((await read(table(['1,250;375;3,125', '125;2,250;3,375']))).plan).toMatchObject({ decimal: '.', thousands: true });
    expect((await read(table(['1.250;375;3.125', '125;2.250;3.375', '12.400;5;8.000']))).plan).toMatchObject({ decimal: ',', thousands: true });
    expect((await read(table(['1.250;2.375;3.125', '1.125;2.250;3.375', '1.5;2;3']))).plan).toMatchObject({ decimal: '.', thousands: false });
  });

  it('keep percent and currency signs out of the number and in the file', async () => {
    const text = 'id,t0,t1,t2\na,5%,$7.5,\nb,2.5 %,,€8\n';
    const r = await read(text);
    expect([...r.set.values]).toEqual([5, 7.5, 0, 2.5, 0, 8]);
    let out = '';
    for await (const part of rewriteFilled({ name: 'file.csv', bytes: text }, r.plan, r.set, { cells: gapCells(r.set), values: Float64Array.of(1, 2) }).parts) out += part;
    expect(out).toBe('id,t0,t1,t2\na,5%,$7.5,1\nb,2.5 %,2,€8\n');
  });
});

describe('ids and classes', () => {
  it('without a header: rising whole numbers beside decimals are ids', async () => {
    const r = await read(lines(6, (i) => `${1001 + 7 * i},${i}.5,2.25,${i}.125,4.5`));
    expect([r.plan.roles[0], r.set.ids[1], r.set.t]).toEqual(['id', '1008', 4]);
  });

  it('with a header: different whole numbers before the steps are ids, whatever they are called', async () => {
    const r = await read(`anlage,t0,t1,t2\n${lines(5, (i) => `${(i * 37) % 11},1,2,${i}`)}`);
    expect([r.plan.roles[0], r.set.ids]).toEqual(['id', ['0', '4', '8', '1', '5']]);
  });

  it('prefer a column that is filled in every row', async () => {
    const r = await read(`Province/State,Country/Region,t0,t1,t2\n${lines(8, (i) => `${i % 4 === 0 ? `P${i}` : ''},land ${i},1,2,${i}`)}`);
    expect([r.plan.roles.slice(0, 2), r.set.ids[1]]).toEqual([['ignore', 'id'], 'land 1']);
  });

  const rows = (line: (i: number, t: number) => string): string => Array.from({ length: 8 }, (_, i) => lines(4, (t) => line(i, t))).join('\n');

  it('long: a number that never changes within a series is no variable; the only one with few values is the class', async () => {
    const r = await read(`patient,hour,pulse,died\n${rows((i, t) => `${100 + i},${t},${60 + ((i * 5 + t) % 9)},${i % 2}`)}`);
    expect([r.plan.roles, r.set.labels!.names]).toEqual([['id', 'time', 'value', 'label'], ['0', '1']]);
    const more = await read(`patient,hour,pulse,age,sex,height\n${rows((i, t) => `${100 + i},${t},${60 + ((i * 5 + t) % 9)},${50 + i},${i % 2},${160 + (i % 3)}`)}`);
    expect([more.plan.roles, more.set.labels]).toEqual([['id', 'time', 'value', 'ignore', 'ignore', 'ignore'], null]);
    expect(note(more, 'ignoredColumn')!.message).toBe('Columns 4 «age», 5 «sex», 6 «height» are not used.');
  });

  it('long: a variable that is the same in all series, or measured once in each, stays a variable', async () => {
    const r = await read(`id,time,x,level,once\n${rows((i, t) => `s${i},${t},${(i * 5 + t) % 9},7,${t === 0 ? i % 2 : ''}`)}`);
    expect(r.set.variables).toEqual(['x', 'level', 'once']);
  });

  it('long: a second name of each series is no class', async () => {
    const r = await read(`지점,지점명,시간,기온\n${rows((i, t) => `${100 + i},이름 ${i},${t},${(i * 5 + t) % 9}`)}`);
    expect([r.set.n, r.set.labels]).toEqual([8, null]);
  });
});

describe('columns', () => {
  it('without name and content after the last delimiter are no series', async () => {
    const r = await read(`Date;Time;CO;T;;\n${lines(6, (t) => `10/03/2004;1${t}.00.00;${t},5;${t * t};;`)}\n;;;;;\n`);
    expect([r.set.ids, r.report.rows.blank, note(r, 'emptySeries')]).toEqual([['CO', 'T'], 1, undefined]);
  });
});

describe('files that hold no table of series', () => {
  it.each([
    ['[{"id":1,"v":[1,2,3]}]', /This is JSON/],
    ['{"a": [1, 2]}', /This is JSON/],
    ['<!DOCTYPE html>\n<html><body>1,2,3</body></html>', /web page/],
  ])('are named: %s', async (text, message) => expect(read(text)).rejects.toThrow(message));

  it('or one measurement a row are put together by time and by what was measured', async () => {
    const r = await read(`RecordID,Clock,Parameter,Value\n${lines(12, (k) => `10${Math.floor(k / 6)},0${Math.floor(k / 2) % 3}:30,${'xy'[k % 2]}x,${k}.5`)}`);
    expect([r.set.t, r.set.variables]).toEqual([3, ['xx', 'yx']]);
    const one = await read(`id,x\n${lines(6, (i) => `s${i},${i * i}.5`)}`, { layout: 'wide' });
    expect([one.set.t, note(one, 'oneStep')?.severity]).toEqual([1, 'warning']);
  });
});

describe('rows', () => {
  it('that repeat the header are left out, and stay in the filled file', async () => {
    const text = 'id,t0,t1,t2\na,1,2,3\nb,2,,4\nid,t0,t1,t2\nc,3,,5\n';
    const r = await read(text);
    expect(r.report.rows).toMatchObject({ total: 5, header: 2, data: 3, rejected: 0 });
    expect([note(r, 'repeatedHeader')!.line, note(r, 'badNumber')]).toEqual([4, undefined]);
    let out = '';
    for await (const part of rewriteFilled({ name: 'file.csv', bytes: text }, r.plan, r.set, { cells: gapCells(r.set), values: Float64Array.of(8, 9) }).parts) out += part;
    expect(out).toBe('id,t0,t1,t2\na,1,2,3\nb,2,8,4\nid,t0,t1,t2\nc,3,9,5\n');
  });

  it('of units under the header are left out by name and line', async () => {
    const r = await read(`time,CO,NO2\n,mg/m3,ppb\n${lines(5, (t) => `2024-01-0${t + 1},${t},${t * t}`)}`);
    expect(shape(r)).toEqual(['wideByColumn', true, 2, 5, 1]);
    expect(note(r, 'badTime')!.message).toBe('Line 2, column 1 «time»: the time is empty; the row is left out. Mend the time in the file if the row belongs to the data.');
  });
});

it('lists the different texts that are no numbers, with their lines', async () => {
  const r = await read('id,t0,t1,t2\na,1,2,3\nb,x,1,2\nc,tba,3,4\nd,x,4,5\ne,5,6,7\n');
  expect(note(r, 'badNumber')!.message).toMatch(/^Line 3, column 2 «t0»: «x» is not a number\..*\(3 times; also lines 4, 5; other texts: «tba»\)$/);
});

it('suspects nines with a point of a fixed format', async () => {
  const r = await read(`id,t0,t1,t2\n${lines(8, (i) => `s${i},${i}.5,${i % 3 === 0 ? '9999.9' : 2},${i + 1}`)}`);
  expect(r.report.suspectedSentinels).toEqual([{ value: 9999.9, count: 3 }]);
});

it('names a variable without any value', async () => {
  const r = await read(`id,time,x,y\n${lines(12, (k) => `s${k % 3},${Math.floor(k / 3)},${k % 5},`)}`);
  expect(note(r, 'emptyVariable')!.message).toMatch(/«y» holds no value/);
});

describe('findings that count one thing', () => {
  const long = (skip: string): string => `id,day,value\n${lines(15, (i) => `${'abc'[Math.floor(i / 5)]},2024-05-0${(i % 5) + 1},${i}`).replace(`${skip}\n`, '')}`;

  it('say so of a row that is not there', async () => {
    expect(note(await read(long('b,2024-05-03,7')), 'absentRows')!.message).toBe('For 1 of the 15 pairs of a series and a time the file has no row; that cell counts as missing, or as outside at the ends of a series.');
  });

  it('say so of cells too few and too many', async () => {
    const r = await read('id,t0,t1\na,1,2\nb\nc,3,4,5\nd,1,3\n');
    expect(r.report.notes.filter(({ code }) => code === 'raggedRow').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Line 3: 1 cell where 3 are expected\./),
      expect.stringMatching(/^Line 4: 4 cells where 3 are expected\. The one past the last column is left out;/),
    ]);
  });

  it('say so of steps', async () => {
    const r = await read(`day,a,b\n${['01', '02', '05'].map((day, i) => `2024-05-${day},${i},${i * i}`).join('\n')}`);
    expect(note(r, 'irregularTimes')!.message).toContain('1 of 2 steps is 1 day, the other differs.');
  });
});

describe('spreadsheets with totals', () => {
  const months = ['Jan 2023', 'Feb 2023', 'Mar 2023', 'Apr 2023'];

  it('keep their header of months though a total stands at its end', async () => {
    const r = await read(`Store,Region,${months.join(',')},Total\n${lines(6, (i) => `Shop ${i},${'NS'[i % 2]},${i},${i + 2},${i * i},7,${i + i + 2 + i * i + 7}`)}`);
    expect([r.plan.header, r.set.n, r.set.time.texts.slice(0, 2)]).toEqual([true, 6, ['Jan 2023', 'Feb 2023']]);
  });
});

it('one column of rising numbers is a series, and no time', async () => {
  const r = await read('1\n2\n3\n4\n');
  expect([r.plan.roles, [...r.set.values]]).toEqual([['value'], [1, 2, 3, 4]]);
});

it('says that no column has the role of values when the person gave it to none', async () => {
  await expect(read(`id,a,b\n${lines(3, (i) => `s${i},1,${i}`)}`, { roles: ['id', 'ignore', 'ignore'] })).rejects.toThrow('No column has the role "value". Give it to the columns that hold the numbers.');
});

it('a wide file of two steps, one the same and one counting, is not long without a value', async () => {
  const r = await read(`id,t0,t1\n${lines(9, (i) => `s${i},1,${i}`)}`);
  expect(shape(r)).toEqual(['wide', true, 9, 2, 1]);
});
