import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../lib/matrix';
import { drain } from '../lib/drain';
import { Random } from '../lib/random';
import { suggest, type SweepDoing, type SweepRow } from './sweep';
import { sweepClusters } from './sweepClusters';

/** Three groups that lie well apart. */
function groups(n: number): Matrix {
  const random = new Random(4);
  const centres = [[0, 0, 0], [8, 0, 0], [0, 8, 4]];
  return matrix(n, 3, Float64Array.from({ length: 3 * n }, (_, at) => centres[Math.floor(at / 3) % 3][at % 3] + random.normal()));
}

describe('a sweep over K', () => {
  const { rows, suggested, sample, n } = drain(sweepClusters(groups(90), [2, 3, 4, 5], 1));

  it('finds three planted groups by every criterion', () => {
    expect(suggested).toEqual({ silhouette: 3, daviesBouldin: 3, gap: 3, stability: 3 });
    expect(rows.map(({ k }) => k)).toEqual([2, 3, 4, 5]);
    expect([sample, n]).toEqual([90, 90]);
  });

  it('keeps its scores in their ranges', () => {
    for (const [at, row] of rows.entries()) {
      expect(Math.abs(row.silhouette)).toBeLessThanOrEqual(1);
      expect(row.daviesBouldin).toBeGreaterThan(0);
      expect(row.stabilitySeeds).toBeLessThanOrEqual(1);
      expect(row.stabilityParts).toBeLessThanOrEqual(1);
      if (at > 0) expect(row.inertia!).toBeLessThan(rows[at - 1].inertia!);
    }
    expect(rows[1].stabilityParts).toBeCloseTo(1, 6);
  });

  it('is the same for the same seed, and yields each row when it is done', () => {
    const again = [...sweepClusters(groups(90), [2, 3, 4, 5], 1)].flatMap((step): SweepRow[] => (step.kind === 'row' ? [step.row] : []));
    expect(again).toEqual(rows);
  });

  it('says where it is before each clustering, with a share that grows to 1', () => {
    const steps = [...sweepClusters(groups(30), [2, 3], 1, { repeats: 2, references: 3 })].flatMap((step): SweepDoing[] => (step.kind === 'doing' ? [step.doing] : []));
    expect(steps.map(({ k, part, at, of }) => `${k} ${part} ${at}/${of}`).slice(0, 7)).toEqual(['2 seed 1/2', '2 seed 2/2', '2 reference 1/3', '2 reference 2/3', '2 reference 3/3', '2 part 1/2', '2 part 2/2']);
    expect(steps.map(({ share }) => share)).toEqual(Array.from({ length: 14 }, (_, at) => at / 14));
  });

  it('takes the silhouette of a sample where there are many points, and says so', () => {
    expect(drain(sweepClusters(groups(60), [3], 1, { most: 40 })).sample).toBe(40);
  });

  it.each([1, 2.5, 46])('refuses K = %d', (k) => {
    expect(() => drain(sweepClusters(groups(90), [k], 1))).toThrow(/from 2 to 45/);
  });
});

it('says how few series are too few', () => {
  expect(() => drain(sweepClusters(groups(3), [2], 1))).toThrow('needs at least 4 series; there are 3');
});

it('suggests no K by the stability of a single cluster', () => {
  const row = (k: number, silhouette: number, stabilityParts: number): SweepRow => ({ k, inertia: 1, silhouette, daviesBouldin: 1, gap: null, gapError: null, stabilitySeeds: 1, stabilityParts });
  expect(suggest([row(2, Number.NaN, 1), row(3, 0.2, 0.8)])).toEqual({ silhouette: 3, daviesBouldin: 2, gap: null, stability: 3 });
});
