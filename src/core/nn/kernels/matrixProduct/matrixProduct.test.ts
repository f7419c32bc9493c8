import '@tensorflow/tfjs-backend-wasm';
import { matMul, memory, ready, setBackend, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { wasmSections } from '../../../../tests/wasmSections';
import { Random } from '../../../lib/random';
import { bytesOfBase64, type WasmVariant } from '../../../lib/wasm';
import { wasmBase64 } from './matrixProduct.wasm';
import { registerMatrixProductWasm } from './wasm';

allowRelaxedSimd();

const sizes = [
  { M: 1, N: 1, K: 1 },
  { M: 4, N: 8, K: 3 },
  { M: 7, N: 13, K: 5 },
  { M: 32, N: 200, K: 50 },
  { M: 5, N: 9, K: 1200 }, // more than one panel deep
];

describe.each(['simd', 'relaxed'] as const)('matrix product, %s', (variant) => {
  beforeAll(async () => {
    registerMatrixProductWasm(variant);
    await setBackend('wasm');
    await ready();
  });

  describe.each(sizes)('[$M, $K] by [$K, $N]', ({ M, N, K }) => {
    it.each([
      { transposeA: false, transposeB: false },
      { transposeA: true, transposeB: false },
      { transposeA: false, transposeB: true },
      { transposeA: true, transposeB: true },
    ])('is that of plain loops: transposed $transposeA, $transposeB', async ({ transposeA, transposeB }) => {
      const random = new Random(M + N);
      const before = memory().numTensors;
      const stack = 2;
      const [a, b] = [M * K, K * N].map((count) => Float32Array.from({ length: stack * count }, () => random.normal()));
      const product = tidy(() => matMul(tensor(a, [stack, ...(transposeA ? [K, M] : [M, K])]) as Tensor, tensor(b, [stack, ...(transposeB ? [N, K] : [K, N])]) as Tensor, transposeA, transposeB));
      const found = await product.data();
      product.dispose();
      for (let at = 0; at < stack * M * N; at++) {
        const [s, m, n] = [Math.floor(at / (M * N)), Math.floor(at / N) % M, at % N];
        let total = 0;
        for (let k = 0; k < K; k++) total += a[s * M * K + (transposeA ? k * M + m : m * K + k)] * b[s * K * N + (transposeB ? n * K + k : k * N + n)];
        expect(Math.abs(found[at] - total)).toBeLessThan(1e-6 * Math.sqrt(K) * 10);
      }
      expect(memory().numTensors).toBe(before);
    });
  });

  it.each([
    { shape: [5, 7], axis: 0, keepDims: false },
    { shape: [3, 4, 35], axis: [0, 1], keepDims: true },
    { shape: [2, 3, 4], axis: [-3], keepDims: false },
    { shape: [2, 3, 4], axis: [1], keepDims: false },
    { shape: [2, 3], axis: [0, 1], keepDims: false },
  ])('sums [$shape] over $axis', async ({ shape, axis, keepDims }) => {
    const axes = [axis].flat().map((a) => (a + shape.length) % shape.length);
    const x = tensor(Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i % 17), shape);
    const found = sum(x, axis, keepDims);
    const kept = shape.map((length, a) => (axes.includes(a) ? 1 : length));
    expect(found.shape).toEqual(keepDims ? kept : shape.filter((_, a) => !axes.includes(a)));
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
    expect([...(await found.data())]).toEqual([...wanted]);
    found.dispose();
    x.dispose();
  });

  it('leaves stacks that are broadcast to tfjs', async () => {
    const product = matMul(tensor([1, 2, 3, 4], [2, 1, 2]) as Tensor, tensor([1, 10], [1, 2, 1]) as Tensor);
    expect([...(await product.data())]).toEqual([21, 43]);
    product.dispose();
  });
});

it.each(Object.keys(wasmBase64) as WasmVariant[])('has no data of its own in the memory that it shares with tfjs: %s', (variant) => {
  expect(wasmSections(bytesOfBase64(wasmBase64[variant]))).not.toContain(11); // data
});
