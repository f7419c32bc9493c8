import { describe, expect, it } from 'vitest';
import { InputError } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import goldens from './__goldens__/clustering.json';
import { kMeans } from './kMeans';
import { orthonormalise } from './orthonormalise';
import { spectralIndicator } from './spectralIndicator';
import { centreLoss, spectralLoss } from './spectralLoss';

function normal(rows: number, columns: number, random: Random): Matrix {
  return matrix(rows, columns, Float64Array.from({ length: rows * columns }, () => random.normal()));
}

/** A matrix [n, m] of chosen singular values. */
function withSingularValues(n: number, m: number, sigma: number[], seed: number): Matrix {
  const random = new Random(seed);
  const r = sigma.length;
  const u = normal(n, r, random).data as Float64Array;
  const v = normal(m, r, random).data as Float64Array;
  orthonormalise(u, n, r);
  orthonormalise(v, m, r);
  const data = new Float64Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) for (let s = 0; s < r; s++) data[i * m + j] += u[i * r + s] * sigma[s] * v[j * r + s];
  return matrix(n, m, data);
}

function farthestFromOrthonormal(f: Matrix): number {
  let worst = 0;
  for (let a = 0; a < f.columns; a++) {
    for (let b = 0; b < f.columns; b++) {
      let dot = 0;
      for (let i = 0; i < f.rows; i++) dot += f.data[i * f.columns + a] * f.data[i * f.columns + b];
      worst = Math.max(worst, Math.abs(dot - (a === b ? 1 : 0)));
    }
  }
  return worst;
}

function rowsOf(m: Matrix, order: readonly number[]): Matrix {
  return matrix(order.length, m.columns, Float64Array.from(order.flatMap((i) => [...m.data.subarray(i * m.columns, (i + 1) * m.columns)])));
}

describe.each([
  { name: 'more series than units', n: 40, m: 7 },
  { name: 'more units than series', n: 6, m: 30 },
  { name: 'as many', n: 8, m: 8 },
])('spectral indicator, $name', ({ n, m }) => {
  const sigma = [9, 6, 5, 2, 1, 0.5];
  const h = withSingularValues(n, m, sigma, 4);

  it('makes the loss the sum of the trailing squared singular values', () => {
    for (const k of [1, 2, 3, 5]) {
      const { f, singularValues } = spectralIndicator(h, k);
      const trailing = sigma.slice(k).reduce((sum, s) => sum + s * s, 0);
      expect(spectralLoss(h, f)).toBeCloseTo(trailing, 9);
      expect(farthestFromOrthonormal(f)).toBeLessThan(1e-12);
      singularValues.forEach((value, i) => expect(value).toBeCloseTo(sigma[i], 9));
    }
  });

  it('is no better with any other orthonormal F', () => {
    const least = spectralLoss(h, spectralIndicator(h, 3).f);
    const random = new Random(5);
    for (let trial = 0; trial < 20; trial++) {
      const f = normal(n, 3, random);
      orthonormalise(f.data as Float64Array, n, 3);
      expect(spectralLoss(h, f)).toBeGreaterThan(least);
    }
  });

  it('has the gradient 2 H (I − F F′) for a constant F', () => {
    const { f } = spectralIndicator(h, 2);
    const moved = matrix(n, m, normal(n, m, new Random(2)).data);
    const data = moved.data as Float64Array;
    const epsilon = 1e-5;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        let expected = data[i * m + j];
        for (let p = 0; p < n; p++) for (let c = 0; c < 2; c++) expected -= data[p * m + j] * f.data[p * 2 + c] * f.data[i * 2 + c];
        const kept = data[i * m + j];
        data[i * m + j] = kept + epsilon;
        const up = spectralLoss(moved, f);
        data[i * m + j] = kept - epsilon;
        const down = spectralLoss(moved, f);
        data[i * m + j] = kept;
        expect((up - down) / (2 * epsilon)).toBeCloseTo(2 * expected, 5);
      }
    }
  });

  it('does not depend on the order of the samples when their F rows move along', () => {
    const { f } = spectralIndicator(h, 3);
    const order = new Random(8).shuffle(Array.from({ length: n }, (_, i) => i));
    expect(spectralLoss(rowsOf(h, order), rowsOf(f, order))).toBeCloseTo(spectralLoss(h, f), 9);
    expect(spectralLoss(rowsOf(h, order), f)).toBeGreaterThan(spectralLoss(h, f) + 1);
  });

  it('gives minibatch losses that add up to the full loss right after an update', () => {
    const { f, centres } = spectralIndicator(h, 3);
    let sum = 0;
    for (let from = 0; from < n; from += 3) {
      const batch = Array.from({ length: Math.min(3, n - from) }, (_, i) => from + i);
      sum += centreLoss(rowsOf(h, batch), centres, rowsOf(f, batch));
    }
    expect(sum).toBeCloseTo(spectralLoss(h, f), 9);
  });

  it('gives minibatch losses of 0 for representations of rank k', () => {
    const flat = withSingularValues(n, m, [7, 3, 2], 11);
    const { f, centres } = spectralIndicator(flat, 3);
    for (let i = 0; i < n; i++) expect(centreLoss(rowsOf(flat, [i]), centres, rowsOf(f, [i]))).toBeLessThan(1e-20);
  });
});

