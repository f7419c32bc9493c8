import { describe, expect, it } from 'vitest';
import { defaultOptions } from './catalog';
import { seriesPoints } from './classical/seriesPoints';
import { Random } from './lib/random';
import { implementations } from './methods';
import type { SweepStep } from './metrics/sweep';
import { partOf } from './partOf';
import type { RunSpec, TrainingData } from './run';
import { sweepMethod } from './sweepMethod';

/** Thirty short waves of three shapes, a tenth of their cells missing. */
function waves(): TrainingData {
  const random = new Random(7);
  const [n, t] = [30, 12];
  const mask = Uint8Array.from({ length: n * t }, () => (random.uniform() < 0.1 ? 0 : 1));
  const values = Float32Array.from(mask, (m, at) => m * (2 * Math.sin(((at % t) + 4 * (Math.floor(at / t) % 3)) / 2) + 0.1 * random.normal()));
  return { n, t, d: 1, values, mask, starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps: Uint32Array.from(mask.keys()).filter((at) => mask[at] === 0) };
}

const spec: RunSpec = { version: 1, method: 'kMeans', clusters: 9, seed: 3, epochs: 1, options: defaultOptions('kMeans'), preparation: { standardise: 'none' }, hideRate: 0 };

async function sweep(counts: number[]) {
  const data = waves();
  const steps: SweepStep[] = [];
  const sweeping = sweepMethod(implementations.kMeans.run, data, seriesPoints(data), counts, spec, 2);
  for (;;) {
    const step = await sweeping.next();
    if (step.done) return { steps, sweep: step.value };
    steps.push(step.value);
  }
}

describe('a sweep over K by a method', () => {
  it('finds three planted shapes in series with gaps, without a gap statistic', async () => {
    const { sweep: found, steps } = await sweep([2, 3, 4]);
    expect(found.suggested).toEqual({ silhouette: 3, daviesBouldin: 3, gap: null, stability: 3 });
    expect(found.rows[1]).toMatchObject({ k: 3, inertia: null, gap: null, gapError: null, stabilitySeeds: 1, stabilityParts: 1 });
    expect(steps.filter(({ kind }) => kind === 'row')).toHaveLength(3);
    const shares = steps.flatMap((step) => (step.kind === 'doing' ? [step.doing.share] : []));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
  });

  it('refuses more clusters than half the series', async () => {
    await expect(sweep([16])).rejects.toThrow('from 2 to 15');
  });
});

it('takes some of the series with their gaps', () => {
  const data = waves();
  const gappy = Math.floor(data.gaps.at(-1)! / 12);
  const part = partOf(data, Int32Array.of(0, gappy));
  expect(Array.from(part.values)).toEqual([...data.values.subarray(0, 12), ...data.values.subarray(12 * gappy, 12 * gappy + 12)]);
  expect(Array.from(part.gaps)).toEqual(Array.from(part.mask.keys()).filter((at) => part.mask[at] === 0));
  expect(part.gaps.length).toBeGreaterThan(0);
});
