/** Oracles: SciPy, scikit-learn, tslearn and brute force by scripts/goldens/clusterers.py. */
import { describe, expect, it } from 'vitest';
import { distanceMatrix } from '../distances/distanceMatrix';
import { euclidean } from '../distances/euclidean';
import type { SeriesView } from '../distances/SeriesView';
import { warpable, type Warpable } from '../distances/warpable';
import { dtw } from '../distances/dtw';
import { softDtwValue } from '../distances/softDtw';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import goldens from './__goldens__/clusterers.json';
import type { AlternateResult } from './alternate';
import { dtwBarycentre } from './dtwBarycentre';
import { dtwKMeans } from './dtwKMeans';
import { gaussianAffinity } from './gaussianAffinity';
import { gaussianMixture } from './gaussianMixture';
import { cutTree, hierarchical, linkages, type Linkage } from './hierarchical';
import { kMedoids } from './kMedoids';
import { kShape } from './kShape';
import { lbfgs } from './lbfgs';
import { softDtwBarycentre, softDtwKMeans } from './softDtwKMeans';
import { spectralClustering } from './spectralClustering';

/** One series of D variables, step by step; null = missing. */
function view(cells: (number | null)[], d = 1): SeriesView {
  return {
    t: cells.length / d,
    d,
    start: 0,
    end: cells.length / d,
    values: Float64Array.from(cells, (cell) => cell ?? 777),
    mask: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)),
  };
}
const square = (n: number, data: number[]): Matrix => matrix(n, n, Float64Array.from(data));
const points = (...rows: number[][]): Matrix => matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
/** Renumbered by first appearance, so that equal partitions are equal arrays. */
function canonical(labels: ArrayLike<number>): number[] {
  const numbers = [...new Set(Array.from(labels))];
  return Array.from(labels, (label) => numbers.indexOf(label));
}
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i], `number ${i}`).toBeCloseTo(expected[i], digits);
}

describe('hierarchical', () => {
  it.each(goldens.hierarchical)('$linkage linkage of $name distances is that of SciPy', ({ linkage, n, distances, merges, heights, sizes, cut }) => {
    const tree = hierarchical(square(n, distances), linkage as Linkage);
    expectClose(tree.heights, heights, 10);
    expect(Array.from(tree.heights.keys(), (m) => [tree.left[m], tree.right[m]]).flat()).toEqual(merges);
    expect(Array.from(tree.sizes)).toEqual(sizes);
    expect(Array.from(cutTree(tree, 4))).toEqual(canonical(cut));
  });

  it('complete linkage merges the pair whose union has the least diameter, by brute force', () => {
    const random = new Random(4);
    for (let round = 0; round < 10; round++) {
      const n = 7;
      const d = Array.from({ length: n }, () => Array<number>(n).fill(0));
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) d[i][j] = d[j][i] = random.uniform();
      const tree = hierarchical(square(n, d.flat()), 'complete');
      let clusters = Array.from({ length: n }, (_, i) => [i]);
      for (let m = 0; m < n - 1; m++) {
        const unions = clusters.flatMap((a, p) => clusters.slice(p + 1).map((b) => ({ a, b, diameter: Math.max(...a.flatMap((i) => b.map((j) => d[i][j]))) })));
        const { a, b, diameter } = unions.reduce((best, union) => (union.diameter < best.diameter ? union : best));
        expect(tree.heights[m]).toBe(diameter);
        clusters = [...clusters.filter((cluster) => cluster !== a && cluster !== b), [...a, ...b]];
        const labels = Array.from({ length: n }, (_, i) => clusters.findIndex((cluster) => cluster.includes(i)));
        expect(Array.from(cutTree(tree, clusters.length))).toEqual(canonical(labels));
      }
    }
  });

  it.each(linkages)('%s linkage takes one series, K = N, K = 1 and ties', (linkage) => {
    const alone = hierarchical(square(1, [0]), linkage);
    expect(Array.from(cutTree(alone, 1))).toEqual([0]);
    const same = hierarchical(square(5, Array<number>(25).fill(0)), linkage);
    expect(Array.from(cutTree(same, 5))).toEqual([0, 1, 2, 3, 4]);
    expect(Array.from(cutTree(same, 1))).toEqual([0, 0, 0, 0, 0]);
    expect(new Set(cutTree(same, 3)).size).toBe(3);
    expect(() => cutTree(same, 6)).toThrow('6 clusters need at least 6 series, but there are 5');
  });

  it('says which distance is no distance', () => {
    expect(() => hierarchical(square(2, [0, Number.NaN, Number.NaN, 0]), 'single')).toThrow('The distances of series 1 and 2 are NaN');
    expect(() => hierarchical(square(2, [0, 1, 2, 0]), 'single')).toThrow('a symmetric matrix is needed');
  });
});

