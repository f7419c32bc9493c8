import { describe, expect, it } from 'vitest';
import { InputError } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import goldens from './__goldens__/clustering.json';
import { confidence, nearest, squaredDistances } from './assign';
import { kMeans } from './kMeans';
import { lloyd } from './lloyd';
import { seedCentroids } from './seedCentroids';

function blobs(n: number, m: number, k: number, spread: number, seed: number): Matrix {
  const random = new Random(seed);
  const centres = Float64Array.from({ length: k * m }, () => 5 * random.normal());
  return matrix(n, m, Float64Array.from({ length: n * m }, (_, i) => centres[(Math.floor(i / m) % k) * m + (i % m)] + spread * random.normal()));
}

/** Plain Lloyd without bounds: the oracle. */
function plainLloyd(points: Matrix, start: Float64Array): { assignments: Int32Array; inertia: number } {
  const { rows: n, columns: m } = points;
  const k = start.length / m;
  let mu = start.slice();
  for (;;) {
    const own = nearest(squaredDistances(points, matrix(k, m, mu)));
    const sum = new Float64Array(k * m);
    const count = new Float64Array(k);
    for (let i = 0; i < n; i++) {
      count[own[i]]++;
      for (let c = 0; c < m; c++) sum[own[i] * m + c] += points.data[i * m + c];
    }
    const next = sum.map((s, at) => s / count[Math.floor(at / m)]);
    if (next.every((v, at) => Math.abs(v - mu[at]) < 1e-12)) {
      const d = squaredDistances(points, matrix(k, m, next));
      return { assignments: own, inertia: own.reduce((s, j, i) => s + d.data[i * k + j], 0) };
    }
    mu = next;
  }
}

