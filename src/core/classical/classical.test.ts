import { describe, expect, it } from 'vitest';
import { defaultOptions, methodEntry, methods, type MethodId } from '../catalog';
import { Random } from '../lib/random';
import { implementations } from '../methods';
import { scoreAll } from '../metrics/scoreAll';
import projection from '../projection/__goldens__/projection.json';
import type { Report, RunSpec, TrainingData } from '../run';

const classical = (Object.keys(methods) as MethodId[]).filter((id) => !methodEntry(id).trains);
const [N, T] = [18, 24];
const truth = Int32Array.from({ length: N }, (_, i) => i % 2);

/** Two kinds of waves; `lose` says which cells are gaps, `lengths` how long each series is. */
function data(lose: (i: number, t: number) => boolean = () => false, lengths = (_: number): number => T): TrainingData {
  const random = new Random(3);
  const starts = new Int32Array(N);
  const ends = Int32Array.from({ length: N }, (_, i) => lengths(i));
  const mask = new Uint8Array(N * T);
  const values = new Float32Array(N * T);
  const gaps: number[] = [];
  for (let i = 0; i < N; i++) {
    for (let t = 0; t < ends[i]; t++) {
      const cell = i * T + t;
      const value = (i % 2 === 0 ? Math.sin(t / 2) : Math.sin(t / 2) ** 2 * 2 - 3 * Math.cos(t)) + 0.1 * random.normal();
      if (lose(i, t)) gaps.push(cell);
      else {
        mask[cell] = 1;
        values[cell] = value;
      }
    }
  }
  return { n: N, t: T, d: 1, values, mask, starts, ends, gaps: Uint32Array.from(gaps) };
}

async function run(method: MethodId, on: TrainingData, options: RunSpec['options'] = {}): Promise<Report[]> {
  const spec: RunSpec = { version: 1, method, clusters: 2, seed: 1, epochs: 1, options: { ...defaultOptions(method), ...options }, preparation: { standardise: 'none' }, hideRate: 0 };
  const reports: Report[] = [];
  for await (const report of implementations[method].run(on, spec, { options: spec.options })) reports.push(report);
  return reports;
}

function last(reports: Report[]) {
  const report = reports.at(-1)!;
  if (report.kind !== 'epoch') throw new Error('the last report is not an epoch');
  return report;
}

describe.each(classical)('%s', (method) => {
  const { losses, options } = methodEntry(method);

  it('finds two planted groups, as one epoch with the losses of the catalog', async () => {
    const reports = await run(method, data());
    const { snapshot, losses: found, epoch } = last(reports);
    expect(epoch).toBe(1);
    expect(scoreAll(snapshot.assignments, truth)!.adjustedRandIndex).toBe(1);
    expect(Object.keys(found)).toEqual(losses.map(({ key }) => key));
    for (const value of Object.values(found)) expect(value).toBeTypeOf('number');
    expect(snapshot.latents.every(Number.isFinite)).toBe(true);
    expect(snapshot.confidence.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(snapshot.latents.length).toBe(N * snapshot.latentWidth);
  });

  it('gives the same result for the same seed', async () => {
    expect(last(await run(method, data())).snapshot).toEqual(last(await run(method, data())).snapshot);
  });

  it('works on series with gaps and of unequal length, and gives every gap a value', async () => {
    const on = data((i, t) => (i * 7 + t * 3) % 5 === 0, (i) => T - (i % 4));
    const { snapshot } = last(await run(method, on));
    expect(snapshot.imputed.length).toBe(on.gaps.length);
    expect(snapshot.imputed.every(Number.isFinite)).toBe(true);
    expect(scoreAll(snapshot.assignments, truth)!.adjustedRandIndex).toBeGreaterThan(0.5);
  });

  it('does not break on constant series', async () => {
    const on = data();
    on.values.fill(2, 0, 4 * T);
    const { snapshot } = last(await run(method, on));
    expect(snapshot.assignments.every((c) => c === 0 || c === 1)).toBe(true);
  });

  const { imputer } = options;
  it.each(imputer.kind === 'choice' ? imputer.choices.filter((one) => one !== 'crli' && one !== 'brits') : [])('runs after the imputer %s', async (one) => {
    const on = data((i, t) => (i + t) % 4 === 0);
    const before = on.values.slice();
    const { snapshot } = last(await run(method, on, { imputer: one, period: 6 }));
    expect(snapshot.imputed.every(Number.isFinite)).toBe(true);
    expect(on.values).toEqual(before);
  });
});

const distances = methods.kMedoids.options.distance.choices;
it.each(distances)('clusters by the distance %s, gaps left in place', async (distance) => {
  const on = data((i, t) => (i * 5 + t) % 6 === 0);
  for (const method of ['kMedoids', 'hierarchical', 'spectral'] as const) {
    const { snapshot } = last(await run(method, on, { distance, window: 5 }));
    expect(new Set(snapshot.assignments).size).toBe(2);
  }
});

it('fits the Gaussian mixture to the principal components of scikit-learn, up to the sign of an axis', async () => {
  const { points, pca } = projection;
  const [n, t] = [points.length, points[0].length];
  for (const wide of [false, true]) {
    // twelve copies of each coordinate make more coordinates than series, and stretch all axes alike
    const width = wide ? 12 * t : t;
    const values = Float32Array.from({ length: n * width }, (_, at) => points[Math.floor(at / width)][at % t]);
    const on: TrainingData = { n, t: width, d: 1, values, mask: new Uint8Array(n * width).fill(1), starts: new Int32Array(n), ends: new Int32Array(n).fill(width), gaps: new Uint32Array(0) };
    const { snapshot } = last(await run('gaussianMixture', on, { components: 2 }));
    const signs = [0, 1].map((axis) => Math.sign(snapshot.latents[axis] * pca[axis]));
    snapshot.latents.forEach((score, at) => expect(score * signs[at % 2]).toBeCloseTo(pca[at] * Math.sqrt(width / t), 4));
  }
});

it('says how far a matrix of distances is', async () => {
  const shares = (await run('hierarchical', data())).flatMap((report) => (report.kind === 'batch' ? [report.batch / report.batches] : []));
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});
