/** Real findings of real readings: what the reader says in English, told in Korean with nothing lost. */
import { expect, it } from 'vitest';
import { readSeries } from '../../../core/series/reading';
import type { ImportNote, ImportPlan } from '../../../core/series/reading/plan';
import { koreanFindings } from './koreanFindings';
import { koreanSentenceOf } from './koreanSentences';

const lines = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const day = (i: number): string => `2024-05-${String(i + 1).padStart(2, '0')}`;

const files: readonly [text: string | Uint8Array, plan?: Partial<ImportPlan>][] = [
  [`# about\n\nid,class,a,a,,c,,\n${lines(9, (i) => `${i === 2 ? '' : `s${i % 8}`},${'xy'[i % 2]},${['1.5', 'low', '1,5', '0x1', 'inf', '1e999', '1e-999', '(3)', '5 %'][i]},${i},${i === 4 ? 'TRUE' : i},${i === 5 ? -999 : i === 6 ? -999 : 2 * i},,`)}\nTotal,,,,,,,\nSum,,1,2,3,4\nragged,x,1\nlong,x,1,2,3,4,5,6,7,8`],
  [`id,t0,t1,t2,t3\n${lines(6, (i) => `s${i},${i === 3 ? 7 : i},,${i === 3 ? 7 : i * i},${i === 3 ? 7 : i === 1 || i === 2 ? -999 : 4}`)}\nlast,"1,2,3,4\nafter,1,2,3,4`, { sentinels: [-999], minCoverage: 0.3, excluded: ['s5'] }],
  [`day,a,b,Total,note\n${lines(12, (i) => `${i === 4 ? '05/05/2024' : i === 6 ? 'soon' : i === 7 ? '' : i === 8 ? day(0) : day(i)},${i},${i * i}.5,${i + i * i},${i < 4 ? i : `bad ${i}`}`)}`],
  [`date,a,b\n${lines(6, (i) => `${45292 + i},${i},3`)}`],
  [`date,a,b\n${lines(6, (i) => `${45292 + i},${i},3`)}\n2024-01-09,1,2`, { serialDates: '1900' }],
  [`date,a,b\n${lines(6, (i) => `${i % 2 ? 45292 + i : day(i)},${i},3`)}`],
  [`day;a\n${lines(6, (i) => `0${i + 1}/05/2024;${i},5`)}`],
  [`day,a,b\n${lines(6, (i) => `${day(2 * i)},${i},3`)}`],
  [`day,a,b\n${lines(8, (i) => `${i < 7 ? `${20 + i}/04/2024` : '04/30/2024'},${i},${i * i}`)}\n01/05/2024,5,5`],
  [`id,time,group,x,empty\n${lines(16, (i) => `${i === 9 ? '' : 'abcd'[i % 4]},${day(Math.floor(i / 4))},${i === 12 ? 'q' : 'pq'[i % 2]},${i === 3 ? 'kW' : i},`)}\na,${day(0)},p,3,`, { roles: ['id', 'time', 'label', 'value', 'value'] }],
  [`room,day,variable,value\n${lines(40, (i) => `r${Math.floor(i / 10)},${day(Math.floor(i / 2) % 5)},${i === 11 ? '' : 'tu'[i % 2]},${i}`)}`],
  [`id,x_1,x_2,x_3,y_1,y_2,y_3\n${lines(4, (i) => `s${i},1,2,3,4,5,${i}`)}`],
  [`id,t0,t1\n${lines(4, (i) => `s${i},${i} kWh,${i === 2 ? '3 MWh' : '2 kWh'}`)}`],
  [`day,load\n${lines(9, (i) => `${day(i)},${i}`)}`],
  [`id,t0,t1,t2\n${lines(4, (i) => `s${i},${i},${i},${i}`)}`],
  [lines(40, (i) => `${i / 10},${5 + i / 10},${i / 10 - 5}`)],
  ['id,x\na,1\nb,2\n', { layout: 'wide' }],
  [new Uint8Array([...new TextEncoder().encode(`id,t0,t1,t2\n${lines(4, (i) => `s${i},1,2,${i}`)}\ncaf`), 0xe9, ...new TextEncoder().encode(',1,2,5\n')])],
  [new TextEncoder().encode(`id,t0,t1\n${lines(9, (i) => `s${i},1,${i}`)}\nid,t0,t1\n"q"x",4,5\r\nz,4,6\n`)],
  [`id,t0,t1,,\n${lines(4, (i) => `s${i},${i},,,`)}`],
  [`id,t0,t1,t2,t3,t4,t5,t6,t7\n${lines(12, (i) => `s${i},${lines(8, (t) => (t < 3 + (i % 6) ? `${t * i}` : '')).replaceAll('\n', ',')}`)}`],
  [new Uint8Array([...new TextEncoder().encode(`id,t0,t1\n${lines(4, (i) => `s${i},1,${i}`)}\ncaf`), 0xe9, 0xff, ...new TextEncoder().encode(',1,2\n')]), { encoding: 'utf-8' }],
  [`day,a,b\n${lines(6, (i) => `${day(5 - i)},${i},${i * i}`)}`],
  [`id,t,x\n${lines(120, (i) => `s${i % 6},${i * 7 + (i % 6)},${i}`)}`],
];

async function findings(): Promise<ImportNote[]> {
  const all: ImportNote[] = [];
  for (const [bytes, plan] of files) all.push(...(await readSeries({ name: 'file.csv', bytes }, plan ?? {})).report.notes);
  return all;
}

it('keeps every number and every quoted text of each finding', async () => {
  const notes = await findings();
  for (const note of notes) {
    const korean = koreanSentenceOf(note) ?? (note.message.match(/[«\d]/) ? null : koreanFindings[note.code]);
    expect(korean, note.message).not.toBeNull();
    expect(korean, note.message).toMatch(/[가-힣]/);
    const parts = [...note.message.matchAll(/«[^»]*»|(?<![\w«.])-?\d[\d.,-]*(?<=\d)(?![\w»])/g)].map(([part]) => part);
    for (const part of parts) expect(korean, note.message).toContain(part);
    expect(korean!.replaceAll(/«[^»]*»/g, ''), note.message).not.toMatch(/\b(?:the|is|are|was|of|which|left)\b/);
  }
  const codes = new Set(notes.map(({ code }) => code));
  expect([...codes].filter((code) => !(code in koreanFindings))).toEqual([]);
  const rare = ['formulaText', 'insertedRow', 'splitVaries', 'lowCoverage', 'emptyName', 'alignedByPosition'];
  expect(Object.keys(koreanFindings).filter((code) => !codes.has(code) && !rare.includes(code))).toEqual([]);
});