describe('k-means', () => {
  it.each([1, 2, 3, 4, 5])('walks the same way as the plain Lloyd iteration, seed %i', (seed) => {
    const points = blobs(200, 3, 4, 4, seed);
    const start = seedCentroids(points.data as Float64Array, 200, 3, 4, new Random(seed), 1);
    const fast = lloyd(points.data as Float64Array, 200, 3, start, 1000);
    const slow = plainLloyd(points, start);
    expect(Array.from(fast.assignments)).toEqual(Array.from(slow.assignments));
    expect(fast.inertia).toBeCloseTo(slow.inertia, 8);
  });

  it.each(goldens.kMeans)('ends where scikit-learn ends from the same start: $name', ({ points, start, assignments, inertia, bestInertia }) => {
    const x = matrix(points.length, points[0].length, Float64Array.from(points.flat()));
    const from = matrix(start.length, start[0].length, Float64Array.from(start.flat()));
    const one = kMeans(x, start.length, new Random(1), { restarts: 0, start: from });
    expect(Array.from(one.assignments)).toEqual(assignments);
    expect(one.inertia).toBeCloseTo(inertia, 9);
    expect(kMeans(x, start.length, new Random(1), { restarts: 500 }).inertia).toBeCloseTo(bestInertia, 9);
  });

  it('finds the best of all partitions of eight points', () => {
    const random = new Random(3);
    const points = matrix(8, 2, Float64Array.from({ length: 16 }, () => random.normal()));
    let best = Number.POSITIVE_INFINITY;
    for (let code = 0; code < 3 ** 8; code++) {
      const own = Array.from({ length: 8 }, (_, i) => Math.floor(code / 3 ** i) % 3);
      let sse = 0;
      for (let k = 0; k < 3; k++) {
        const members = own.flatMap((c, i) => (c === k ? [i] : []));
        for (const c of [0, 1]) {
          const mean = members.reduce((s, i) => s + points.data[2 * i + c], 0) / members.length;
          for (const i of members) sse += (points.data[2 * i + c] - mean) ** 2;
        }
      }
      best = Math.min(best, sse);
    }
    expect(kMeans(points, 3, new Random(1), { restarts: 30 }).inertia).toBeCloseTo(best, 10);
  });

  it('recovers well separated groups and gives each point its nearest centroid', () => {
    const points = blobs(300, 5, 6, 0.3, 9);
    const { assignments, centroids } = kMeans(points, 6, new Random(2));
    for (let i = 0; i < 300; i++) expect(assignments[i]).toBe(assignments[i % 6]);
    expect(new Set(assignments).size).toBe(6);
    expect(Array.from(nearest(squaredDistances(points, centroids)))).toEqual(Array.from(assignments));
  });

  it('gives the same result for the same seed and takes float32 points', () => {
    const points = blobs(100, 4, 3, 2, 5);
    const one = kMeans(points, 3, new Random(7));
    const two = kMeans(points, 3, new Random(7));
    expect(two).toEqual(one);
    const single = kMeans(matrix(100, 4, Float32Array.from(points.data)), 3, new Random(7));
    expect(single.inertia / one.inertia).toBeCloseTo(1, 5);
  });

  it('goes on from given centroids', () => {
    const points = blobs(200, 2, 4, 3, 11);
    const settled = kMeans(points, 4, new Random(1));
    const again = kMeans(points, 4, new Random(99), { restarts: 0, start: settled.centroids });
    expect(again.iterations).toBe(1);
    expect(Array.from(again.assignments)).toEqual(Array.from(settled.assignments));
    expect(kMeans(points, 4, new Random(5), { restarts: 1, start: settled.centroids }).inertia).toBeLessThanOrEqual(settled.inertia * (1 + 1e-12));
  });

  it('keeps every cluster filled when a start leaves some empty', () => {
    const points = blobs(60, 2, 3, 1, 4);
    const start = matrix(4, 2, new Float64Array([0, 0, 1e6, 1e6, -1e6, 1e6, 1e6, -1e6]));
    const { assignments } = kMeans(points, 4, new Random(1), { restarts: 0, start });
    expect(new Set(assignments).size).toBe(4);
  });

  it('ends with zero inertia when fewer points are distinct than clusters are asked for', () => {
    const points = matrix(6, 2, new Float64Array([1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2]));
    const result = kMeans(points, 4, new Random(1));
    expect(result.inertia).toBe(0);
    expect(Array.from(result.centroids.data).every(Number.isFinite)).toBe(true);
    expect(new Set(result.assignments).size).toBe(2);
    expect(kMeans(matrix(5, 3), 3, new Random(1)).inertia).toBe(0);
  });

  it('handles one cluster, one point, and as many clusters as points', () => {
    const points = blobs(7, 2, 2, 1, 6);
    expect(kMeans(points, 7, new Random(1)).inertia).toBe(0);
    expect(new Set(kMeans(points, 1, new Random(1)).assignments)).toEqual(new Set([0]));
    expect(kMeans(matrix(1, 1, new Float64Array([3])), 1, new Random(1)).centroids.data[0]).toBe(3);
  });

  it('refuses too few points, wrong numbers of clusters, and coordinates that are not finite', () => {
    const points = blobs(3, 2, 1, 1, 1);
    expect(() => kMeans(points, 4, new Random(1))).toThrow(InputError);
    expect(() => kMeans(points, 0, new Random(1))).toThrow(InputError);
    expect(() => kMeans(points, 1.5, new Random(1))).toThrow(InputError);
    expect(() => kMeans(points, 2, new Random(1), { restarts: 0, start: matrix(2, 3) })).toThrow(InputError);
    expect(() => kMeans(matrix(2, 2, new Float64Array([0, 1, Number.NaN, 2])), 1, new Random(1))).toThrow(/point 2, coordinate 1 is NaN/);
  });
});

describe('confidence', () => {
  it('is the share of inverse squared distances', () => {
    const d = matrix(3, 2, new Float64Array([1, 3, 2, 2, 0, 5]));
    const result = confidence(d, nearest(d));
    expect(result[0]).toBeCloseTo(0.75, 6);
    expect(result[1]).toBe(0.5);
    expect(result[2]).toBe(1);
  });

  it('shares a point that sits on several centroids, and is 1 for a single cluster', () => {
    expect(confidence(matrix(1, 3, new Float64Array([0, 0, 4])), Int32Array.of(0))[0]).toBe(0.5);
    expect(confidence(matrix(1, 1, new Float64Array([7])), Int32Array.of(0))[0]).toBe(1);
    expect(confidence(matrix(1, 2, new Float64Array([0, 4])), Int32Array.of(1))[0]).toBe(0);
  });
});
