import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../catalog';
import { Random } from '../../lib/random';
import { scoreAll } from '../../metrics/scoreAll';
import type { Checkpoint, Report, RunSpec, TrainingData } from '../../run';
import { cylinderBellFunnel } from '../../series/synthetic';
import { registerLstmWasm } from '../kernels/lstm/wasm';
import { registerPooledConvolutionWasm } from '../kernels/pooledConvolution/wasm';
import { targetDistribution } from '../losses/targetDistribution';
import { dtcModel, poolingFor } from '../models/dtc';
import { byLinkage, dtc } from './dtc';

beforeAll(async () => {
  registerLstmWasm();
  registerPooledConvolutionWasm();
  await setBackend('wasm');
  await ready();
});

function dataOf(n: number, t: number, lengths = (_: number): number => t): TrainingData {
  const set = cylinderBellFunnel(n, new Random(5), t);
  const ends = Int32Array.from({ length: n }, (_, i) => lengths(i));
  return { n, t, d: 1, values: Float32Array.from(set.values), mask: set.mask, starts: set.starts, ends, gaps: new Uint32Array(0) };
}

const specOf = (options: RunSpec['options'], epochs = 8): RunSpec => ({
  version: 1, method: 'dtc', clusters: 3, seed: 1, epochs, options: { ...defaultOptions('dtc'), pretrainingSteps: 4, batchSize: 8, ...options }, preparation: { standardise: 'none' }, hideRate: 0,
});

async function run(data: TrainingData, spec: RunSpec, from?: Checkpoint): Promise<Extract<Report, { kind: 'epoch' }>[]> {
  const epochs: Extract<Report, { kind: 'epoch' }>[] = [];
  for await (const report of dtc(data, spec, { options: spec.options }, from)) if (report.kind === 'epoch') epochs.push(report);
  return epochs;
}

