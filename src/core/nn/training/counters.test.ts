/** What a run costs that no machine changes: tensors alive, bytes read back, kernel calls; on the wasm backend as the engine starts it. */
import { engine, memory, profile, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions, type MethodId } from '../../catalog';
import { implementations } from '../../methods';
import { Random } from '../../lib/random';
import type { Report, RunSpec, TrainingData } from '../../run';
import { chooseBackend, initialise } from '../../../engine/backend';

/** The third is an epoch like most: the centroids of DTC are there, and its heat map is not yet made. */
const EPOCHS = 4;
const THIRD = 2;
const B = 8;
const N = 16;

/** Waves of two frequencies; every fifth cell is a gap for the method that knows of gaps. */
function dataOf(method: MethodId, t: number): TrainingData {
  const random = new Random(3);
  const values = Float32Array.from({ length: N * t }, (_, at) => Math.sin(((at % t) * (1 + (Math.floor(at / t) % 2)) * 2 * Math.PI) / t) + 0.1 * random.normal());
  const mask = values.map((_, at) => Number(method !== 'crli' || at % 5 > 0));
  const gaps = Uint32Array.from([...values.keys()].filter((at) => mask[at] === 0));
  return { n: N, t, d: 1, values: values.map((value, at) => value * mask[at]), mask: Uint8Array.from(mask), starts: new Int32Array(N), ends: new Int32Array(N).fill(t), gaps };
}

const specOf = (method: MethodId): RunSpec => ({
  version: 1, method, clusters: 2, seed: 1, epochs: EPOCHS, preparation: { standardise: 'none' }, hideRate: 0,
  options: { ...defaultOptions(method), batchSize: B, ...(method === 'dtc' ? { pretrainingSteps: 2, pooling: 4 } : { fInterval: 1 }), ...(method === 'crli' && { hiddenUnits: 8 }) },
});

interface Epoch {
  tensors: number;
  bytesRead: number;
  /** Kernel calls until the first batch is done. */
  calls: number;
  weights: number;
}

async function measure(method: MethodId, t: number): Promise<Epoch[]> {
  const spec = specOf(method);
  const backend = engine().backend as unknown as { readSync(dataId: object, start?: number, end?: number): ArrayLike<number> };
  const readSync = backend.readSync;
  let bytes = 0;
  backend.readSync = function (...args) {
    const values = readSync.apply(this, args);
    bytes += 4 * values.length;
    return values;
  };
  const epochs: Epoch[] = [];
  try {
    const reports = implementations[method].run(dataOf(method, t), spec, { options: spec.options });
    let calls = 0;
    for (let done = false; !done; ) {
      const pulled: { report?: Report } = {};
      const { kernels } = await profile(async () => {
        const next = await reports.next();
        done = next.done === true;
        if (!next.done) pulled.report = next.value;
        return [] as Tensor[];
      });
      const { report } = pulled;
      if (report?.kind === 'batch' && report.batch === 1) calls = kernels.length;
      if (report?.kind !== 'epoch') continue;
      const { generator, discriminator, network } = report.checkpoint.arrays as Record<string, Float32Array | undefined>;
      epochs.push({ tensors: memory().numTensors, bytesRead: bytes, calls, weights: (generator?.length ?? 0) + (discriminator?.length ?? 0) + (network?.length ?? 0) });
      bytes = 0;
    }
  } finally {
    backend.readSync = readSync;
  }
  return epochs;
}

describe.each([
  // what one pass over the full set reads back of each series: H and the imputation; H; z
  { method: 'crli', terms: 7, pass: (t: number) => 2 * 8 + t, most: 470 },
  { method: 'dtcr', terms: 4, pass: () => 220, most: 590 },
  { method: 'dtc', terms: 3, pass: (t: number) => t / 4, most: 230 },
] as const)('an epoch of $method', ({ method, terms, pass, most }) => {
  beforeAll(async () => {
    initialise({});
    await chooseBackend('wasm');
  });

  it('leaves as many tensors as it found, and the run none', async () => {
    const before = memory().numTensors;
    const [, second, third] = await measure(method, 40);
    expect(third.tensors).toBe(second.tensors);
    expect(memory().numTensors).toBe(before);
  });

  it('reads back the weights and moments, the losses, and one pass over the series', async () => {
    const epochs = await measure(method, 40);
    const { weights, bytesRead } = epochs[THIRD];
    const soft = method === 'dtc' ? N * 2 : 0; // q for the labels, and for the next target
    expect(bytesRead).toBe(4 * (3 * weights + (N / B) * terms + N * pass(40) + soft));
  });

  it('calls no more kernels for longer series', async () => {
    const [short, long] = [(await measure(method, 40))[THIRD].calls, (await measure(method, 80))[THIRD].calls];
    expect(long).toBe(short);
    expect(short).toBeLessThanOrEqual(most);
  });
});