describe('kMedoids', () => {
  const distances = square(goldens.kMedoids.n, goldens.kMedoids.distances);

  it.each(Object.entries(goldens.kMedoids.best))('finds the best %s of all sets of medoids', (k, best) => {
    const found = kMedoids(distances, Number(k), new Random(1), { restarts: 20 });
    expect(found.cost).toBeCloseTo(best, 12);
    expect(found.cost).toBeCloseTo(
      found.assignments.reduce((sum, c, i) => sum + distances.data[i * distances.columns + found.medoids[c]], 0),
      12,
    );
  });

  it('stops where no swap lowers the cost', () => {
    const { medoids, cost } = kMedoids(distances, 3, new Random(1));
    const costOf = (set: number[]): number => Array.from({ length: 11 }, (_, i) => Math.min(...set.map((m) => distances.data[i * 11 + m]))).reduce((a, b) => a + b);
    for (let c = 0; c < 3; c++) for (let h = 0; h < 11; h++) expect(costOf(Array.from(medoids, (m, at) => (at === c ? h : m)))).toBeGreaterThanOrEqual(cost - 1e-12);
  });

  it('gives every cluster its medoid when series are equal, and takes K = N and N = 1', () => {
    const same = kMedoids(square(4, Array<number>(16).fill(0)), 3, new Random(1), { restarts: 3 });
    expect(new Set(same.assignments).size).toBe(3);
    expect(new Set(kMedoids(distances, 11, new Random(1)).assignments).size).toBe(11);
    expect(Array.from(kMedoids(square(1, [0]), 1, new Random(1)).assignments)).toEqual([0]);
    expect(() => kMedoids(distances, 0, new Random(1))).toThrow('The number of clusters is 0');
  });
});

describe('barycentres', () => {
  const { rows, dba, dbaCost, dbaBand, softBarycentreCost } = goldens.warping;
  const unequal = [0, 1, 2, 3].map((i) => warpable(view(rows[i].slice(0, 16 - i))));
  const start = warpable(view(rows[5]));

  it('DBA is that of tslearn for unequal lengths, and of its paths in a band', () => {
    const centre = dtwBarycentre(unequal, start, { maxIterations: 200, tolerance: 1e-12 });
    expectClose(centre.values, dba, 6);
    expect(unequal.reduce((sum, member) => sum + dtw().between(centre, member) ** 2, 0)).toBeCloseTo(dbaCost, 6);
    const members = rows.slice(0, 6).map((row) => warpable(view(row)));
    expectClose(dtwBarycentre(members, start, { window: 2, maxIterations: 200, tolerance: 1e-12 }).values, dbaBand, 6);
  });

  it('DBA never costs more after a round, with gaps too', () => {
    const random = new Random(5);
    const members = rows.map((row) => warpable(view(row.map((value) => (random.uniform() < 0.3 ? null : value)))));
    const cost = (centre: Warpable): number => members.reduce((sum, member) => sum + dtw().between(centre, member) ** 2, 0);
    const costs = Array.from({ length: 8 }, (_, maxIterations) => cost(dtwBarycentre(members, start, { maxIterations, tolerance: 0 })));
    costs.slice(1).forEach((value, at) => expect(value).toBeLessThanOrEqual(costs[at] + 1e-9));
    expect(costs[7]).toBeLessThan(costs[0] * 0.7);
  });

  it('the soft-DTW barycentre costs no more than that of tslearn', () => {
    const centre = softDtwBarycentre(unequal, start, 0.5, 500);
    const cost = unequal.reduce((sum, member) => sum + softDtwValue(centre, member, 0.5), 0);
    expect(cost).toBeLessThan(softBarycentreCost + 1e-4 * Math.abs(softBarycentreCost));
  });

  it('L-BFGS reaches the bottom of a curved valley', () => {
    const valley = (x: Float64Array): { value: number; gradient: Float64Array } => ({
      value: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
      gradient: Float64Array.of(-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)),
    });
    expectClose(lbfgs(valley, Float64Array.of(-1.2, 1), { maxIterations: 200, tolerance: 1e-14 }), [1, 1], 5);
  });
});

