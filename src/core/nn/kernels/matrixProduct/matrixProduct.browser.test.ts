import { matMul, memory, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWebGpu, uncaptured, without } from '../../../../tests/browserBackends';
import { productCases, productError, productTolerance, sumCases, sums } from './parity';
import { partsOf } from './webgpu';

// a pipeline takes a software adapter seconds to compile
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(!adapter)(`matrix product, WGSL twin${without}`, () => {
  beforeAll(startWebGpu);

  it.each(productCases)('[$M, $K] by [$K, $N] is that of plain loops: transposed $transposeA, $transposeB', async (one) => {
    const before = memory().numTensors;
    expect(await productError(one)).toBeLessThan(productTolerance(one));
    expect(memory().numTensors).toBe(before);
    expect(uncaptured).toEqual([]);
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

describe('the parts of a deep product', () => {
  it('cover K, and are one where the product is shallow or wide', () => {
    for (const [tiles, depth] of [[1, 1], [1, 127], [6, 1200], [625, 320], [625, 16_000], [1, 100_000]]) {
      const { parts, chunk } = partsOf(tiles, depth);
      expect(parts * chunk).toBeGreaterThanOrEqual(depth);
      expect((parts - 1) * chunk).toBeLessThan(depth);
    }
    expect(partsOf(1, 127).parts).toBe(1);
    expect(partsOf(4000, 16_000).parts).toBe(1);
    expect(partsOf(625, 16_000).parts).toBe(4);
  });
});
