import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWasm, startWebGpu, uncaptured, without } from '../../../../tests/browserBackends';
import { imputingLstmCases, imputingLstmFaults } from './parity';

// a pipeline takes a software adapter seconds to compile
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

describe.skipIf(!adapter)(`imputing LSTM, WGSL twin${without}`, () => {
  beforeAll(startWebGpu);

  it.each(imputingLstmCases)('agrees with the reference: $name', async (one) => {
    const before = memory().numTensors;
    expect(await imputingLstmFaults(one)).toEqual([]);
    expect(uncaptured).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});

describe('imputing LSTM, WASM twin in a browser', () => {
  beforeAll(startWasm);

  it.each(imputingLstmCases)('agrees with the reference: $name', async (one) => {
    expect(await imputingLstmFaults(one)).toEqual([]);
  });
});
