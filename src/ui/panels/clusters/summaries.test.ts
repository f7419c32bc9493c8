import { expect, test } from 'vitest';
import { Random } from '../../../core/lib/random';
import { finish } from '../../charts/testing';
import { quantiles } from './quantiles';
import { summarise } from './summaries';

/** Three steps; cluster 0: series 0 to 4 at height i, cluster 1: series 5 alone. */
const curves = Float32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 9, Number.NaN, 9);
const assignments = Int32Array.of(0, 0, 0, 0, 0, 1);

test('gives quantiles as NumPy does (linear)', () => {
  expect(quantiles(Float32Array.of(8, 1, 4, 2), 4, [0, 0.1, 0.5, 0.9, 1])).toEqual([1, 1.3, 3, 6.8, 8].map((x) => expect.closeTo(x, 6)));
  expect(quantiles(Float32Array.of(5), 0, [0.5])[0]).toBeNaN();
});

test('quantiles of any numbers, many of them equal, are those of the sorted ones', () => {
  const random = new Random(3);
  for (const [count, kinds] of [[1, 1], [2, 2], [17, 3], [200, 200], [333, 5]]) {
    const values = Float32Array.from({ length: count }, () => Math.floor(random.uniform() * kinds));
    const sorted = values.slice().sort();
    const expected = [0.1, 0.5, 0.9].map((share) => {
      const at = share * (count - 1);
      const below = Math.floor(at);
      return sorted[below] + (at - below) * (sorted[Math.min(count - 1, below + 1)] - sorted[below]);
    });
    expect(quantiles(values, count, [0.1, 0.5, 0.9])).toEqual(expected);
  }
});

test('sums up each cluster by median and 10 to 90 % band', () => {
  const [first, second, third] = finish(summarise(curves, 3, assignments, 3, 2));
  expect([...first.median]).toEqual([2, 2, 2]);
  expect(first.low[0]).toBeCloseTo(0.4, 6);
  expect(first.high[0]).toBeCloseTo(3.6, 6);
  expect(second).toMatchObject({ size: 1, medoid: 5, members: [] });
  expect(third).toMatchObject({ size: 0, medoid: -1, members: [] });
});

test('where no member has a value the curve has a hole', () => {
  expect([...finish(summarise(curves, 3, assignments, 2, 2))[1].median]).toEqual([9, Number.NaN, 9]);
});

test('the medoid is the member with the least sum of squared distances to all', () => {
  const random = new Random(5);
  const [n, steps] = [40, 12];
  const cloud = Float32Array.from({ length: n * steps }, () => random.normal());
  const distance = (i: number, k: number): number => {
    let sum = 0;
    for (let s = 0; s < steps; s++) sum += (cloud[i * steps + s] - cloud[k * steps + s]) ** 2;
    return sum;
  };
  const sums = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, k) => distance(i, k)).reduce((a, b) => a + b));
  expect(finish(summarise(cloud, steps, new Int32Array(n), 1, 3))[0].medoid).toBe(sums.indexOf(Math.min(...sums)));
});

test('shows the same members when others come and go', () => {
  const stays = finish(summarise(curves, 3, assignments, 1, 2))[0].members;
  const less = assignments.slice();
  const goes = [0, 1, 3, 4].find((i) => !stays.includes(i)) as number;
  less[goes] = 1;
  expect(finish(summarise(curves, 3, less, 1, 2))[0].members).toEqual(stays);
});