describe('k-means of series', () => {
  const { rows, dtwLabels, dtwInertia, softLabels, softInertia } = goldens.warping;
  const series = rows.map((row) => view(row));
  const start = [0, 1].map((i) => Float64Array.from(rows[i]));

  it('dtwKMeans is that of tslearn from the same start', () => {
    const { assignments, inertia } = dtwKMeans(series, 2, new Random(1), { start, barycentreIterations: 100 });
    expect(Array.from(assignments)).toEqual(dtwLabels);
    expect(inertia).toBeCloseTo(dtwInertia, 4);
  });

  it('softDtwKMeans costs no more than that of tslearn from the same start', () => {
    const { assignments, centres, inertia } = softDtwKMeans(series, 2, new Random(1), { start, gamma: 0.5, barycentreIterations: 200 });
    const costs = series.map((one) => Math.min(...centres.map((centre) => softDtwValue(centre, warpable(one), 0.5))));
    expect(inertia).toBeCloseTo(costs.reduce((sum, cost) => sum + cost, 0), 9);
    expect(Array.from(assignments)).toEqual(softLabels);
    expect(inertia).toBeLessThan(softInertia + 1e-3 * Math.abs(softInertia));
  });

  it('kShape is that of tslearn from the same start', () => {
    const { rows: cells, d, labels, centres, inertia } = goldens.kShape;
    const found = kShape(cells.map((row) => view(row, d)), 2, new Random(1), { start: [0, 1].map((i) => Float64Array.from(cells[i])) });
    expect(Array.from(found.assignments)).toEqual(labels);
    expect(found.inertia).toBeCloseTo(inertia, 9);
    found.centres.forEach((centre, c) => expectClose(centre.values, centres[c], 5));
  });

  const all: [string, (series: SeriesView[], k: number, random: Random) => AlternateResult<unknown>][] = [
    ['dtwKMeans', (set, k, random) => dtwKMeans(set, k, random)],
    ['dtwKMeans in a band', (set, k, random) => dtwKMeans(set, k, random, { window: 3 })],
    ['softDtwKMeans', (set, k, random) => softDtwKMeans(set, k, random, { gamma: 0.1 })],
    ['kShape', (set, k, random) => kShape(set, k, random)],
  ];

  it.each(all)('%s finds two shapes through shifts, gaps and unequal lengths from drawn starts', (_, cluster) => {
    const random = new Random(6);
    const gapped = rows.map((row, i) => view(row.slice(0, 16 - (i % 3)).map((value) => (random.uniform() < 0.1 ? null : value))));
    const { assignments } = cluster(gapped, 2, new Random(2));
    expect(canonical(assignments)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it.each(all)('%s gives the same for the same seed', (_, cluster) => {
    expect(cluster(series, 3, new Random(7))).toEqual(cluster(series, 3, new Random(7)));
  });

  it.each(all)('%s takes one series, K = N, equal and constant series', (_, cluster) => {
    expect(Array.from(cluster([series[0]], 1, new Random(1)).assignments)).toEqual([0]);
    expect(new Set(cluster(series.slice(0, 4), 4, new Random(1)).assignments).size).toBe(4);
    const same = cluster([1, 2, 3].map(() => series[0]), 2, new Random(1));
    expect(Number.isFinite(same.inertia)).toBe(true);
    const flat = cluster([view([0, 0, 0, 0]), view([5, 5, 5, 5]), view([0.1, 0.1, 0.1, 0.1]), view([1, 2, 1, 3])], 2, new Random(1));
    expect(Number.isFinite(flat.inertia)).toBe(true);
  });

  it.each(all)('%s takes series that have no variable in common', (_, cluster) => {
    const left = view([1, null, 2, null, 1, null], 2);
    const right = view([null, 3, null, 1, null, 4], 2);
    expect(Number.isFinite(cluster([left, right, left, right], 2, new Random(1)).inertia)).toBe(true);
  });

  it('warping clusterers say which series is empty', () => {
    expect(() => dtwKMeans([series[0], view([null, null])], 1, new Random(1))).toThrow('Series 2 has no observed value');
    expect(() => softDtwKMeans(series, 2, new Random(1), { gamma: -1 })).toThrow('The smoothing of soft-DTW is -1');
    expect(() => kShape(series, 13, new Random(1))).toThrow('13 clusters need at least 13 series');
  });
});

describe('gaussianMixture', () => {
  it.each(goldens.mixture)('with $covariance covariances is that of scikit-learn', ({ covariance, points: rows, start, weights, means, covariances, labels, logLikelihood }) => {
    const found = gaussianMixture(points(...rows), 3, new Random(1), { covariance: covariance as 'full', start: Int32Array.from(start), maxIterations: 5000, tolerance: 1e-9 });
    expect(found.logLikelihood).toBeCloseTo(logLikelihood, 6);
    expectClose(found.weights, weights, 4);
    expectClose(found.means.data, means, 3);
    expectClose(found.covariances.data, covariances, 3);
    expect(Array.from(found.assignments)).toEqual(labels);
  });

  it.each(['diagonal', 'full'] as const)('with %s covariances takes constants, one point, K = N and more coordinates than points', (covariance) => {
    const random = new Random(8);
    const wide = matrix(4, 10, Float64Array.from({ length: 40 }, () => random.normal()));
    for (const [x, k] of [[points([1, 1], [1, 1], [1, 1]), 2], [points([3, 4]), 1], [wide, 4], [wide, 2], [points([1e9, 0], [1e9, 1], [2e9, 0]), 2]] as const) {
      const { logLikelihood, responsibilities } = gaussianMixture(x, k, new Random(1), { covariance });
      expect(Number.isFinite(logLikelihood)).toBe(true);
      for (let i = 0; i < x.rows; i++) expect(Array.from(responsibilities.data.subarray(i * k, (i + 1) * k)).reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    }
  });

  it('does not depend on the unit', () => {
    const { points: rows } = goldens.mixture[0];
    const scaled = (scale: number): Int32Array => gaussianMixture(points(...rows.map((row) => row.map((value) => value * scale))), 3, new Random(1)).assignments;
    expect(scaled(1e-5)).toEqual(scaled(1));
    expect(scaled(1e5)).toEqual(scaled(1));
  });
});

describe('spectralClustering', () => {
  it.each([
    { of: 'two rings', ...goldens.spectral },
    { of: 'groups that run into each other', ...goldens.spectralOverlap },
  ])('parts $of as scikit-learn does', ({ n, scale, distances, labels }) => {
    const affinity = gaussianAffinity(square(n, distances), scale);
    for (const [k, expected] of Object.entries(labels)) expect(canonical(spectralClustering(affinity, Number(k), new Random(1)).assignments)).toEqual(canonical(expected));
  });

  it('takes parts without any link, series without any, one series and K = N', () => {
    const blocks = square(5, [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(canonical(spectralClustering(blocks, 3, new Random(1)).assignments)).toEqual([0, 0, 1, 1, 2]);
    expect(Array.from(spectralClustering(square(1, [1]), 1, new Random(1)).assignments)).toEqual([0]);
    expect(spectralClustering(blocks, 5, new Random(1)).assignments.length).toBe(5);
    expect(() => spectralClustering(square(2, [1, -1, -1, 1]), 2, new Random(1))).toThrow('The affinities of series 1 and 2 are -1');
  });

  it('the affinity of equal series is 1, at the median distance e^{-1/2}', () => {
    const { distances: d } = distanceMatrix([view([0]), view([1]), view([3])], euclidean());
    expectClose(gaussianAffinity(d).data, [1, Math.exp(-1 / 8), Math.exp(-9 / 8), Math.exp(-1 / 8), 1, Math.exp(-0.5), Math.exp(-9 / 8), Math.exp(-0.5), 1], 12);
    expect(Array.from(gaussianAffinity(square(2, [0, 0, 0, 0])).data)).toEqual([1, 1, 1, 1]);
    expect(() => gaussianAffinity(d, 0)).toThrow('The scale of the affinity is 0');
  });
});
