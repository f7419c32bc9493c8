import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linesOf } from '../../bench/quality/lines';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-quality-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (text: string): string => {
  const path = join(folder, 'lines.jsonl');
  writeFileSync(path, text);
  return path;
};

it('takes away a line that was cut off, so that the next one stands by itself', () => {
  const path = file('{"key":"a–1"}\n{"key":"b"}\n{"key":"c","se');
  expect(linesOf(path)).toEqual([{ key: 'a–1' }, { key: 'b' }]);
  expect(readFileSync(path, 'utf8')).toBe('{"key":"a–1"}\n{"key":"b"}\n');
});

it('ends a last line that lacks its end', () => {
  const path = file('{"key":"a"}\n{"key":"b"}');
  expect(linesOf(path)).toHaveLength(2);
  expect(readFileSync(path, 'utf8')).toBe('{"key":"a"}\n{"key":"b"}\n');
});

it('refuses a broken line before the last, and knows no lines where there is no file', () => {
  expect(() => linesOf(file('{"key":"a"}\nnonsense\n{"key":"b"}\n'))).toThrow(/Line 2 of .* is not JSON/);
  expect(linesOf(join(folder, 'none.jsonl'))).toEqual([]);
});

it('goes on where it was cut off, and over sets that are missing or have no labels', () => {
  const series = (label: boolean): string => ['id', ...(label ? ['class'] : []), 't0,t1,t2,t3'].join(',') + '\n' + Array.from({ length: 12 }, (_, i) => [`s${i}`, ...(label ? [i % 2 ? 'up' : 'down'] : []), ...[0, 1, 2, 3].map((t) => (i % 2 ? t : 3 - t) + i / 10)].join(',')).join('\n');
  writeFileSync(join(folder, 'good.csv'), series(true));
  writeFileSync(join(folder, 'bare.csv'), series(false));
  const entry = (name: string) => ({ name, file: `${name}.csv`, N: 12, T: 4, D: 1, splits: {}, variable_length: false, missing_rate: 0 });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ datasets: ['absent', 'bare', 'good'].map(entry) }));
  const out = join(folder, 'out.jsonl');
  const run = () => spawnSync(process.execPath, ['--import', 'tsx', 'bench/index.ts', 'quality', '--data', folder, '--methods', 'kMeans', '--seeds', '3', '--out', out], { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' });
  const first = run();
  expect(first.status).toBe(1);
  expect(first.stderr.match(/absent is left out: There is no .*absent\.csv/g)).toHaveLength(1);
  expect(first.stderr.match(/bare is left out: bare\.csv has no column of labels/g)).toHaveLength(1);
  const whole = readFileSync(out, 'utf8');
  expect(whole.trim().split('\n')).toHaveLength(3);
  writeFileSync(out, whole.slice(0, -40));
  run();
  const again = linesOf(out);
  expect(again.map(({ key }) => key)).toEqual(whole.trim().split('\n').map((line) => (JSON.parse(line) as { key: string }).key));
  expect(again[0].k).toBe(2);
}, 120_000);