/** Everything that was reported, with the numbers as they are in memory; quicker to compare than arrays of weights. */
const bitsOf = (epochs: readonly object[]): string => JSON.stringify(epochs, (_, value: unknown) => (ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') : value));

describe('training of DTC', () => {
  it('trains the autoencoder alone first, then with the clusters', async () => {
    const data = dataOf(16, 40);
    const epochs = await run(data, specOf({}));
    expect(epochs.map(({ losses }) => losses.clustering > 0)).toEqual([false, false, true, true, true, true, true, true].slice(0, epochs.length));
    expect(epochs[1].losses.reconstruction).toBeLessThan(epochs[0].losses.reconstruction);
  });

  it.each(['eucl', 'cid', 'cor', 'acf'])('runs with the similarity %s, series of unequal length and a constant one', async (similarity) => {
    const data = dataOf(16, 41, (i) => 41 - (i % 5));
    data.values.fill(1, 0, 41);
    const last = (await run(data, specOf({ similarity }, 5))).at(-1)!;
    expect(last.snapshot.latents.every(Number.isFinite)).toBe(true);
    expect(last.snapshot.assignments.every((label) => label >= 0 && label < 3)).toBe(true);
    expect(last.snapshot.confidence.every((q) => q >= 1 / 3 - 1e-6 && q <= 1)).toBe(true);
  });

  it('sees each series of several variables from its first step to its last, and nothing around it', async () => {
    const [n, t, d, P] = [6, 24, 2, 4];
    const random = new Random(9);
    const starts = Int32Array.of(0, 5, 8, 0, 12, 3);
    const ends = Int32Array.of(24, 24, 17, 9, 16, 22);
    const values = Float32Array.from({ length: n * t * d }, () => random.normal());
    const data: TrainingData = { n, t, d, values, mask: new Uint8Array(n * t * d).fill(1), starts, ends, gaps: new Uint32Array(0) };
    const outside = (at: number): boolean => {
      const [i, step] = [Math.floor(at / (t * d)), Math.floor(at / d) % t];
      return step < starts[i] || step >= ends[i];
    };
    const spec = specOf({ pooling: P, pretrainingSteps: 1 }, 2);
    const epochs = await run(data, spec);
    expect(bitsOf(await run({ ...data, values: values.map((value, at) => (outside(at) ? 99 : value)) }, spec))).toBe(bitsOf(epochs));
    epochs[1].snapshot.latents.forEach((z, at) => {
      const [i, s] = [Math.floor(at / (t / P)), at % (t / P)];
      expect(z !== 0).toBe(s >= Math.floor(starts[i] / P) && s < Math.ceil(ends[i] / P));
    });
  });

  it('goes on from a checkpoint exactly as if it had not stopped', async () => {
    const data = dataOf(16, 40);
    const whole = await run(data, specOf({ targetInterval: 2 }));
    for (const stop of [1, 2, 3]) {
      const resumed = await run(data, specOf({ targetInterval: 2 }), structuredClone(whole[stop - 1].checkpoint));
      expect(bitsOf(resumed)).toBe(bitsOf(whole.slice(stop)));
    }
  });

  it('never goes back to pretraining when it goes on with more epochs, and counts the intervals of P from the first with clusters', async () => {
    const data = dataOf(16, 40);
    const whole = await run(data, specOf({ targetInterval: 2 }, 4)); // two epochs of pretraining
    const longer = await run(data, specOf({ targetInterval: 2, pretrainingSteps: 12 }, 12), structuredClone(whole[3].checkpoint));
    expect(longer.every(({ losses }) => losses.clustering > 0)).toBe(true);
    const targets = [whole[3], ...longer].map(({ checkpoint }) => JSON.stringify([...checkpoint.arrays.target]));
    expect(targets.slice(1, 7).map((target, e) => target === targets[e])).toEqual([false, true, false, true, false, true]);
    const shorter = await run(data, specOf({ targetInterval: 2, pretrainingSteps: 2 }, 8), structuredClone((await run(data, specOf({ targetInterval: 2, pretrainingSteps: 8 })))[1].checkpoint));
    const first = shorter.map(({ checkpoint }) => JSON.stringify([...checkpoint.arrays.target]));
    expect(first.slice(1, 4).map((target, e) => target === first[e])).toEqual([true, false, true]);
  });

  it('stops once five checks in a row changed fewer than one label in a thousand, and checks anew when it is told to go on', async () => {
    const data = dataOf(12, 30);
    const epochs = await run(data, specOf({ learningRate: 1e-6 }, 60));
    const changed = epochs.map(({ snapshot }, e) => e === 0 || snapshot.assignments.some((label, i) => label !== epochs[e - 1].snapshot.assignments[i]));
    const pretraining = epochs.filter(({ losses }) => losses.clustering === 0).length;
    expect(epochs.length).toBe(Math.max(pretraining, changed.lastIndexOf(true) + 1) + 5);
    const more = await run(data, specOf({ learningRate: 1e-6 }, 60), structuredClone(epochs[epochs.length - 1].checkpoint));
    expect(more.length).toBeGreaterThanOrEqual(5);
  });

  it('makes P of the full set at every interval and keeps it between, and labels by argmax q', async () => {
    const data = dataOf(16, 40);
    const spec = specOf({ targetInterval: 2 }, 8);
    const epochs = await run(data, spec);
    const targets = epochs.map(({ checkpoint }) => checkpoint.arrays.target);
    expect(targets[1]).toBeUndefined(); // two epochs of pretraining
    for (const e of [2, 4, 6]) {
      expect(targets[e + 1]).toEqual(targets[e]);
      if (e > 2) expect(targets[e]).not.toEqual(targets[e - 1]);
    }
    const model = dtcModel({ variables: 1, steps: 40, pooling: poolingFor(40), clusters: 3, similarity: 'eucl', squared: true, slope: 0.3 });
    const q = (e: number): Float32Array =>
      tidy(() => model.assign(model.parameters.cut(tensor1d(epochs[e].checkpoint.arrays.network)), tensor2d(epochs[e].snapshot.latents, [16, model.latentWidth])).dataSync() as Float32Array);
    for (const e of [4, 6]) expect(targets[e]).toEqual(targetDistribution(q(e - 1), 3)); // of the weights before the update
    epochs.slice(2).forEach(({ snapshot }, at) => {
      const shares = q(at + 2);
      snapshot.assignments.forEach((label, i) => expect(shares[3 * i + label]).toBe(Math.max(...shares.subarray(3 * i, 3 * i + 3))));
    });
  });

  it('takes siml² with EUCL and siml with the others, unless told otherwise', async () => {
    const data = dataOf(8, 20);
    const lossesOf = async (options: RunSpec['options']) => (await run(data, specOf({ pretrainingSteps: 1, ...options }, 2))).map(({ losses }) => losses);
    for (const [similarity, kernel, other] of [['eucl', 'squared', 'siml'], ['cid', 'siml', 'squared'], ['cor', 'siml', 'squared'], ['acf', 'siml', 'squared']]) {
      const auto = await lossesOf({ similarity, kernel: 'auto' });
      expect(await lossesOf({ similarity, kernel })).toEqual(auto);
      expect(await lossesOf({ similarity, kernel: other })).not.toEqual(auto);
    }
  });

  it('cuts the tree of complete linkage, but leaves a cut with a lone series to k-means', async () => {
    const model = dtcModel({ variables: 1, steps: 2, pooling: 1, clusters: 2, similarity: 'eucl', squared: true, slope: 0.3 });
    expect([...(await byLinkage(model, Float32Array.of(0, 0, 9, 9, 0, 1, 9, 8, 1, 0), 2))!]).toEqual([0, 1, 0, 1, 0]);
    expect(await byLinkage(model, Float32Array.of(0, 0, 9, 9, 0, 1, 1, 0), 2)).toBeNull();
    // single linkage would go along the chain and leave its far end
    expect([...(await byLinkage(model, Float32Array.of(0, 0, 1, 0, 2.1, 0, 3.3, 0, 4.6, 0), 2))!]).toEqual([0, 0, 1, 1, 1]);
  });

  it('keeps no tensor when it is left in the middle', async () => {
    const data = dataOf(16, 40);
    const before = memory().numTensors;
    const spec = specOf({});
    const reports = dtc(data, spec, { options: spec.options });
    for (let pulled = 0; pulled < 12; pulled++) await reports.next();
    await reports.return();
    expect(memory().numTensors).toBe(before);
  });

  it('finds two planted kinds of waves, without labels', async () => {
    const [n, t] = [40, 40];
    const random = new Random(2);
    const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
    const values = Float32Array.from({ length: n * t }, (_, at) => Math.sin((at % t) / (Math.floor(at / t) % 2 === 0 ? 2 : 6)) + 0.2 * random.normal());
    const data = { n, t, d: 1, values, mask: new Uint8Array(n * t).fill(1), starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps: new Uint32Array(0) };
    const epochs = await run(data, { ...specOf({ pretrainingSteps: 60, batchSize: 40 }, 80), clusters: 2 });
    expect(scoreAll(epochs.at(-1)!.snapshot.assignments, labels)!.adjustedRandIndex).toBeGreaterThan(0.8);
  });
});
