import { add, memory, tensor1d, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWebGpu, uncaptured, without } from '../../../tests/browserBackends';
import { watchGpu } from '../../../tests/gpuCounts';
import { drainAsync } from '../../lib/drain';
import { DivergenceError, type Checkpoint } from '../../run';
import { Readback, readTogether } from '../kernels/readback';
import { Adam } from './adam';
import { saveAdam } from './checkpoint';
import { steps } from './epoch';
import { latentsOf } from './fullPass';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const counts = watchGpu();
/** Of a GPU, not of the host. */
const computed = (...values: number[]): Tensor1D => tidy(() => add(tensor1d(values), tensor1d(values.map(() => 0))) as Tensor1D);

describe.skipIf(!adapter)(`the steps of an epoch on a GPU${without}`, () => {
  beforeAll(startWebGpu);

  const batches = (count: number): Int32Array[] => Array.from({ length: count }, (_, b) => Int32Array.of(b));

  it.each([1, 3, 11])('are summed with one readback: %i batches', async (count) => {
    const [before, since] = [memory(), counts()];
    const sums = await drainAsync(readTogether(2 * count, (readback) => steps(readback, 1, batches(count), ['a', 'b'], ([b]) => computed(b, 2 * b + 1))));
    expect([...sums]).toEqual([(count * (count - 1)) / 2, count * count]);
    expect(counts(since).readbacks).toBe(1);
    expect(memory().numTensors).toBe(before.numTensors);
    expect((memory() as unknown as { numBytesInGPU: number }).numBytesInGPU).toBe((before as unknown as { numBytesInGPU: number }).numBytesInGPU);
    expect(uncaptured).toEqual([]);
  });

  it('are read back with the optimiser and the pass over the full set', async () => {
    const adam = new Adam(Float32Array.of(1, 2));
    const checkpoint: Checkpoint = { method: 'crli', epoch: 1, arrays: {}, numbers: {} };
    const since = counts();
    const { sums, latents } = await drainAsync(
      readTogether(3 + adam.size + 8, async function* (readback) {
        const sums = yield* steps(readback, 1, batches(3), ['a'], ([b]) => computed(b));
        await saveAdam(readback, checkpoint, 'network', adam);
        return { sums, latents: yield* latentsOf(readback, 4, 2, 2, 1, ([i]) => computed(i, i + 1, i + 2, i + 3)) };
      }),
    );
    expect([...sums]).toEqual([3]);
    expect(checkpoint.arrays).toEqual({ network: Float32Array.of(1, 2), 'network.m': new Float32Array(2), 'network.v': new Float32Array(2) });
    expect([...latents]).toEqual([0, 1, 2, 3, 2, 3, 4, 5]);
    expect(counts(since).readbacks).toBe(1);
    adam.dispose();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('end with the name of the term that broke first: %d', async (bad) => {
    const before = memory().numTensors;
    const run = drainAsync(readTogether(12, (readback) => steps(readback, 7, batches(6), ['a', 'b'], ([b]) => computed(b < 4 ? 1 : bad, b < 2 ? 1 : bad))));
    await expect(run).rejects.toThrow(new DivergenceError('b', 7).message);
    expect(memory().numTensors).toBe(before);
  });

  it('free what waits when they are left', async () => {
    const before = memory();
    for await (const _ of readTogether(3, (readback) => steps(readback, 1, batches(3), ['a'], () => computed(1)))) break;
    expect(memory().numTensors).toBe(before.numTensors);
  });

  it('are read in between when they are more than was expected', async () => {
    const since = counts();
    const [readback, found] = [new Readback(4), [] as number[]];
    for (let b = 0; b < 5; b++) await readback.add(computed(b, b, b), (values) => found.push(...values));
    await readback.finish();
    expect(found).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    expect(counts(since).readbacks).toBe(5);
  });
});
