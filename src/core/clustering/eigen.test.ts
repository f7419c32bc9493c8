import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { topEigen } from './eigen';
import { gramOfColumns, gramOfRows } from './gram';
import { orthonormalise } from './orthonormalise';

/** V diag(values) V' with V a random orthonormal basis. */
function withEigenvalues(values: number[], seed: number): { a: Matrix; v: Float64Array } {
  const n = values.length;
  const random = new Random(seed);
  const v = Float64Array.from({ length: n * n }, () => random.normal());
  orthonormalise(v, n, n);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) for (let s = 0; s < n; s++) data[i * n + j] += v[i * n + s] * values[s] * v[j * n + s];
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j];
  return { a: matrix(n, n, data), v };
}

function project(v: Float64Array, n: number, columns: number, k: number, x: Float64Array): Float64Array {
  const result = new Float64Array(n);
  for (let c = 0; c < k; c++) {
    let dot = 0;
    for (let i = 0; i < n; i++) dot += v[i * columns + c] * x[i];
    for (let i = 0; i < n; i++) result[i] += dot * v[i * columns + c];
  }
  return result;
}

describe('top eigenpairs', () => {
  it.each([
    ['small', 20, (i: number) => 20 - i],
    ['large, falling spectrum', 160, (i: number) => 0.8 ** i],
    ['large, flat spectrum', 150, (i: number) => 2 - i / 150],
    ['large, rank 3', 140, (i: number) => (i < 3 ? 3 - i : 0)],
    ['large, equal eigenvalues', 140, (i: number) => (i < 4 ? 5 : 1)],
  ])('are those the matrix was made of: %s', (_, n, value) => {
    const values = Array.from({ length: n }, (_, i) => value(i));
    const { a, v } = withEigenvalues(values, n);
    const top = topEigen(a, 4);
    top.values.forEach((lambda, c) => expect(lambda).toBeCloseTo(values[c], 9));
    const random = new Random(2);
    const x = Float64Array.from({ length: n }, () => random.normal());
    const rank = Math.min(4, values.filter((lambda) => lambda > 0).length);
    const ours = project(top.vectors, n, 4, rank, x);
    project(v, n, n, rank, x).forEach((expected, i) => expect(ours[i]).toBeCloseTo(expected, 6));
  });

  it('of a zero matrix are zero with orthonormal vectors', () => {
    const { values, vectors } = topEigen(matrix(150, 150), 3);
    expect([...values]).toEqual([0, 0, 0]);
    for (let c = 0; c < 3; c++) {
      let length = 0;
      for (let i = 0; i < 150; i++) length += vectors[i * 3 + c] ** 2;
      expect(length).toBeCloseTo(1, 9);
    }
  });
});

describe('Gram matrices', () => {
  it.each([[1, 1], [3, 5], [70, 7], [130, 2], [64, 64]])('are the products of the columns and of the rows, %i x %i', (n, m) => {
    const random = new Random(n + m);
    const a = Float64Array.from({ length: n * m }, () => random.normal());
    const columns = gramOfColumns(a, n, m).data;
    const rows = gramOfRows(a, n, m).data;
    for (let p = 0; p < m; p++) {
      for (let q = 0; q < m; q++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += a[i * m + p] * a[i * m + q];
        expect(columns[p * m + q]).toBeCloseTo(dot, 9);
      }
    }
    for (let i = 0; i < n; i += 9) {
      for (let j = 0; j < n; j += 5) {
        let dot = 0;
        for (let c = 0; c < m; c++) dot += a[i * m + c] * a[j * m + c];
        expect(rows[i * n + j]).toBeCloseTo(dot, 9);
      }
    }
  });
});
