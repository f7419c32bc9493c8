import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGapAwareGruCpu } from './cpu';
import { parityCases, parityFaults } from './parity';
import { registerGapAwareGruWasm } from './wasm';

describe.each([
  { backend: 'cpu', register: registerGapAwareGruCpu },
  { backend: 'wasm', register: registerGapAwareGruWasm },
])('gap-aware GRU on the $backend backend', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
    await ready();
  });

  it.each(parityCases)('agrees with the reference: $name', async (parity) => {
    const before = memory().numTensors;
    expect(await parityFaults(parity)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});
