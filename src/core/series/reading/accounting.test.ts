import { expect, it } from 'vitest';
import { Random } from '../../lib/random';
import { gapCells, within } from '../SeriesSet';
import { rewriteFilled } from '../rewrite';
import { ImportError, readSeries } from './index';
import type { SeriesImport } from './index';

/** What the parts of a report must add up to, and what must hold of any set. */
function expectSound({ set, report }: SeriesImport): void {
  const { rows, cells } = report;
  expect(rows.preamble + rows.header + rows.data + rows.blank + rows.rejected).toBe(rows.total);
  expect(cells.observed + cells.missing + cells.outside + cells.rejected).toBe(cells.total);
  expect(cells.observed).toBe(set.mask.reduce((sum, m) => sum + m, 0));
  expect(cells.repaired).toBeLessThanOrEqual(cells.observed);
  expect(set.values.length).toBe(set.n * set.t * set.d);
  expect(new Set(set.ids).size).toBe(set.n);
  const outside = set.values.length - set.ends.reduce((sum, end, i) => sum + (end - set.starts[i]) * set.d, 0);
  expect(outside).toBeGreaterThanOrEqual(cells.outside);
  expect(gapCells(set).length).toBeGreaterThanOrEqual(cells.missing);
  let faults = 0;
  for (let i = 0; i < set.n; i++) {
    let seen = 0;
    for (let cell = i * set.t * set.d; cell < (i + 1) * set.t * set.d; cell++) {
      if (set.mask[cell] === 0 ? set.values[cell] !== 0 : !Number.isFinite(set.values[cell]) || !within(set, i, Math.floor(cell / set.d) % set.t)) faults += 1;
      seen += set.mask[cell];
    }
    if (seen === 0) faults += 1;
  }
  expect(faults).toBe(0);
}

interface Made {
  text: string;
  /** Every number that the file says, by series and step and variable; NaN where it says none. */
  truth: Map<string, number>;
  rows: number;
}

const pick = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];

/** A random clean table with random gaps, in a random layout and dialect. */
function makeTable(random: Random): Made & { layout: string } {
  const layout = pick(random, ['wide', 'wideByColumn', 'long'] as const);
  const delimiter = pick(random, [',', ';', '\t', '|']);
  const decimal = delimiter !== ',' && random.uniform() < 0.4 ? ',' : '.';
  const eol = pick(random, ['\n', '\r\n', '\r']);
  const truth = new Map<string, number>();
  const [n, t, d] = [3 + random.integer(5), 4 + random.integer(8), layout === 'long' ? 1 + random.integer(3) : 1];
  const rate = random.uniform() * 0.5;
  const cell = (i: number, k: number, j: number): string => {
    if (k > 0 && random.uniform() < rate) return pick(random, ['', 'NA', '-', 'null', ' ', '?']);
    const value = Math.round(random.normal() * 1e6) / 10 ** random.integer(7) + 0.5;
    truth.set(`s${i}/${k}/${j}`, value);
    const text = String(value).replace('.', decimal);
    return random.uniform() < 0.1 ? `"${text}"` : random.uniform() < 0.1 ? ` ${text} ` : text;
  };
  const steps = Array.from({ length: t }, (_, k) => k);
  const series = Array.from({ length: n }, (_, i) => i);
  const variables = Array.from({ length: d }, (_, j) => j);
  let lines: string[][];
  if (layout === 'wide') lines = [['id', 'class', ...steps.map((k) => `t${k}`)], ...series.map((i) => [`s${i}`, pick(random, ['up', 'down']), ...steps.map((k) => cell(i, k, 0))])];
  else if (layout === 'wideByColumn') lines = [['date', ...series.map((i) => `s${i}`)], ...steps.map((k) => [`2024-02-${String(k + 1).padStart(2, '0')}`, ...series.map((i) => cell(i, k, 0))])];
  else lines = [['id', 'time', ...variables.map((j) => `v${j}`)], ...series.flatMap((i) => steps.map((k) => [`s${i}`, String(k), ...variables.map((j) => cell(i, k, j))]))];
  return { layout, truth, rows: lines.length, text: lines.map((line) => line.join(delimiter)).join(eol) + pick(random, ['', eol]) };
}

/** The text in a random encoding, with or without a byte order mark. */
function encode(text: string, random: Random): Uint8Array {
  const utf8 = new TextEncoder().encode(text);
  const kind = random.integer(4);
  if (kind < 2) return kind === 0 ? utf8 : Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]);
  const mark = random.uniform() < 0.5 ? '\ufeff' : '';
  const bytes = new Uint8Array(2 * (text.length + mark.length));
  const view = new DataView(bytes.buffer);
  [...(mark + text)].forEach((letter, k) => view.setUint16(2 * k, letter.charCodeAt(0), kind === 2));
  return bytes;
}

