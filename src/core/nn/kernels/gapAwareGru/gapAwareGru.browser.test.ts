import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWasm, startWebGpu, uncaptured, without } from '../../../../tests/browserBackends';
import { parityCases, parityFaults, plainCases, setsCases, type ParityCase } from './parity';
import type { GruShape } from './shape';
import { plan, timeSlices } from './wgslPlan';

// a pipeline takes a software adapter seconds to compile
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PORTABLE_MEMORY = 16_384;

/** Units that leave room for two rows, and for one, and steps for more than one dispatch. */
const large = (name: string, shape: GruShape, mask: ParityCase['mask'], seed: number): ParityCase => ({ name, shape, mask, padding: 'end', seed });
const largeCases: ParityCase[] = [
  large('two rows a workgroup', { batch: 3, steps: 3, inputs: 2, units: [300], states: true }, 'random', 101),
  large('one row a workgroup, several dispatches', { batch: 3, steps: 15, inputs: 1, units: [900], states: false }, 'first', 102),
];

describe.skipIf(!adapter)(`gap-aware GRU, WGSL twin${without}`, () => {
  beforeAll(startWebGpu);

  it.each([...parityCases, ...largeCases, ...setsCases, ...plainCases])('agrees with the reference: $name', async (parity) => {
    const before = memory();
    expect(await parityFaults(parity)).toEqual([]);
    expect(uncaptured).toEqual([]);
    const after = memory();
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numDataBuffers).toBe(before.numDataBuffers);
    expect((after as unknown as { numBytesInGPU: number }).numBytesInGPU).toBe((before as unknown as { numBytesInGPU: number }).numBytesInGPU);
  });

  it('meets every count of rows in these cases', () => {
    const lanes = [...parityCases, ...largeCases].map(({ shape }) => plan(shape, PORTABLE_MEMORY).lanes);
    expect(new Set(lanes)).toEqual(new Set([1, 2, 4]));
    expect(timeSlices(largeCases[1].shape).length).toBeGreaterThan(1);
  });
});

describe('gap-aware GRU, WASM twin in a browser', () => {
  beforeAll(startWasm);

  it.each(parityCases)('agrees with the reference: $name', async (parity) => {
    const before = memory();
    expect(await parityFaults(parity)).toEqual([]);
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});
