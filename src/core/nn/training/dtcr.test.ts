import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../catalog';
import { Random } from '../../lib/random';
import type { Report, RunSpec, TrainingData } from '../../run';
import { registerGapAwareGruWasm } from '../kernels/gapAwareGru/wasm';
import { dilations, dtcr } from './dtcr';
import { fakeSeries } from './fakeSeries';
import { updateF } from './indicator';

beforeAll(async () => {
  registerGapAwareGruWasm();
  await setBackend('wasm');
});

function waves(n: number, t: number): TrainingData {
  const random = new Random(3);
  const values = Float32Array.from({ length: n * t }, (_, at) => Math.sin(((at % t) * (1 + (Math.floor(at / t) % 2)) * 2 * Math.PI) / t) + 0.1 * random.normal());
  return { n, t, d: 1, values, mask: new Uint8Array(n * t).fill(1), starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps: new Uint32Array(0) };
}

const spec: RunSpec = {
  version: 1, method: 'dtcr', clusters: 2, seed: 1, epochs: 3, preparation: { standardise: 'none' }, hideRate: 0,
  options: { ...defaultOptions('dtcr'), batchSize: 4, fInterval: 2 },
};

type Epoch = Extract<Report, { kind: 'epoch' }>;
async function run(data: TrainingData, from?: Parameters<typeof dtcr>[3], change: Partial<RunSpec> = {}): Promise<Epoch[]> {
  const epochs: Epoch[] = [];
  const own = { ...spec, ...change };
  for await (const report of dtcr(data, own, { options: own.options }, from)) if (report.kind === 'epoch') epochs.push(report);
  return epochs;
}

describe('DTCR training', () => {
  it('repeats itself from its seed, goes on from a checkpoint as if it had never stopped, and frees every tensor', async () => {
    const before = memory().numTensors;
    const data = waves(6, 8);
    const [whole, again] = [await run(data), await run(data)];
    expect(again.map((e) => e.losses)).toEqual(whole.map((e) => e.losses));
    const resumed = await run(data, structuredClone(whole[1].checkpoint));
    expect(resumed.map((e) => e.losses)).toEqual([whole[2].losses]);
    expect(resumed[0].snapshot.assignments).toEqual(whole[2].snapshot.assignments);
    expect(memory().numTensors).toBe(before);
  });

  it('updates F from the H of all series at every interval, and keeps it between', async () => {
    const data = waves(6, 8);
    const epochs = await run(data);
    const indicators = epochs.map(({ checkpoint, snapshot }) => ({ kept: checkpoint.arrays.f, fresh: updateF(snapshot.latents, 6, snapshot.latentWidth, 2) }));
    expect(indicators[1].kept).toEqual(indicators[1].fresh.f);
    expect(epochs[1].checkpoint.arrays.centres).toEqual(indicators[1].fresh.centres);
    expect(indicators[0].kept).not.toEqual(indicators[0].fresh.f);
    expect(indicators[2].kept).toEqual(indicators[1].kept);
  });

  it('takes the scale of the k-means loss from the options in force', async () => {
    const data = waves(6, 8);
    const live = { options: { ...spec.options } };
    const losses: number[] = [];
    for await (const report of dtcr(data, spec, live)) {
      if (report.kind !== 'epoch') continue;
      losses.push(report.losses.kMeans);
      live.options = { ...live.options, kMeansScale: 'sum' };
    }
    const unchanged = (await run(data)).map((epoch) => epoch.losses.kMeans);
    expect(losses[0]).toBe(unchanged[0]);
    expect(losses[2]).not.toBe(unchanged[2]);
  });

  it('shrinks kernels by the weight of the decay in force', async () => {
    const norms = async (second: number): Promise<number[]> => {
      const live = { options: { ...spec.options } };
      const found: number[] = [];
      for await (const report of dtcr(waves(6, 8), spec, live)) {
        if (report.kind !== 'epoch') continue;
        found.push(report.checkpoint.arrays.network.reduce((sum, weight) => sum + weight * weight, 0));
        live.options = { ...live.options, weightDecay: second };
      }
      return found;
    };
    const [none, much] = [await norms(0), await norms(1)];
    expect(much[0]).toBe(none[0]);
    expect(much[2]).toBeLessThan(none[2]);
  });

  it('misleads once in a run that goes on with other epochs: F is shuffled, frozen for the third, and made anew', async () => {
    const data = waves(6, 8);
    const misleading = { ...spec.options, misleadingF: 'withoutReconstruction', fInterval: 1 };
    const begun = await run(data, undefined, { epochs: 12, options: misleading });
    const rows = ({ checkpoint: { arrays } }: Epoch): string[] => Array.from({ length: 6 }, (_, i) => arrays.f.subarray(2 * i, 2 * i + 2).join());
    const shorter = await run(data, structuredClone(begun[2].checkpoint), { epochs: 6, options: misleading }); // its second third is epochs 3 and 4
    expect(rows(shorter[0])).not.toEqual(rows(begun[2]));
    expect(rows(shorter[0]).sort()).toEqual(rows(begun[2]).sort());
    expect(rows(shorter[1])).not.toEqual(rows(shorter[0]));
    const longer = await run(data, structuredClone(begun[5].checkpoint), { epochs: 21, options: misleading }); // epochs 8 to 14
    expect(longer.slice(0, 8).every((epoch) => rows(epoch).join() === rows(begun[5]).join())).toBe(true);
    expect(rows(longer[8])).not.toEqual(rows(begun[5]));
  });

  it('learns: the reconstruction error falls', async () => {
    const epochs = await run(waves(6, 8));
    expect(epochs[2].losses.reconstruction).toBeLessThan(epochs[0].losses.reconstruction);
  });

  it('keeps every dilation below the number of steps', () => {
    expect(dilations(200)).toEqual([1, 4, 16]);
    expect(dilations(40)).toEqual([1, 2, 4]);
    expect(dilations(3)).toEqual([1, 2, 2]);
  });
});

describe('fake series', () => {
  const [n, t, d] = [20, 15, 2];
  const values = Float32Array.from({ length: n * t * d }, (_, i) => i);
  const starts = new Int32Array(n).fill(2);
  const ends = new Int32Array(n).fill(12);
  const fakes = fakeSeries(values, n, t, d, starts, ends, 0.5, new Random(1));
  const stepOf = (source: Float32Array, i: number, s: number): string => source.slice((i * t + s) * d, (i * t + s + 1) * d).join();

  it('move whole steps within the series, by a permutation that is never the identity', () => {
    for (let i = 0; i < n; i++) {
      const steps = Array.from({ length: t }, (_, s) => s);
      const moved = steps.filter((s) => stepOf(fakes, i, s) !== stepOf(values, i, s));
      expect(moved.length).toBeGreaterThan(1);
      expect(moved.length).toBeLessThanOrEqual(5);
      expect(moved.every((s) => s >= 2 && s < 12)).toBe(true);
      expect(steps.map((s) => stepOf(fakes, i, s)).sort()).toEqual(steps.map((s) => stepOf(values, i, s)).sort());
    }
  });
});
