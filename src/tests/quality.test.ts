import { describe, expect, it } from 'vitest';
import { parseQuality } from '../../bench/quality/arguments';
import { planOf, type ManifestEntry } from '../../bench/quality/plan';
import { runOne, type QualityRow } from '../../bench/quality/run';
import { markdown } from '../../bench/quality/table';
import { wilcoxon } from '../../bench/quality/wilcoxon';
import { waves } from '../engine/testing/fixtures';
import goldens from './__goldens__/wilcoxon.json';

const args = (text: string) => parseQuality(`--data d --out f ${text}`.split(' ').filter((word) => word !== ''));
const entry = (name: string, N: number, T = 10): ManifestEntry => ({ name, file: `${name}.csv`, N, T, D: 1, splits: { train: N / 2, test: N / 2 }, variable_length: false, missing_rate: 0 });

describe('Wilcoxon signed-rank test', () => {
  it.each(goldens.cases)('has the p-value of SciPy: $p', ({ a, b, p }) => {
    expect(wilcoxon(a, b).p).toBeCloseTo(p, 6);
  });

  it('counts wins, losses and ties, and is 1 when nothing differs', () => {
    expect(wilcoxon([1, 2, 3], [1, 1, 4])).toMatchObject({ wins: 1, losses: 1, ties: 1 });
    expect(wilcoxon([1, 2], [1, 2])).toEqual({ wins: 0, losses: 0, ties: 2, p: 1 });
  });
});

describe('the plan of a quality bench', () => {
  const manifest = [entry('large', 2000), entry('middle', 100), entry('small', 20), entry('long', 20, 500)];

  it('holds every set within the limits for each seed, share of gaps and method, the smallest set first', () => {
    const runs = planOf(manifest, args('--methods kMeans,crli:lambda=0 --gaps 0,0.3 --seeds 2'));
    expect(runs.map(({ set, gap, seed, method }) => `${set} ${gap} ${seed} ${method.name}`).slice(0, 4)).toEqual(['small 0 1 kMeans', 'small 0 1 crli:lambda=0', 'small 0.3 1 kMeans', 'small 0.3 1 crli:lambda=0']);
    expect(runs.length).toBe(2 * 2 * 2 * 2);
    expect(runs[1].method.options.lambda).toBe(0);
  });

  it('tells one run from every other', () => {
    const runs = planOf(manifest, args('--methods kMeans,kMeans:imputer=zero --gaps 0,0.3 --seeds 3'));
    expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length);
  });

  it('leaves out sets with gaps and of unequal length when asked to', () => {
    const gappy = [{ ...entry('gappy', 20), missing_rate: 0.1 }, { ...entry('ragged', 20), variable_length: true }, entry('whole', 20)];
    expect(planOf(gappy, args('--methods kMeans --seeds 1')).map(({ set }) => set)).toEqual(['gappy', 'ragged', 'whole']);
    expect(planOf(gappy, args('--methods kMeans --seeds 1 --complete')).map(({ set }) => set)).toEqual(['whole']);
  });

  it.each([
    ['--methods nothing', /no method "nothing"/],
    ['--methods crli:lambda=7', /lambda is 7; it must be a number from 0 to 1/],
    ['--protocol train', /--protocol is "train"; it must be one of pooled, train-test, test/],
    ['--seeds many', /--seeds is "many"; it must be a whole number from 1/],
    ['--seeds 0', /--seeds is "0"/],
    ['--gaps 0.1,1.5', /--gaps is "1.5"; it must be a number from 0 to 0.9/],
    ['--method kMeans', /Unknown flag '--method'. --help lists the flags/],
  ])('refuses %s', (text, message) => expect(() => args(text)).toThrow(message));
});

