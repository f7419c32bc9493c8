/** Oracles: scikit-learn and NumPy by scripts/goldens/validity.py. */
import { describe, expect, it } from 'vitest';
import { kMeans } from '../clustering/kMeans';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import goldens from './__goldens__/validity.json';
import { daviesBouldin } from './daviesBouldin';
import { chooseByGap, gapStatistic } from './gapStatistic';
import { drain } from '../lib/drain';
import { silhouette, silhouetteOfPoints } from './silhouette';
import { stability } from './stability';
import { validity } from './validity';

const points = (...rows: number[][]): Matrix => matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
const square = (n: number, data: number[]): Matrix => matrix(n, n, Float64Array.from(data));

describe('silhouette', () => {
  it.each(goldens.partitions)('of $k clusters is that of scikit-learn', ({ assignments, silhouette: mean, samples }) => {
    const found = silhouette(square(goldens.points.length, goldens.distances), assignments);
    expect(found.mean).toBeCloseTo(mean, 12);
    samples.forEach((value, i) => expect(found.samples[i]).toBeCloseTo(value, 12));
  });

  it.each(goldens.partitions)('of $k clusters of points is that of scikit-learn, too', ({ assignments, samples }) => {
    const found = drain(silhouetteOfPoints(points(...goldens.points), assignments));
    samples.forEach((value, i) => expect(found.samples[i]).toBeCloseTo(value, 10));
  });

  it('pauses between blocks of rows', () => {
    const many = matrix(200, 1, Float64Array.from({ length: 200 }, (_, i) => i));
    expect([...silhouetteOfPoints(many, Array.from({ length: 200 }, (_, i) => i % 2))]).toHaveLength(3);
  });

  it('leaves out items without a cluster', () => {
    const d = square(4, [0, 1, 5, 9, 1, 0, 5, 9, 5, 5, 0, 9, 9, 9, 9, 0]);
    const { samples, mean } = silhouette(d, [0, 0, 1, -1]);
    expect(Array.from(samples)).toEqual([0.8, 0.8, 0, Number.NaN]);
    expect(mean).toBeCloseTo(1.6 / 3, 12);
  });

  it('is not defined for one cluster, and 0 where all distances are 0 or all are alone', () => {
    expect(silhouette(square(3, Array<number>(9).fill(1)), [0, 0, 0]).mean).toBeNaN();
    expect(silhouette(square(1, [0]), [0]).mean).toBeNaN();
    expect(silhouette(square(4, Array<number>(16).fill(0)), [0, 0, 1, 1]).mean).toBe(0);
    expect(silhouette(square(2, [0, 1, 1, 0]), [0, 1]).mean).toBe(0);
    expect(silhouette(square(4, [0, 0, 3, 3, 0, 0, 3, 3, 3, 3, 0, 0, 3, 3, 0, 0]), [0, 0, 2, 2]).mean).toBe(1);
    expect(() => silhouette(square(2, [0, 1, 1, 0]), [0])).toThrow('but there are 1 assignments');
  });
});

describe('daviesBouldin', () => {
  it.each(goldens.partitions)('of $k clusters is that of scikit-learn', ({ assignments, daviesBouldin: value }) => {
    expect(daviesBouldin(points(...goldens.points), assignments)).toBeCloseTo(value, 10);
  });

  it('takes points without spread, equal centres, empty clusters and a single cluster', () => {
    expect(daviesBouldin(points([0.1], [0.1], [0.1], [3]), [0, 0, 0, 1])).toBe(0);
    expect(daviesBouldin(points([1], [1]), [0, 1])).toBe(0);
    expect(daviesBouldin(points([-1], [1], [-2], [2]), [0, 0, 1, 1])).toBe(Number.POSITIVE_INFINITY);
    expect(daviesBouldin(points([0], [2], [10], [12]), [0, 0, 5, 5])).toBe(0.2);
    expect(daviesBouldin(points([0], [2]), [0, 0])).toBeNaN();
  });
});

describe('gapStatistic', () => {
  const data = points(...goldens.points);
  /** The data need their best optimum, to compare with it; references have many. */
  const cluster = (x: Matrix, k: number): Int32Array => kMeans(x, k, new Random(1), { restarts: x === data ? 500 : 10 }).assignments;
  const rows = gapStatistic(data, goldens.gap.map(({ k }) => k), cluster, new Random(2), { references: 60 });

  it.each(goldens.gap)('of $k clusters is that of NumPy and scikit-learn with many references', ({ k, logW, gap, error }) => {
    const row = rows.find((candidate) => candidate.k === k)!;
    expect(row.logW).toBeCloseTo(logW, 9);
    expect(Math.abs(row.gap - gap)).toBeLessThan((4 * error) / Math.sqrt(60));
    expect(row.error / error).toBeGreaterThan(0.6);
    expect(row.error / error).toBeLessThan(1.6);
  });

  it('chooses the planted number of clusters', () => {
    expect(chooseByGap(rows)).toBe(goldens.planted);
    expect(chooseByGap(rows.slice(0, 2))).toBeNull();
  });

  it('chooses one cluster in data without any', () => {
    const random = new Random(3);
    const noise = matrix(60, 2, Float64Array.from({ length: 120 }, () => random.uniform()));
    expect(chooseByGap(gapStatistic(noise, [1, 2, 3, 4], cluster, random))).toBe(1);
  });

  it('takes one point and constants, and says what to mend', () => {
    expect(gapStatistic(points([1, 2]), [1], () => [0], new Random(1))[0].logW).toBe(Number.NEGATIVE_INFINITY);
    expect(() => gapStatistic(points([1], [2]), [3], cluster, new Random(1))).toThrow('The gap statistic of 3 clusters');
    expect(() => gapStatistic(points([1], [2]), [1], cluster, new Random(1), { references: 0 })).toThrow('The number of reference sets is 0');
  });
});

describe('stability', () => {
  it('is the mean of the adjusted Rand indices of scikit-learn', () => {
    const { clusterings, mean } = goldens.stability;
    const found = stability(clusterings);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.pairs.length).toBe((clusterings.length * (clusterings.length - 1)) / 2);
  });

  it('compares halves on the items they share', () => {
    expect(stability([[0, 0, 1, 1, -1, -1], [-1, 1, 0, 0, 1, 0]]).mean).toBe(1);
    expect(stability([[0, 0, -1, -1], [-1, -1, 0, 1]]).mean).toBeNaN();
    expect(stability([[0, 1]]).mean).toBeNaN();
    expect(stability([[1, 1, 0], [0, 0, 1], [2, 2, 5]]).mean).toBe(1);
    expect(() => stability([[0, 1], [0]])).toThrow('Clustering 2 has 1 items, the first 2');
  });
});

describe('validity of a run', () => {
  const latents = Float32Array.of(0, 0, 0, 1, 10, 10, 10, 11);

  it('has the silhouette and the index of the latents', () => {
    const found = validity(latents, 2, [0, 0, 1, 1]);
    expect(found).toMatchObject({ distance: 'euclidean', n: 4 });
    expect(found.silhouette).toBeGreaterThan(0.9);
    expect(found.daviesBouldin).toBeCloseTo(1 / Math.hypot(10, 10), 6);
  });

  it('is null for a single cluster', () => {
    expect(validity(latents, 2, [0, 0, 0, 0])).toMatchObject({ silhouette: null, daviesBouldin: null });
  });
});
