import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../lib/matrix';
import { drain } from '../lib/drain';
import { Random } from '../lib/random';
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
      expect(row.stabilityHalves).toBeLessThanOrEqual(1);
      if (at > 0) expect(row.inertia).toBeLessThan(rows[at - 1].inertia);
    }
    expect(rows[1].stabilityHalves).toBeCloseTo(1, 6);
  });

  it('is the same for the same seed, and yields each row when it is done', () => {
    const again = [...sweepClusters(groups(90), [2, 3, 4, 5], 1)];
    expect(again).toEqual(rows);
  });

  it('takes the silhouette of a sample where there are many points, and says so', () => {
    expect(drain(sweepClusters(groups(60), [3], 1, { most: 40 })).sample).toBe(40);
  });

  it.each([1, 2.5, 46])('refuses K = %d', (k) => {
    expect(() => drain(sweepClusters(groups(90), [k], 1))).toThrow(/from 2 to 45/);
  });
});
