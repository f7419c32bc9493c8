import { describe, expect, it } from 'vitest';
import { defaultOptions, methodEntry, methods, type MethodId } from '../catalog';
import { seriesPoints } from './seriesPoints';
import { implementations } from '../methods';
import { Random } from '../lib/random';
import { scoreAll } from '../metrics/scoreAll';
import { validity } from '../metrics/validity';
import type { RunSpec, Snapshot, TrainingData } from '../run';

const [N, T, LEVEL] = [24, 30, 1000];
const truth = Int32Array.from({ length: N }, (_, i) => i % 2);

/** Two shapes about a level far from 0, not standardised; a share of the cells are gaps, series i stands at `extent(i)`. */
function shapes(gapShare: number, extent: (i: number) => [number, number]): TrainingData {
  const random = new Random(5);
  const values = new Float32Array(N * T);
  const mask = new Uint8Array(N * T);
  const gaps: number[] = [];
  const extents = Array.from({ length: N }, (_, i) => extent(i));
  for (const [i, [start, end]] of extents.entries()) {
    for (let t = start; t < end; t++) {
      const cell = i * T + t;
      if (random.uniform() < gapShare) gaps.push(cell);
      else {
        mask[cell] = 1;
        values[cell] = LEVEL + 10 * (i % 2 === 0 ? Math.sin(t / 4) : Math.cos(t / 4)) + random.normal();
      }
    }
  }
  return { n: N, t: T, d: 1, values, mask, starts: Int32Array.from(extents, ([start]) => start), ends: Int32Array.from(extents, ([, end]) => end), gaps: Uint32Array.from(gaps) };
}

async function run(method: MethodId, data: TrainingData): Promise<Snapshot> {
  const options = defaultOptions(method);
  const spec: RunSpec = { version: 1, method, clusters: 2, seed: 1, epochs: 1, options, preparation: { standardise: 'none' }, hideRate: 0 };
  for await (const report of implementations[method].run(data, spec, { options })) if (report.kind === 'epoch') return report.snapshot;
  throw new Error('no epoch');
}

const classical = (Object.keys(methods) as MethodId[]).filter((id) => !methodEntry(id).trains);

describe.each([
  ['with gaps', shapes(0.4, () => [0, T])],
  ['of unequal length', shapes(0, (i) => [i % 5, 20 + ((i * 7) % 11)])],
] as const)('series %s, far from 0', (_, data) => {
  it.each(classical)('lie by shape on the map of %s', async (method) => {
    const { assignments, latents, latentWidth } = await run(method, data);
    expect(validity(latents, latentWidth, truth).silhouette).toBeGreaterThan(0.4);
    // to what warps or shifts time, the two shapes are one
    if (!['dtwKMeans', 'softDtwKMeans', 'kShape'].includes(method)) expect(scoreAll(assignments, truth)!.adjustedRandIndex).toBe(1);
  });
});

it('lays gaps on straight lines over time, and steps outside of a series at its mean', () => {
  const row = (cells: (number | null)[]) => [Float32Array.from(cells, (cell) => cell ?? 777), Uint8Array.from(cells, (cell) => Number(cell !== null))] as const;
  const [values, mask] = row([2, null, 8, null, null, null, null, null, 5, 1]);
  const data: TrainingData = { n: 2, t: 5, d: 1, values, mask, starts: Int32Array.of(0, 2), ends: Int32Array.of(3, 5), time: Float64Array.of(0, 1, 3, 4, 5), gaps: Uint32Array.of(1, 7) };
  const { rows, columns, data: points } = seriesPoints(data);
  expect([rows, columns]).toEqual([2, 5]);
  expect([...points]).toEqual([2, 4, 8, 14 / 3, 14 / 3, 11 / 3, 11 / 3, 5, 5, 1].map(Math.fround));
  expect([...values]).toEqual([2, 777, 8, 777, 777, 777, 777, 777, 5, 1]);
});

it('takes the mean of each variable apart', () => {
  const data: TrainingData = { n: 1, t: 3, d: 2, values: Float32Array.of(1, 10, 3, 20, 0, 0), mask: Uint8Array.of(1, 1, 1, 1, 0, 0), starts: Int32Array.of(0), ends: Int32Array.of(2), gaps: new Uint32Array(0) };
  expect([...seriesPoints(data).data]).toEqual([1, 10, 3, 20, 2, 15]);
});
