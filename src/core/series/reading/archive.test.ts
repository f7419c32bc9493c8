import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSeries } from './index';

const folder = '../shared/data/ucr';
const present = existsSync(`${folder}/manifest.json`);
if (!present) console.warn(`skipped: ${folder}/manifest.json is absent, so the archive files are not read`);

interface Entry {
  name: string;
  file: string;
  layout: 'wide' | 'long';
  N: number;
  T: number;
  T_min: number;
  D: number;
  k: number;
  label_counts: Record<string, number>;
  splits: Record<string, number>;
  missing_cells: number;
  cells: number;
  variables?: string[];
}

const count = (texts: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
};

describe.skipIf(!present)('the development files', () => {
  const entries: Entry[] = present ? JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')).datasets : [];

  it('are 47', () => expect(entries.length).toBe(47));

  it.each(entries.map((entry) => [entry.name, entry] as const))('reads %s as the manifest states it', async (_, entry) => {
    const { set, report, plan } = await readSeries({ name: entry.file, bytes: new Uint8Array(readFileSync(`${folder}/${entry.file}`)) });
    const lengths = Array.from(set.ends, (end, i) => end - set.starts[i]);
    const inside = lengths.reduce((sum, length) => sum + length * set.d, 0);
    const observed = set.mask.reduce((sum, m) => sum + m, 0);
    expect(plan.layout).toBe(entry.layout);
    expect({ N: set.n, T: set.t, T_min: Math.min(...lengths), D: set.d }).toEqual({ N: entry.N, T: entry.T, T_min: entry.T_min, D: entry.D });
    expect(set.labels!.names.length).toBe(entry.k);
    expect(count(Array.from(set.labels!.codes, (code) => set.labels!.names[code]))).toEqual(entry.label_counts);
    expect(count(set.split!)).toEqual(entry.splits);
    expect({ inside, missing: inside - observed }).toEqual({ inside: entry.cells, missing: entry.missing_cells });
    expect(report.cells.rejected).toBe(0);
    if (entry.variables !== undefined) expect(set.variables).toEqual(entry.variables);
  }, 30_000);
});