it('sets out mean, deviation, rank and test in a table', () => {
  const text = markdown([row('x', 'a', 1, 0.4), row('x', 'b', 1, 0.1), row('x', 'a', 2, 0.6), row('x', 'b', 2, 0.1), row('y', 'b', 1, 0.3), row('y', 'a', 1, 0.2), row('z', 'a', 1, 0.9)], ['a', 'b']);
  expect(text).toContain('## Complete data, pooled, none');
  expect(text).toContain('Means over the 2 sets that every method has run on');
  expect(text).toContain('| a | 1 to 2 | 0.0 | 0.350 | 1.50 | – | 0.350 | 1.50 | – | 0.350 | 1.50 | – |');
  expect(text).toContain('### RI, mean (sd)\n\n| set | n | T | K | a | b | RI of all in one |');
  expect(text).toContain('| b | 1 to 2 | 0.0 | 0.200 | 1.50 | 1–1–0 (p = 1.0) |');
  expect(text).toContain('| x | 10 | 5 | 2 | 0.500 (0.141) | 0.100 (0.000) |');
  expect(text).toContain('| z | 10 | 5 | 2 | 0.900 | – |');
  expect(text).toContain('| average rank |  |  |  | 1.50 | 1.50 |');
  expect(text).not.toContain('RMSE');
});

it('sets out the scores of the papers under their protocol, and errors on hidden cells', () => {
  const text = markdown([{ ...row('x', 'a', 1, 0.4), protocol: 'test', gap: 0.3, rmse: 0.5, linearRmse: 0.75, columnMeanRmse: 1 }], ['a']);
  expect(text).toContain('## 30 % hidden (cells), test, none');
  expect(text).toContain('### purity, mean (sd)\n\n| set | n | T | K | a | largest class |\n| --- | --- | --- | --- | --- | --- |\n| x | 10 | 5 | 2 | 0.400 | 0.600 |');
  expect(markdown([{ ...row('x', 'a', 1, 0.4), protocol: 'test', floorPurity: undefined }], ['a'])).toContain('| x | 10 | 5 | 2 | 0.400 | – |');
  for (const score of ['RI', 'ARI', 'NMI', 'purity', 'ACC']) expect(text).toContain(`### ${score}, mean (sd)`);
  expect(text).toContain('| x | 10 | 5 | 2 | 0.500 | 1.000 | 0.750 |');
});

it('compares methods on the same seeds where cells are hidden, as the seed says which', () => {
  const hidden = (method: string, seed: number, ari: number) => ({ ...row('x', method, seed, ari), gap: 0.3 });
  const text = markdown([hidden('a', 1, 0.4), hidden('a', 2, 0.6), hidden('b', 1, 0.1), hidden('b', 2, 0.2), hidden('b', 3, 0.9)], ['a', 'b']);
  expect(text).toContain('| x | 10 | 5 | 2 | 0.500 (0.141) | 0.150 (0.071) |');
  expect(text).toContain('| b | 2 |');
});

it('holds in a row the floors of the scores, and the errors of the plain fillings', async () => {
  const set = waves(12, 20);
  const [run] = planOf([entry('waves', 12, 20)], args('--methods kMeans --gaps 0.3 --seeds 1'));
  const found = await runOne({ k: 2, pooled: set, train: set, test: set }, run, args('--methods kMeans --gaps 0.3'));
  expect(found).toMatchObject({ floorPurity: 0.5, floorRi: 0.454545 });
  expect(found.columnMeanMae).toBeGreaterThan(0);
  // by the imputer linear, which is the default of k-means
  expect([found.mae, found.rmse]).toEqual([found.linearMae, found.linearRmse]);
});

const row = (set: string, method: string, seed: number, ari: number): QualityRow => ({
  key: `${set}${method}${seed}`, set, n: 10, t: 5, d: 1, k: 2, method, gap: 0, mechanism: 'cells', seed, protocol: 'pooled', standardise: 'none', epochs: 1, seconds: 0,
  ari, nmi: ari, ri: ari, acc: ari, purity: ari, floorRi: 0.5, floorPurity: 0.6, rmse: null, mae: null, columnMeanRmse: null, linearRmse: null,
});
