import { describe, expect, it } from 'vitest';
import { rewriteFilled } from '../rewrite';
import { gapCells } from '../SeriesSet';
import { readSeries } from './index';
import type { SeriesImport } from './index';
import { splitUnit } from './units';

const read = (text: string): Promise<SeriesImport> => readSeries({ name: 'file.csv', bytes: text });
const lines = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const note = ({ report }: SeriesImport, code: string) => report.notes.find((found) => found.code === code);

describe('units behind numbers', () => {
  it.each([['1,000.3 kWh', '1,000.3', 'kWh'], ['-5 °C', '-5', '°C'], ['12kWh', '12', 'kWh'], ['3 W/m²', '3', 'W/m²'], ['1 200 mm', '1 200', 'mm'], ['25℃', '25', '℃'], ['7명', '7', '명']])('%s', (text, number, unit) => expect(splitUnit(text)).toEqual({ number, unit }));
  it.each(['12A', '1st', '12h30', 'kWh', '5', '10:30', '2024-01-02', '5 of 7', '12 Main Street', '3rd', ''])('are not seen in %j', (text) => expect(splitUnit(text)).toBeNull());

  it('are dropped, each cell is told, and the filled table carries them', async () => {
    const text = `site,d1,d2,d3\n${lines(5, (i) => `s${i},"1,00${i}.5 kWh",${i === 2 ? '' : `${i} kWh`},${i + 2} kWh`)}\n`;
    const r = await read(text);
    expect([...r.set.values.subarray(0, 3)]).toEqual([1000.5, 0, 2]);
    expect(note(r, 'repairedNumber')!.message).toBe('Line 2, column 2 «d1»: «1,000.5 kWh» was read as 1000.5. (14 times; also lines 3, 4, 5, 6)');
    let out = '';
    for await (const part of rewriteFilled({ name: 'file.csv', bytes: text }, r.plan, r.set, { cells: gapCells(r.set), values: Float64Array.of(2.25) }).parts) out += part;
    expect(out.split('\n')[3]).toBe('s2,"1,002.5 kWh",2.25 kWh,4 kWh');
    const again = await readSeries({ name: 'file.csv', bytes: out }, r.plan);
    expect([again.set.values[7], again.report.cells.missing]).toEqual([2.25, 0]);
  });

  it('of another kind are refused, and named', async () => {
    const r = await read(`site,d1,d2,d3\n${lines(5, (i) => `s${i},${i} kWh,${i === 3 ? '2 MWh' : `${i * i} kWh`},7 kWh`)}\n`);
    expect(note(r, 'badNumber')!.message).toMatch(/^Line 5, column 3 «d2»: «2 MWh» is written in another unit than the «kWh» of most cells\. The cell is treated as missing;/);
  });

  it('may differ from variable to variable', async () => {
    const r = await read(`id,time,temperature,load\n${lines(12, (i) => `${'abc'[i % 3]},${Math.floor(i / 3)},${i} °C,${i * i} kW`)}\n`);
    expect([r.set.d, r.report.cells.rejected, r.plan.units]).toEqual([2, 0, ['', '', '°C', 'kW']]);
  });
});

it('a column left out for its words is named when it also holds numbers', async () => {
  const r = await read(`id,t0,t1,t2,extra\n${lines(10, (i) => `s${i},${i},5,${i * i},${i < 4 ? i : `bad ${i}`}`)}\n`);
  expect(note(r, 'ignoredNumbers')!.message).toBe('Column 5 «extra» is not used, although some of its cells are numbers: most are none, such as «bad 4». Give it the role "value" to read its numbers and take the rest as missing.');
});

it('a file without numbers is refused with one of its texts', async () => {
  await expect(read(`id,t0,t1\n${lines(4, (i) => `s${i},low-${i},high-${i}`)}`)).rejects.toThrow('(column 3 «column 3» holds «high-3», for example)');
});
