import { describe, expect, it } from 'vitest';
import { drain } from '../../lib/drain';
import { Random } from '../../lib/random';
import { nearNeighbours, type Neighbours } from './neighbours';
import { referenceNeighbours } from './reference';

/** Groups around ten centres, apart by about three times their width. */
function groups(n: number, m: number): Float64Array {
  const random = new Random(1);
  const centres = Float64Array.from({ length: 10 * m }, () => 1.5 * random.normal());
  return Float64Array.from({ length: n * m }, (_, at) => (centres[(Math.floor(at / m) % 10) * m + (at % m)] + random.normal()) / 10);
}

/** A bent surface of three dimensions among m. */
function sheet(n: number, m: number): Float64Array {
  const random = new Random(2);
  const waves = Float64Array.from({ length: 3 * m }, () => 3 * random.normal());
  return Float64Array.from({ length: n }).reduce((x: Float64Array, _, i) => {
    const [u, v, w] = [random.uniform(), random.uniform(), random.uniform()];
    for (let c = 0; c < m; c++) x[i * m + c] = Math.sin(u * waves[c] + v * waves[m + c] + w * waves[2 * m + c]);
    return x;
  }, new Float64Array(n * m));
}

/** The share of the true neighbours that were found, where farther ones as near as the farthest count too. */
function recall({ distances }: Neighbours, truth: Neighbours, k: number): number {
  return distances.reduce((hits, d, at) => hits + Number(d <= truth.distances[Math.floor(at / k) * k + k - 1] * (1 + 1e-5)), 0) / distances.length;
}

function expectWellFormed({ indices, distances }: Neighbours, n: number, k: number): void {
  expect(indices).toHaveLength(n * k);
  for (let i = 0; i < n; i++) {
    const own = indices.subarray(i * k, (i + 1) * k);
    if (new Set(own).size !== k || own.some((j) => j === i || j < 0 || j >= n)) expect.fail(`the neighbours of ${i} are ${own}`);
    for (let a = i * k + 1; a < (i + 1) * k; a++) if (distances[a] < distances[a - 1]) expect.fail(`those of ${i} are not in order`);
  }
}

describe('near neighbours', () => {
  it.each([[2, 1, 1], [3, 2, 1], [5, 3, 4], [64, 4, 6], [65, 5, 64], [130, 7, 9], [700, 13, 46]])('are those of the plain twin when all pairs are compared: %i points, %i coordinates, %i neighbours', (n, m, k) => {
    const x = groups(n, m);
    const found = drain(nearNeighbours(x, n, m, k, true));
    const truth = referenceNeighbours(x, n, m, k);
    expectWellFormed(found, n, k);
    expect(found.indices).toEqual(truth.indices);
    found.distances.forEach((d, at) => expect(Math.abs(d / truth.distances[at] - 1)).toBeLessThan(1e-5));
  });

  it.each([['groups', groups, 20, 0.97], ['a sheet', sheet, 20, 0.99]] as const)('of a forest are nearly all of the nearest: %s', (_, make, m, least) => {
    const [n, k] = [3000, 45];
    const x = make(n, m);
    const found = drain(nearNeighbours(x, n, m, k, false));
    expectWellFormed(found, n, k);
    expect(recall(found, referenceNeighbours(x, n, m, k), k)).toBeGreaterThan(least);
    expect(drain(nearNeighbours(x, n, m, k, false))).toEqual(found);
  });

  it.each([true, false])('are found among points that coincide, all pairs %s', (allPairs) => {
    const found = drain(nearNeighbours(new Float64Array(400), 200, 2, 30, allPairs));
    expectWellFormed(found, 200, 30);
    expect(found.distances.every((d) => d === 0)).toBe(true);
  });

  it('of a forest are k for the points of a far group of fewer', () => {
    const [n, m, k, far] = [2000, 3, 40, 12];
    const x = groups(n, m).map((value, at) => (at < far * m ? value + 50 : value));
    const found = drain(nearNeighbours(x, n, m, k, false));
    expectWellFormed(found, n, k);
    for (let i = 0; i < far; i++) expect(found.indices.subarray(i * k, i * k + far - 1).every((j) => j < far)).toBe(true);
  });

  it.each([true, false])('are found in many short stretches, with shares that grow to at most 1: all pairs %s', (allPairs) => {
    const [n, m, k] = [6000, 8, 15];
    const shares = [...nearNeighbours(groups(n, m), n, m, k, allPairs)];
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBeGreaterThanOrEqual(0);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });
});
