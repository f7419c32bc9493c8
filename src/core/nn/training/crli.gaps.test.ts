import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../catalog';
import { kMeans } from '../../clustering/kMeans';
import { columnMean } from '../../imputation/columnMean';
import { matrix } from '../../lib/matrix';
import { Random } from '../../lib/random';
import { maskedError } from '../../metrics/maskedError';
import { scoreAll } from '../../metrics/scoreAll';
import type { RunSpec, Snapshot, TrainingData } from '../../run';
import { maskAtRandom } from '../../series/gaps';
import { prepare } from '../../series/prepare';
import { gapCells } from '../../series/SeriesSet';
import { cylinderBellFunnel } from '../../series/synthetic';
import { registerGapAwareGruWasm } from '../kernels/gapAwareGru/wasm';
import { crli } from './crli';

const N = 90;
const T = 64;
const K = 3;

beforeAll(async () => {
  registerGapAwareGruWasm();
  await setBackend('wasm');
});

/** Cylinder, bell and funnel with cells missing completely at random, standardised over all series. */
function bells(rate: number, seed: number): { truth: Float32Array; labels: Int32Array; data: TrainingData } {
  const whole = cylinderBellFunnel(N, new Random(seed), T);
  const truth = prepare(whole, 'perVariable').values;
  const { mask, starts, ends } = maskAtRandom(whole, rate, new Random(seed).fork(1));
  const values = truth.map((value, at) => (mask[at] ? value : 0));
  return { truth, labels: whole.labels!.codes, data: { n: N, t: T, d: 1, values, mask, starts, ends, gaps: gapCells(whole, mask) } };
}

async function lastSnapshot(data: TrainingData, seed: number): Promise<Snapshot> {
  const spec: RunSpec = {
    version: 1, method: 'crli', clusters: K, seed, epochs: 80, preparation: { standardise: 'none' }, hideRate: 0,
    options: { ...defaultOptions('crli'), hiddenUnits: 24, batchSize: 30 },
  };
  let last: Snapshot | null = null;
  for await (const report of crli(data, spec, { options: spec.options })) if (report.kind === 'epoch') last = report.snapshot;
  return last!;
}

describe('CRLI on data with gaps (acceptance check 8)', () => {
  it.each([0.1, 0.4, 0.7])('fills better than column means and clusters better than zero filling + k-means, %d missing', { timeout: 600_000 }, async (rate) => {
    const scores = { ours: 0, floor: 0 };
    for (const seed of [1, 2]) {
      const { truth, labels, data } = bells(rate, seed);
      const snapshot = await lastSnapshot(data, seed);
      const floor = kMeans(matrix(N, T, data.values), K, new Random(seed)).assignments;
      scores.ours += scoreAll(snapshot.assignments, labels)!.adjustedRandIndex / 2;
      scores.floor += scoreAll(floor, labels)!.adjustedRandIndex / 2;
      const wanted = Float32Array.from(data.gaps, (cell) => truth[cell]);
      const means = columnMean(data);
      const ours = maskedError(snapshot.imputed, wanted).rmse;
      expect(ours).toBeLessThan(maskedError(Float32Array.from(data.gaps, (cell) => means[cell]), wanted).rmse);
    }
    expect(scores.ours).toBeGreaterThan(scores.floor);
  });
});