it('reads every value of 2,500 random clean tables in four encodings, changes none, and writes them back', async () => {
  const random = new Random(20240101);
  for (let k = 0; k < 2500; k++) {
    const made = makeTable(random);
    const source = { name: 'r.csv', bytes: encode(made.text, random) };
    const read = await readSeries(source);
    const { set, report, plan } = read;
    expectSound(read);
    expect(plan.layout, made.text).toBe(made.layout);
    expect(report.rows.total).toBe(made.rows);
    expect(report.cells.observed, made.text).toBe(made.truth.size);
    for (const [key, value] of made.truth) {
      const [id, step, j] = key.split('/');
      const at = (set.ids.indexOf(id) * set.t + Number(step)) * set.d + Number(j);
      if (set.values[at] !== value) throw new Error(`${key}: ${value} became ${set.values[at]} in\n${made.text}`);
    }
    if (k % 5 > 0) continue;
    const gaps = gapCells(set);
    const values = Float64Array.from(gaps, () => random.normal());
    let text = '';
    for await (const part of rewriteFilled(source, plan, set, { cells: gaps, values }).parts) text += part;
    const back = await readSeries({ name: 'r.csv', bytes: text }, { ...plan, encoding: 'utf-8' });
    const want = set.values.slice();
    gaps.forEach((at, g) => (want[at] = values[g]));
    expect(back.set.values, made.text).toEqual(want);
  }
}, 120_000);

const LETTERS = ['"', ',', ';', '\t', '\n', '\n', '\r', '\r\n', ' ', '.', '-', '+', '1', '2', '7', '3.5', '1,5', '1e400', '0x1f', 'NaN', 'NA', 'inf', '\u0000', '__proto__', 'id', 'time', 'label', 't0', 't1', 't2', '2024-01-31', '=1+1', '가', '\ufeff', '#', '1.234.567', '-999', 'a'];

/** Text that may be anything: letters at random, or a clean table with letters thrown in. */
function makeMess(random: Random): string {
  if (random.uniform() < 0.3) return Array.from({ length: random.integer(60) }, () => pick(random, LETTERS)).join('');
  let { text } = makeTable(random);
  for (let k = random.integer(6); k >= 0; k--) {
    const at = random.integer(text.length + 1);
    text = text.slice(0, at) + (random.uniform() < 0.7 ? pick(random, LETTERS) : '') + text.slice(at + random.integer(3));
  }
  return text;
}

it('accounts for 6,000 random broken files: a sound set or an ImportError, and nothing else', async () => {
  const random = new Random(7);
  let tables = 0;
  for (let k = 0; k < 6000; k++) {
    const text = makeMess(random);
    try {
      const read = await readSeries({ name: 'm.csv', bytes: text });
      expectSound(read);
      tables += 1;
      if (k % 4 === 0) {
        const again = await readSeries({ name: 'm.csv', bytes: text }, read.plan);
        expect(again.set, JSON.stringify(text)).toEqual(read.set);
        const gaps = gapCells(read.set);
        let out = '';
        for await (const part of rewriteFilled({ name: 'm.csv', bytes: text }, read.plan, read.set, { cells: gaps, values: new Float64Array(gaps.length).fill(0.125) }).parts) out += part;
        expect(out.length).toBeGreaterThan(0);
      }
    } catch (error) {
      if (!(error instanceof ImportError)) throw new Error(`in ${JSON.stringify(text)}`, { cause: error });
      expect(error.message.length).toBeGreaterThan(20);
    }
  }
  expect(tables).toBeGreaterThan(3000);
  expect(Object.keys(Object.prototype)).toEqual([]);
}, 120_000);

it('meets 1,500 files of random bytes with a set or an ImportError', async () => {
  const random = new Random(99);
  const table = new TextEncoder().encode('id,label,t0,t1,t2\na,x,1,2,3\nb,y,4,,6\nc,x,7,8,9\n');
  for (let k = 0; k < 1500; k++) {
    const bytes = random.uniform() < 0.3 ? Uint8Array.from({ length: random.integer(200) }, () => random.integer(256)) : table.map((byte) => (random.uniform() < 0.03 ? random.integer(256) : byte));
    try {
      expectSound(await readSeries({ name: 'b', bytes }));
    } catch (error) {
      if (!(error instanceof ImportError)) throw new Error(`in ${String(bytes)}`, { cause: error });
    }
  }
}, 120_000);
