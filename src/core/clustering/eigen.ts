import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import { drain } from '../lib/drain';
import type { Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { orthonormalise } from './orthonormalise';

/** The `k` greatest eigenvalues of a symmetric matrix, descending, and their eigenvectors as orthonormal columns [n, k]. */
export interface Eigen {
  values: Float64Array;
  vectors: Float64Array;
}

/** From this order on, iteration on a few vectors is tried before the full decomposition. */
const LARGE = 128;
/** Vectors carried beyond k: the wider the gap to the next eigenvalue, the fewer rounds. */
const SPARE = 10;
/** Products with the matrix between two checks, more where the spectrum is flat, and checks before giving up. */
const PRODUCTS = 4;
const MOST_PRODUCTS = 20;
const ROUNDS = 15;
/** A polynomial raises the first vector over the last by this at most: then the last keep half their digits. */
const LIFT = 1e8;
/** ‖A v − λ v‖ of a pair that is good enough, as a share of the greatest eigenvalue. */
const RESIDUAL = 1e-11;

/**
 * The top `k` eigenpairs of a positive semi-definite matrix, such as a Gram matrix.
 *
 * Small ones by tridiagonalisation and QL (ml-matrix), O(n³). Large ones by subspace iteration with Rayleigh–Ritz
 * projection from a fixed start, O(n² k) a round; where the spectrum is flat, through Chebyshev polynomials of the
 * matrix; where the residual does not vanish in time, in full after all.
 *
 * Source: Golub and Van Loan (2013), Matrix computations, sections 8.2.4 and 8.3; Zhou, Saad, Tiago and Chelikowsky
 * (2006), Self-consistent-field calculations using Chebyshev-filtered subspace iteration.
 */
export function topEigen(matrix: Matrix, k: number): Eigen {
  return drain(topEigenSteps(matrix, k));
}

/** The same, with a rest after each product with the matrix. */
export function* topEigenSteps(matrix: Matrix, k: number): Generator<void, Eigen, void> {
  const a = matrix.data as Float64Array;
  const n = matrix.rows;
  return (n > LARGE && 4 * (k + SPARE) < n ? yield* iterated(a, n, k) : null) ?? decomposed(a, n, k);
}

function decomposed(a: Float64Array, n: number, k: number): Eigen {
  const rows = Array.from({ length: n }, (_, i) => a.subarray(i * n, (i + 1) * n));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new MlMatrix(rows), { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((i, j) => realEigenvalues[j] - realEigenvalues[i]);
  const vectors = new Float64Array(n * k);
  for (let j = 0; j < k; j++) for (let i = 0; i < n; i++) vectors[i * k + j] = eigenvectorMatrix.get(i, order[j]);
  return { values: Float64Array.from({ length: k }, (_, j) => realEigenvalues[order[j]]), vectors };
}

/** null when it does not converge. */
function* iterated(a: Float64Array, n: number, k: number): Generator<void, Eigen | null, void> {
  const b = k + SPARE;
  const random = new Random(1);
  let q: Float64Array = Float64Array.from({ length: n * b }, () => random.normal());
  orthonormalise(q, n, b);
  let [degree, cut] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    if (degree > PRODUCTS) {
      q = yield* lifted(a, n, q, b, cut, degree);
      orthonormalise(q, n, b);
    }
    for (let step = 0; step < PRODUCTS && degree <= PRODUCTS; step++) {
      q = product(a, n, q, b);
      orthonormalise(q, n, b);
      yield;
    }
    const aq = product(a, n, q, b);
    const ritz = decomposed(inner(q, aq, n, b), b, b);
    const vectors = rotate(q, ritz.vectors, n, b, k);
    const images = rotate(aq, ritz.vectors, n, b, k);
    if (worstResidual(images, vectors, ritz.values, n, k) <= RESIDUAL * ritz.values[0]) return { values: ritz.values.slice(0, k), vectors };
    cut = ritz.values[b - 1];
    degree = cut > 0 ? Math.min(MOST_PRODUCTS, Math.floor(Math.log(2 * LIFT) / Math.acosh(2 * (ritz.values[0] / cut) - 1))) : 0;
    q = rotate(aq, ritz.vectors, n, b, b);
    orthonormalise(q, n, b);
    yield;
  }
  return null;
}

/** T_d(2 A / c − 1) Q: the Chebyshev polynomial stays within ±1 for eigenvalues from 0 to c, and grows fast beyond. */
function* lifted(a: Float64Array, n: number, q: Float64Array, b: number, cut: number, degree: number): Generator<void, Float64Array, void> {
  let before: Float64Array | null = null;
  let now = q;
  for (let d = 1; d <= degree; d++) {
    const next = product(a, n, now, b);
    for (let at = 0; at < n * b; at++) {
      const shifted = (2 / cut) * next[at] - now[at];
      next[at] = before === null ? shifted : 2 * shifted - before[at];
    }
    [before, now] = [now, next];
    yield;
  }
  return now;
}

/** A Q [n, b] for a symmetric A [n, n]. */
function product(a: Float64Array, n: number, q: Float64Array, b: number): Float64Array {
  const result = new Float64Array(n * b);
  const line = new Float64Array(b);
  for (let i = 0; i < n; i++) {
    line.fill(0);
    for (let j = 0; j < n; j++) {
      const value = a[i * n + j];
      for (let c = 0, at = j * b; c < b; c++, at++) line[c] += value * q[at];
    }
    result.set(line, i * b);
  }
  return result;
}

/** Q'P [b, b], made symmetric. */
function inner(q: Float64Array, p: Float64Array, n: number, b: number): Float64Array {
  const result = new Float64Array(b * b);
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < b; r++) for (let c = 0; c < b; c++) result[r * b + c] += (q[i * b + r] * p[i * b + c] + q[i * b + c] * p[i * b + r]) / 2;
  }
  return result;
}

/** The first k columns of Q R, Q [n, b], R [b, b]. */
function rotate(q: Float64Array, r: Float64Array, n: number, b: number, k: number): Float64Array {
  const result = new Float64Array(n * k);
  for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) for (let j = 0; j < b; j++) result[i * k + c] += q[i * b + j] * r[j * b + c];
  return result;
}

function worstResidual(images: Float64Array, vectors: Float64Array, values: Float64Array, n: number, k: number): number {
  let worst = 0;
  for (let c = 0; c < k; c++) {
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (images[i * k + c] - values[c] * vectors[i * k + c]) ** 2;
    worst = Math.max(worst, Math.sqrt(squares));
  }
  return worst;
}
