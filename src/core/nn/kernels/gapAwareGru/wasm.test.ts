import '@tensorflow/tfjs-backend-cpu';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGapAwareGruCpu } from './cpu';
import { parityCases, parityFaults } from './parity';

describe('gap-aware GRU, cpu twin', () => {
  beforeAll(async () => {
    registerGapAwareGruCpu();
    await setBackend('cpu');
    await ready();
  });

  it.each(parityCases)('agrees with the reference: $name', async (parity) => {
    const before = memory().numTensors;
    expect(await parityFaults(parity)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});
