import { describe, expect, it } from 'vitest';
import { defaultOptions, methods, readsSeed, type MethodId } from './catalog';
import { seriesPoints } from './classical/seriesPoints';
import { Random } from './lib/random';
import { implementations } from './methods';
import type { SweepStep } from './metrics/sweep';
import { partOf } from './partOf';
import type { Apply, Method, RunSpec, Snapshot, TrainingData } from './run';
import { sweepMethod, type SweptMethod } from './sweepMethod';

/** Thirty short waves of three shapes, a tenth of their cells missing. */
function waves(): TrainingData {
  const random = new Random(7);
  const [n, t] = [30, 12];
  const mask = Uint8Array.from({ length: n * t }, () => (random.uniform() < 0.1 ? 0 : 1));
  const values = Float32Array.from(mask, (m, at) => m * (2 * Math.sin(((at % t) + 4 * (Math.floor(at / t) % 3)) / 2) + 0.1 * random.normal()));
  return { n, t, d: 1, values, mask, starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps: Uint32Array.from(mask.keys()).filter((at) => mask[at] === 0) };
}

const spec: RunSpec = { version: 1, method: 'kMeans', clusters: 9, seed: 3, epochs: 1, options: defaultOptions('kMeans'), preparation: { standardise: 'none' }, hideRate: 0 };

async function sweep(counts: number[], method: MethodId = 'kMeans', data = waves(), swept: SweptMethod = { run: implementations[method].run, apply: null }) {
  const steps: SweepStep[] = [];
  const sweeping = sweepMethod(swept, data, seriesPoints(data), counts, { ...spec, method, options: defaultOptions(method) }, 2);
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
    expect(found).toMatchObject({ parts: expect.stringContaining('share half'), empty: { gap: expect.stringContaining('ten random reference sets') } });
    expect(found.empty).not.toHaveProperty('stabilitySeeds');
    expect(steps.filter(({ kind }) => kind === 'row')).toHaveLength(3);
    const shares = steps.flatMap((step) => (step.kind === 'doing' ? [step.doing.share] : []));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
  });

  it('runs a method that reads no seed once, and says why there is no stability over seeds', async () => {
    const { sweep: found, steps } = await sweep([2, 3], 'hierarchical');
    expect(found.rows.map(({ stabilitySeeds }) => stabilitySeeds)).toEqual([null, null]);
    expect(found.empty.stabilitySeeds).toContain('same clusters from every seed');
    expect(found.rows[1].stabilityParts).toBe(1);
    const doing = steps.flatMap((step) => (step.kind === 'doing' && step.doing.k === 2 ? [`${step.doing.part} ${step.doing.at}/${step.doing.of}`] : []));
    expect([...new Set(doing)]).toEqual(['seed 1/1', 'part 1/4', 'part 2/4', 'part 3/4', 'part 4/4']);
  });

  it('compares what is learned from two disjoint halves on all series', async () => {
    const trainedOn: number[][] = [];
    const data = waves();
    /** Learns whether the first series it sees is of the first shape: its label is right or swapped by that. */
    const run: Method = async function* (part, own) {
      const members = Array.from({ length: part.n }, (_, i) => Array.from({ length: data.n }, (__, of) => of).find((of) => part.values.subarray(i * 12, i * 12 + 12).every((value, at) => value === data.values[of * 12 + at]))!);
      if (part.n < data.n) trainedOn.push(members);
      const snapshot: Snapshot = { epoch: 1, latents: new Float32Array(part.n), latentWidth: 1, assignments: Int32Array.from(members, (i) => i % own.clusters), confidence: new Float32Array(part.n), imputed: new Float32Array(part.gaps.length) };
      yield { kind: 'epoch', epoch: 1, losses: {}, snapshot, checkpoint: { method: own.method, epoch: 1, arrays: {}, numbers: { first: [members[0]] } } };
    };
    const applied: number[] = [];
    const apply: Apply = async (all, own, { numbers: { first: [first] } }) => {
      applied.push(first);
      return { epoch: 1, latents: new Float32Array(all.n), latentWidth: 1, assignments: Int32Array.from({ length: all.n }, (_, i) => (first === 0 ? i % own.clusters : 0)), confidence: new Float32Array(all.n), imputed: new Float32Array(0) };
    };
    const { sweep: found } = await sweep([3], 'crli', data, { run, apply });
    expect(trainedOn.map((members) => members.length)).toEqual([15, 15, 15, 15]);
    for (const pair of [0, 2]) expect([...trainedOn[pair], ...trainedOn[pair + 1]].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    // one half of each pair holds series 0 and tells the shapes apart, the other says one cluster: no agreement
    expect(applied.filter((first) => first === 0)).toHaveLength(2);
    expect(found.rows[0].stabilityParts).toBe(0);
    expect(found.parts).toContain('applied to all series');
  });

  it('takes as many clusters as a half has series, by every method that is computed once', { timeout: 60_000 }, async () => {
    const small = partOf(waves(), Int32Array.from({ length: 8 }, (_, i) => i));
    for (const method of (Object.keys(methods) as MethodId[]).filter((id) => !methods[id].trains)) {
      const { sweep: found } = await sweep([4], method, small);
      expect(found.rows[0].k).toBe(4);
    }
  });

  it('says rightly which methods read no seed', async () => {
    const data = waves();
    for (const method of ['hierarchical', 'kMedoids'] as const) {
      const labels: Int32Array[] = [];
      for (const seed of [1, 2, 3]) for await (const report of implementations[method].run(data, { ...spec, method, seed, clusters: 5, options: defaultOptions(method) }, { options: defaultOptions(method) })) if (report.kind === 'epoch') labels.push(report.snapshot.assignments);
      expect(labels[1]).toEqual(labels[0]);
      expect(labels[2]).toEqual(labels[0]);
      expect(readsSeed(method, defaultOptions(method))).toBe(false);
      expect(readsSeed(method, { ...defaultOptions(method), imputer: 'brits' })).toBe(true);
    }
    expect(readsSeed('kMedoids', { ...defaultOptions('kMedoids'), restarts: 3 })).toBe(true);
    expect(readsSeed('kMeans', defaultOptions('kMeans'))).toBe(true);
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