describe('spectral indicator', () => {
  it.each(goldens.indicator)('spans the singular vectors of NumPy, k = $k', ({ rows, k, singularValues, projector }) => {
    const { f, singularValues: ours } = spectralIndicator(matrix(rows.length, rows[0].length, Float64Array.from(rows.flat())), k);
    singularValues.forEach((value, i) => expect(ours[i]).toBeCloseTo(value, 10));
    projector.forEach((line, i) =>
      line.forEach((value, j) => {
        let dot = 0;
        for (let c = 0; c < k; c++) dot += f.data[i * k + c] * f.data[j * k + c];
        expect(dot).toBeCloseTo(value, 10);
      }),
    );
  });

  it('has the k-means sum of squares as loss for normalised indicators', () => {
    const points = normal(50, 6, new Random(1));
    const { assignments, inertia } = kMeans(points, 4, new Random(1));
    const size = new Float64Array(4);
    assignments.forEach((c) => size[c]++);
    const f = matrix(50, 4, Float64Array.from({ length: 200 }, (_, at) => (assignments[Math.floor(at / 4)] === at % 4 ? 1 / Math.sqrt(size[at % 4]) : 0)));
    expect(spectralLoss(points, f)).toBeCloseTo(inertia, 9);
    expect(spectralLoss(points, spectralIndicator(points, 4).f)).toBeLessThan(inertia);
  });

  it.each([
    ['zero representations', withSingularValues(20, 5, [0], 1)],
    ['fewer directions than clusters', withSingularValues(20, 5, [3, 1], 2)],
    ['equal singular values', withSingularValues(20, 5, [2, 2, 2, 2, 2], 3)],
    ['a tiny scale', withSingularValues(20, 5, [3e-170, 2e-170, 1e-170, 1e-171, 1e-172], 6)],
    ['a huge spread of singular values', withSingularValues(20, 5, [1, 1e-5, 1e-6, 1e-9, 1e-12], 7)],
    ['equal series', matrix(20, 5, new Float64Array(100).fill(3))],
    ['more units than series of equal content', matrix(4, 50, new Float64Array(200).fill(-2))],
  ])('stays orthonormal for %s', (_, h) => {
    const { f, centres } = spectralIndicator(h, 4);
    expect(farthestFromOrthonormal(f)).toBeLessThan(1e-10);
    expect([...f.data, ...centres.data].every(Number.isFinite)).toBe(true);
    let norm = 0;
    for (const value of h.data) norm += value * value;
    expect(spectralLoss(h, f)).toBeLessThanOrEqual(norm);
    expect(spectralLoss(h, f)).toBeGreaterThan(-1e-9 * norm - 1e-300);
  });

  it('has only as many columns as there are directions', () => {
    expect(spectralIndicator(normal(10, 2, new Random(1)), 5).f.columns).toBe(2);
    expect(spectralIndicator(normal(3, 9, new Random(1)), 5).f.columns).toBe(3);
  });

  it('fixes its signs, whatever the sign of the representations', () => {
    const h = normal(30, 6, new Random(3));
    const minus = matrix(30, 6, h.data.map((value) => -value) as Float64Array);
    const one = spectralIndicator(h, 3).f.data;
    spectralIndicator(minus, 3).f.data.forEach((value, i) => expect(value).toBeCloseTo(one[i], 9));
  });

  it('takes float32 rows and is the same twice over', () => {
    const h = matrix(30, 6, Float32Array.from(normal(30, 6, new Random(3)).data));
    expect(spectralIndicator(h, 3)).toEqual(spectralIndicator(h, 3));
  });

  it('refuses representations that are not finite', () => {
    const h = normal(10, 3, new Random(1));
    h.data[7] = Number.NaN;
    expect(() => spectralIndicator(h, 2)).toThrow(InputError);
    expect(() => spectralIndicator(normal(4, 3, new Random(1)), 0)).toThrow(InputError);
  });
});
