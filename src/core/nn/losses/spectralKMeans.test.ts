/**
 * Acceptance check 2 of methods.md section 9, over the losses and the F-update that training uses.
 * Oracle: the singular values of NumPy, scripts/goldens/clustering.py; k-means; finite differences.
 */
import '@tensorflow/tfjs-backend-cpu';
import { grad, setBackend, tensor2d, type Scalar, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import goldens from '../../clustering/__goldens__/clustering.json';
import { kMeans } from '../../clustering/kMeans';
import { matrix } from '../../lib/matrix';
import { Random } from '../../lib/random';
import '../gradients';
import { rowsOfF, updateF } from '../training/indicator';
import { spectralKMeans, spectralKMeansShare } from './spectralKMeans';

const [N, M, K, B] = [12, 5, 3, 5];
const numbers = (length: number, random: Random): Float32Array => Float32Array.from({ length }, () => random.normal());
const h = numbers(N * M, new Random(1));
const { f, centres } = updateF(h, N, M, K);
const two = (values: ArrayLike<number>, columns: number): Tensor2D => tensor2d(Float32Array.from(values), [values.length / columns, columns]);
const valueOf = (loss: Scalar): number => loss.dataSync()[0];
const rowsOf = (values: Float32Array, columns: number, rows: ArrayLike<number>): Float32Array => Float32Array.from(Array.from(rows).flatMap((i) => [...values.subarray(i * columns, (i + 1) * columns)]));
/** Sum over minibatches of B rows, the last of them padded, in the order given. */
function shares(values: Float32Array, F: Float32Array, C: Float32Array, order: Int32Array): number {
  let sum = 0;
  for (let from = 0; from < N; from += B) {
    const series = order.subarray(from, from + B);
    const padded = new Float32Array(B * M).fill(9);
    padded.set(rowsOf(values, M, series));
    sum += valueOf(spectralKMeansShare(two(padded, M), two(rowsOfF(F, series, B, N), K), two(C, K), two(Array.from({ length: B }, (_, b) => Number(b < series.length)), 1)));
  }
  return sum;
}
const inOrder = Int32Array.from({ length: N }, (_, i) => i);

beforeAll(() => setBackend('cpu'));

describe('spectral k-means loss (acceptance check 2)', () => {
  it.each(goldens.indicator)('is the sum of the trailing squared singular values of NumPy, k = $k', ({ rows, k, singularValues }) => {
    const flat = Float32Array.from(rows.flat());
    const squares = flat.reduce((sum, value) => sum + value * value, 0);
    const leading = singularValues.slice(0, k).reduce((sum, sigma) => sum + sigma * sigma, 0);
    const { f: top } = updateF(flat, rows.length, rows[0].length, k);
    expect(Math.abs(valueOf(spectralKMeans(two(flat, rows[0].length), two(top, top.length / rows.length))) - (squares - leading)) / squares).toBeLessThan(1e-5);
  });

  it("has F'F = I to 1e-6", () => {
    for (let a = 0; a < K; a++) for (let b = 0; b < K; b++) expect(Math.abs(inOrder.reduce((dot, i) => dot + f[i * K + a] * f[i * K + b], 0) - Number(a === b))).toBeLessThan(1e-6);
  });

  it('is the sum of squares of k-means for normalised indicators', () => {
    const { assignments, inertia } = kMeans(matrix(N, M, h), K, new Random(1));
    const sizes = new Float64Array(K);
    assignments.forEach((c) => (sizes[c] += 1));
    const indicator = Float32Array.from({ length: N * K }, (_, at) => (assignments[Math.floor(at / K)] === at % K ? 1 / Math.sqrt(sizes[at % K]) : 0));
    expect(valueOf(spectralKMeans(two(h, M), two(indicator, K))) / inertia).toBeCloseTo(1, 5);
  });

  it("has the gradient 2 (I − F F') H, of the full batch and of the shares right after an update", () => {
    const wanted = h.map((value, at) => {
      const [i, j] = [Math.floor(at / M), at % M];
      return 2 * (value - inOrder.reduce((sum, p) => sum + Array.from({ length: K }, (_, c) => f[i * K + c] * f[p * K + c]).reduce((a, b) => a + b) * h[p * M + j], 0));
    });
    const full = grad((x: Tensor) => spectralKMeans(x as Tensor2D, two(f, K)))(two(h, M)).dataSync();
    const share = grad((x: Tensor) => spectralKMeansShare(x as Tensor2D, two(f, K), two(centres, K), two(new Float32Array(N).fill(1), 1)))(two(h, M)).dataSync();
    wanted.forEach((value, at) => {
      expect(Math.abs(full[at] - value)).toBeLessThan(1e-5);
      expect(Math.abs(share[at] - value)).toBeLessThan(1e-5);
    });
  });

  it('does not change when samples are shuffled together with their rows of F, and does when the rows stay behind', () => {
    const order = new Random(8).shuffle(inOrder.slice());
    const loss = valueOf(spectralKMeans(two(h, M), two(f, K)));
    const moved = two(rowsOf(h, M, order), M);
    expect(valueOf(spectralKMeans(moved, two(rowsOfF(f, order, N, N), K))) / loss).toBeCloseTo(1, 5);
    expect(valueOf(spectralKMeans(moved, two(f, K)))).toBeGreaterThan(loss + 1);
    expect(shares(h, f, centres, order) / loss).toBeCloseTo(1, 5);
  });

  it('adds up over minibatches, whatever stands in the rows that pad one, and is 0 for an H of rank k', () => {
    expect(shares(h, f, centres, inOrder) / valueOf(spectralKMeans(two(h, M), two(f, K)))).toBeCloseTo(1, 5);
    const random = new Random(3);
    const [left, right] = [numbers(N * K, random), numbers(K * M, random)];
    const flat = Float32Array.from({ length: N * M }, (_, at) => Array.from({ length: K }, (_, c) => left[Math.floor(at / M) * K + c] * right[c * M + (at % M)]).reduce((a, b) => a + b));
    const own = updateF(flat, N, M, K);
    expect(shares(flat, own.f, own.centres, inOrder)).toBeLessThan(1e-9);
  });
});
