import { expect, it } from 'vitest';
import { readSeries } from './reading';
import { sampleSource } from './samples';

it.each([
  ['cbf20', 300, 128, 3, 0.2],
  ['syntheticControl40', 300, 60, 6, 0.4],
] as const)('makes %s with its gaps, readable without a word', async (id, n, t, k, rate) => {
  const source = sampleSource(id);
  if (!('text' in source)) throw new Error('made in code');
  const { set, report, plan } = await readSeries({ name: source.name, bytes: source.text });
  expect([set.n, set.t, set.d, set.labels!.names.length, plan.layout]).toEqual([n, t, 1, k, 'wide']);
  expect(report.cells.missing / (n * t)).toBeCloseTo(rate, 6);
  expect(report.notes.filter((note) => note.severity !== 'info')).toEqual([]);
  expect(sampleSource(id)).toEqual(source);
});
