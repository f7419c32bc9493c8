import { beforeAll, describe, expect, it } from 'vitest';
import { fit, transferred } from '../../bench/quality/transfer';
import { defaultOptions, type MethodId } from '../core/catalog';
import { contingencyTable } from '../core/clustering/contingencyTable';
import { Random } from '../core/lib/random';
import { adjustedRandIndex } from '../core/metrics/adjustedRandIndex';
import { implementations } from '../core/methods';
import { partOf } from '../core/partOf';
import type { RunSpec, TrainingData } from '../core/run';
import { cylinderBellFunnel } from '../core/series/synthetic';
import { prepareRun } from '../engine/run/prepareRun';
import { chooseBackend, initialise } from '../engine/backend';

beforeAll(async () => {
  initialise({});
  await chooseBackend('wasm');
});

const specOf = (method: MethodId, epochs: number): RunSpec => ({
  version: 1, method, clusters: 3, seed: 2, epochs, options: { ...defaultOptions(method) }, preparation: { standardise: 'perVariable' }, hideRate: 0.2, hideMechanism: 'cells',
});
const series = (n: number, seed: number, spec: RunSpec): TrainingData => prepareRun(cylinderBellFunnel(n, new Random(seed), 24), spec).data;

const stages = { joint: false };
describe.each([['crli', {}], ['crli', stages], ['dtcr', {}], ['dtc', {}], ['vader', {}]] as const)('%s %o on series it was not trained on', (method, options) => {
  const spec = { ...specOf(method, 6), options: { ...defaultOptions(method), ...options } };

  it('says of the very series it was trained on what its last epoch said', async () => {
    const data = series(20, 1, spec);
    const { snapshot, checkpoint } = await fit(data, spec);
    const again = await implementations[method].apply!(data, spec, checkpoint);
    expect(again.latents).toEqual(snapshot.latents);
    expect(again.imputed).toEqual(snapshot.imputed);
    expect(adjustedRandIndex(contingencyTable(again.assignments, snapshot.assignments))).toBe(1);
  });

  it('encodes any number of others, whatever stands beside them', async () => {
    const { checkpoint } = await fit(series(20, 1, spec), spec);
    const others = series(9, 5, spec);
    const whole = await implementations[method].apply!(others, spec, checkpoint);
    expect(whole.assignments).toHaveLength(9);
    expect(whole.latents.every(Number.isFinite)).toBe(true);
    const M = whole.latentWidth;
    const four = partOf(others, Int32Array.of(0, 1, 2, 3));
    const part = await implementations[method].apply!(four, spec, checkpoint);
    for (let at = 0; at < 4 * M; at++) expect(part.latents[at]).toBeCloseTo(whole.latents[at], 4);
  });
});

it('gives series of a test split to the nearest centre of the train split', async () => {
  const spec = { ...specOf('kMeans', 1), hideRate: 0 };
  const [train, test] = [series(60, 1, spec), series(30, 9, spec)];
  const trained = await fit(train, spec);
  const same = await transferred(trained, train, spec, 'train-test');
  expect(same.assignments).toEqual(trained.snapshot.assignments);
  expect((await transferred(trained, test, spec, 'train-test')).assignments).toHaveLength(30);
  await expect(transferred(trained, test, specOf('hierarchical', 1), 'train-test')).rejects.toThrow(/hierarchical has no centres/);
});
