import { readFileSync, statSync } from 'node:fs';
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

const shipped = async (id: 'airQuality' | 'messy') => {
  const source = sampleSource(id);
  if (!('url' in source)) throw new Error('a file');
  return readSeries({ name: source.name, bytes: new Uint8Array(readFileSync(`public/${source.url}`)) });
};

it('ships a real multivariate set: one day a series, with gaps, ready to train', async () => {
  const { set, report, plan } = await shipped('airQuality');
  expect([plan.layout, set.n, set.t, set.d, set.labels!.names]).toEqual(['long', 182, 24, 6, ['weekday', 'weekend']]);
  expect(set.variables).toEqual(['CO', 'benzene', 'NOx', 'NO2', 'temperature', 'humidity']);
  expect(report.cells.missing / report.cells.total).toBeGreaterThan(0.05);
  expect(report.notes.filter((note) => note.severity !== 'info')).toEqual([]);
});

it('ships a messy file that the report explains', async () => {
  const { set, report, plan } = await shipped('messy');
  expect([plan.encoding, plan.delimiter, plan.decimal, plan.skipRows, plan.layout]).toEqual(['euc-kr', ';', ',', 3, 'wide']);
  expect([set.n, set.t, set.labels!.names]).toEqual([35, 24, ['공업', '도로', '주거']]);
  expect(report.suspectedSentinels.map(({ value }) => value)).toEqual([-999]);
  expect(report.notes.map((note) => note.code)).toEqual(expect.arrayContaining(['raggedRow', 'duplicateId', 'badNumber', 'emptySeries', 'suspectedSentinel', 'ignoredColumn', 'labelColumn', 'encoding', 'decimalComma', 'preamble']));
});

it('ships less than 500 kB', () => {
  expect(['air-quality.csv', 'messy.csv'].reduce((sum, name) => sum + statSync(`public/samples/${name}`).size, 0)).toBeLessThan(500_000);
});
