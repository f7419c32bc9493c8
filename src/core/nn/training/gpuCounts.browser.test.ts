import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWebGpu, uncaptured, without } from '../../../tests/browserBackends';
import { watchGpu, type GpuCounts } from '../../../tests/gpuCounts';
import { defaultOptions } from '../../catalog';
import { Random } from '../../lib/random';
import type { Method, RunSpec, TrainingData } from '../../run';
import { crli } from './crli';
import { dtc } from './dtc';
import { dtcr } from './dtcr';

// a software adapter takes seconds to compile each of the pipelines
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const counts = watchGpu();
const EPOCHS = 4;

/** Batches of 8, the last one of 4 series. */
function waves(t: number, n: number): TrainingData {
  const random = new Random(3);
  const values = Float32Array.from({ length: n * t }, (_, at) => Math.sin((at % t) * (1 + (Math.floor(at / t) % 2))) + 0.1 * random.normal());
  return { n, t, d: 1, values, mask: new Uint8Array(n * t).fill(1), starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps: new Uint32Array(0) };
}

interface Epoch {
  counts: GpuCounts;
  tensors: number;
  allocated: number;
}

async function train(method: Method, id: 'crli' | 'dtcr' | 'dtc', t: number, n: number, wanted: number): Promise<Epoch[]> {
  const options = { ...defaultOptions(id), batchSize: 8, hiddenUnits: 4, encoder: 'small', pooling: 4 };
  const spec: RunSpec = { version: 1, method: id, clusters: 2, seed: 1, epochs: EPOCHS, options, preparation: { standardise: 'none' }, hideRate: 0 };
  const epochs: Epoch[] = [];
  let since = counts();
  for await (const report of method(waves(t, n), spec, { options })) {
    if (report.kind !== 'epoch') continue;
    const { numTensors, numBytesAllocatedInGPU } = memory() as ReturnType<typeof memory> & { numBytesAllocatedInGPU: number };
    epochs.push({ counts: counts(since), tensors: numTensors, allocated: numBytesAllocatedInGPU });
    if (epochs.length === wanted) break;
    since = counts();
  }
  return epochs;
}

describe.skipIf(!adapter)(`what training asks of a GPU${without}`, () => {
  beforeAll(startWebGpu);

  // An epoch of 12 series is two steps and a pass over the full set in two batches; one readback for the losses, the state of
  // the optimisers and that pass. DTC's later epochs are of other stages.
  it.each([
    { id: 'crli', method: crli, alike: [1, 2], dispatches: 606, readbacks: 1 },
    { id: 'dtcr', method: dtcr, alike: [1, 2], dispatches: 480, readbacks: 1 },
    { id: 'dtc', method: dtc, alike: [0, 1], dispatches: 222, readbacks: 1 },
  ] as const)('does not grow with T, nor from epoch to epoch, and is read back as often for more batches: $id', async ({ id, method, alike, dispatches, readbacks }) => {
    const before = memory().numTensors;
    const short = await train(method, id, 16, 12, alike[1] + 1);
    const long = await train(method, id, 32, 12, alike[1] + 1);
    const many = await train(method, id, 16, 20, alike[1] + 1);
    for (const run of [short, long]) {
      expect(new Set(run.map(({ tensors }) => tensors)).size).toBe(1);
      for (const e of alike) {
        expect(run[e].counts.dispatches).toBe(short[alike[0]].counts.dispatches);
        expect(run[e].counts.dispatches).toBeLessThanOrEqual(dispatches);
      }
      expect(run[alike[1]].counts.pipelines).toBe(0);
    }
    for (const run of [short, long, many]) {
      expect(run.length).toBe(alike[1] + 1);
      for (const e of alike) {
        expect(run[e].counts.readbacks).toBe(readbacks);
        expect(run[e].allocated).toBe(run[alike[0]].allocated);
      }
    }
    expect(memory().numTensors).toBe(before);
    expect(uncaptured).toEqual([]);
  });
});
