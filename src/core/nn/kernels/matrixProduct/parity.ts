/** One body of tests over every backend: products and sums beside plain loops in float64. */
import { matMul, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { Random } from '../../../lib/random';

export interface ProductCase {
  M: number;
  N: number;
  K: number;
  transposeA: boolean;
  transposeB: boolean;
}

const sizes = [
  { M: 1, N: 1, K: 1 },
  { M: 4, N: 8, K: 3 },
  { M: 7, N: 13, K: 5 },
  { M: 32, N: 200, K: 50 },
  { M: 5, N: 9, K: 1200 }, // more than one panel deep
];

export const productCases: ProductCase[] = sizes.flatMap((size) =>
  [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({ ...size, transposeA, transposeB }))),
);

/** The largest error of a stack of two products; {@link productTolerance} is what it may be. */
export async function productError({ M, N, K, transposeA, transposeB }: ProductCase): Promise<number> {
  const random = new Random(M + N);
  const stack = 2;
  const [a, b] = [M * K, K * N].map((count) => Float32Array.from({ length: stack * count }, () => random.normal()));
  const product = tidy(() => matMul(tensor(a, [stack, ...(transposeA ? [K, M] : [M, K])]) as Tensor, tensor(b, [stack, ...(transposeB ? [N, K] : [K, N])]) as Tensor, transposeA, transposeB));
  const found = await product.data();
  product.dispose();
  let worst = Math.abs(found.length - stack * M * N);
  for (let at = 0; at < stack * M * N; at++) {
    const [s, m, n] = [Math.floor(at / (M * N)), Math.floor(at / N) % M, at % N];
    let total = 0;
    for (let k = 0; k < K; k++) total += a[s * M * K + (transposeA ? k * M + m : m * K + k)] * b[s * K * N + (transposeB ? n * K + k : k * N + n)];
    worst = Math.max(worst, Math.abs(found[at] - total));
  }
  return worst;
}

export const productTolerance = ({ K }: ProductCase): number => 1e-6 * Math.sqrt(K) * 10;

export interface SumCase {
  shape: number[];
  axis: number | number[];
  keepDims: boolean;
}

export const sumCases: SumCase[] = [
  { shape: [5, 7], axis: 0, keepDims: false },
  { shape: [3, 4, 35], axis: [0, 1], keepDims: true },
  { shape: [2, 3, 4], axis: [-3], keepDims: false },
  { shape: [2, 3, 4], axis: [1], keepDims: false },
  { shape: [2, 3, 4], axis: [0, 2], keepDims: false },
  { shape: [2, 1, 40], axis: -1, keepDims: true },
  { shape: [2, 3], axis: [0, 1], keepDims: false },
  { shape: [3, 1100], axis: 1, keepDims: false },
];

/** The sum on tfjs's current backend, and that of plain loops. */
export async function sums({ shape, axis, keepDims }: SumCase): Promise<Record<'found' | 'wanted', { shape: number[]; values: number[] }>> {
  const axes = [axis].flat().map((a) => (a + shape.length) % shape.length);
  const x = tensor(Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i % 17), shape);
  const found = sum(x, axis, keepDims);
  const kept = shape.map((length, a) => (axes.includes(a) ? 1 : length));
  const wanted = new Float64Array(kept.reduce((a, b) => a * b));
  for (let i = 0; i < x.size; i++) {
    let [rest, at, stride] = [i, 0, 1];
    for (let a = shape.length - 1; a >= 0; a--) {
      if (!axes.includes(a)) {
        at += (rest % shape[a]) * stride;
        stride *= shape[a];
      }
      rest = Math.floor(rest / shape[a]);
    }
    wanted[at] += i % 17;
  }
  const values = [...(await found.data())];
  const both = { found: { shape: found.shape, values }, wanted: { shape: keepDims ? kept : shape.filter((_, a) => !axes.includes(a)), values: [...wanted] } };
  found.dispose();
  x.dispose();
  return both;
}
