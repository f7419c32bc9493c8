import '@tensorflow/tfjs-backend-wasm';
import { matMul, memory, ready, setBackend, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { wasmSections } from '../../../../tests/wasmSections';
import { bytesOfBase64, type WasmVariant } from '../../../lib/wasm';
import { productCases, productError, productTolerance, sumCases, sums } from './parity';
import { wasmBase64 } from './matrixProduct.wasm';
import { registerMatrixProductWasm } from './wasm';

allowRelaxedSimd();

describe.each(['simd', 'relaxed'] as const)('matrix product, %s', (variant) => {
  beforeAll(async () => {
    registerMatrixProductWasm(variant);
    await setBackend('wasm');
    await ready();
  });

  it.each(productCases)('[$M, $K] by [$K, $N] is that of plain loops: transposed $transposeA, $transposeB', async (one) => {
    const before = memory().numTensors;
    expect(await productError(one)).toBeLessThan(productTolerance(one));
    expect(memory().numTensors).toBe(before);
  });

  it.each(sumCases)('sums [$shape] over $axis', async (one) => {
    const { found, wanted } = await sums(one);
    expect(found).toEqual(wanted);
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
