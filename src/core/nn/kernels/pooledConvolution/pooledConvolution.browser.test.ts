import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWebGpu, uncaptured, without } from '../../../../tests/browserBackends';
import { pooledConvolution } from '../../layers/pooledConvolution';
import { poolingCases, poolingFaults } from './parity';

// a pipeline takes a software adapter seconds to compile
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(!adapter)(`convolution with pooling, WGSL twin${without}`, () => {
  beforeAll(startWebGpu);

  it.each(poolingCases)('has the values and the gradient of plain loops: $name', async (one) => {
    const start = memory().numTensors;
    expect(await poolingFaults(one, pooledConvolution)).toEqual([]);
    expect(uncaptured).toEqual([]);
    expect(memory().numTensors).toBe(start);
  });
});
