import { check } from '../lib/assert';
import type { Matrix } from '../lib/matrix';

/** Throws an InputError unless K is a whole number from 1 to N. */
export function checkClusterCount(k: number, n: number): void {
  check(Number.isInteger(k) && k >= 1, `The number of clusters is ${k}: choose a whole number of at least 1.`);
  check(k <= n, `${k} clusters need at least ${k} series, but there are ${n}: choose fewer clusters.`);
}

/** Throws an InputError unless `m` is square, symmetric, finite and not negative. */
export function checkSymmetric(m: Matrix, what: string): void {
  const { rows: n, columns, data } = m;
  check(n === columns && n >= 1, `The ${what} are ${n} x ${columns}: a square matrix of at least one series is needed.`);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = data[i * n + j];
      check(Number.isFinite(value) && value >= 0, `The ${what} of series ${i + 1} and ${j + 1} are ${value}: a finite number, 0 or more, is needed.`);
      check(value === data[j * n + i], `The ${what} of series ${i + 1} and ${j + 1} are ${value} one way and ${data[j * n + i]} the other: a symmetric matrix is needed.`);
    }
  }
}
