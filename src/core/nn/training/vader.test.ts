import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../catalog';
import { kMeans } from '../../clustering/kMeans';
import { matrix } from '../../lib/matrix';
import { Random } from '../../lib/random';
import { scoreAll } from '../../metrics/scoreAll';
import type { Checkpoint, Report, RunSpec, TrainingData } from '../../run';
import { registerGapAwareGruWasm } from '../kernels/gapAwareGru/wasm';
import { vaderModel } from '../models/vader';
import { minibatch } from './minibatch';
import { vader } from './vader';

beforeAll(async () => {
  registerGapAwareGruWasm();
  await setBackend('wasm');
  await ready();
});

/** Waves of two frequencies, a share of the cells missing; the truth [N T] beside them. */
function waves(n: number, t: number, missing = 0.4): { data: TrainingData; truth: Float32Array; labels: Int32Array } {
  const random = new Random(3);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
  const truth = Float32Array.from({ length: n * t }, (_, at) => Math.sin(((at % t) * (1 + labels[Math.floor(at / t)]) * 2 * Math.PI) / t) + 0.1 * random.normal());
  const mask = Uint8Array.from({ length: n * t }, () => Number(random.uniform() > missing));
  const gaps = Uint32Array.from([...mask.keys()].filter((cell) => mask[cell] === 0));
  return { truth, labels, data: { n, t, d: 1, values: truth.map((value, cell) => value * mask[cell]), mask, starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps } };
}

const specOf = (options: RunSpec['options'], epochs: number): RunSpec => ({
  version: 1, method: 'vader', clusters: 2, seed: 1, epochs, options: { ...defaultOptions('vader'), hiddenUnits: 12, latentUnits: 2, batchSize: 8, ...options }, preparation: { standardise: 'none' }, hideRate: 0,
});

async function run(data: TrainingData, spec: RunSpec, from?: Checkpoint): Promise<Extract<Report, { kind: 'epoch' }>[]> {
  const epochs: Extract<Report, { kind: 'epoch' }>[] = [];
  for await (const report of vader(data, spec, { options: spec.options }, from)) if (report.kind === 'epoch') epochs.push(report);
  return epochs;
}

const distance = (a: Float32Array, b: Float32Array): number => Math.max(...a.map((value, at) => Math.abs(value - b[at])));

describe('training of VaDER', () => {
  it('trains the autoencoder alone first, then with the mixture', async () => {
    const epochs = await run(waves(16, 12).data, specOf({ pretrainingSteps: 4 }, 5));
    expect(epochs.map(({ losses }) => losses.latent !== 0)).toEqual([false, false, true, true, true]);
    expect(epochs[4].snapshot.confidence.every((share) => share >= 0.5 && share <= 1)).toBe(true);
  });

  it('repeats itself from its seed, goes on from checkpoints of both phases, and frees every tensor', async () => {
    const before = memory().numTensors;
    const { data } = waves(16, 12);
    const spec = specOf({ pretrainingSteps: 4 }, 5);
    const [whole, again] = [await run(data, spec), await run(data, spec)];
    expect(again.map((e) => e.losses)).toEqual(whole.map((e) => e.losses));
    for (const at of [0, 1, 3]) {
      const resumed = await run(data, spec, structuredClone(whole[at].checkpoint));
      expect(resumed.map((e) => e.losses)).toEqual(whole.slice(at + 1).map((e) => e.losses));
      expect(resumed.at(-1)!.snapshot.assignments).toEqual(whole[4].snapshot.assignments);
    }
    expect(memory().numTensors).toBe(before);
  });

  it('fits the mixture once when it goes on with another length of pretraining, and never goes back to it', async () => {
    const { data } = waves(16, 12);
    const whole = await run(data, specOf({ pretrainingSteps: 8, learningRate: 1e-6 }, 8)); // 4 epochs of pretraining
    const priorOf = ({ checkpoint }: { checkpoint: Checkpoint }): Float32Array => checkpoint.arrays.network.slice(-2 - 2 * 2 * 2);
    const shorter = await run(data, specOf({ pretrainingSteps: 2, learningRate: 1e-6 }, 8), structuredClone(whole[2].checkpoint));
    expect(shorter.every(({ losses }) => losses.latent !== 0)).toBe(true);
    expect(distance(priorOf(shorter[0]), priorOf(whole[2]))).toBeGreaterThan(0.1); // steps of 1e-6 would leave the random start where it was
    const longer = await run(data, specOf({ pretrainingSteps: 16, learningRate: 1e-6 }, 20), structuredClone(whole[5].checkpoint));
    expect(longer.every(({ losses }) => losses.latent !== 0)).toBe(true);
    const steps = [whole[5], ...longer].map(priorOf);
    for (let e = 1; e < steps.length; e++) expect(distance(steps[e], steps[e - 1])).toBeLessThan(1e-4);
  });

  it('starts the mixture from one that is fitted to the latents of the pretraining', async () => {
    const { data } = waves(40, 12, 0.1);
    const [K, M] = [2, 2];
    const [, before, after] = await run(data, specOf({ pretrainingSteps: 10, learningRate: 1e-6, decay: 'none' }, 4)).then((epochs) => [null, epochs[1], epochs[2]] as const);
    const network = after.checkpoint.arrays.network.slice(-K - 2 * K * M);
    const [logits, means, spreads] = [network.slice(0, K), network.slice(K, K + K * M), network.slice(K + K * M)];
    const variances = spreads.map((s) => Math.log1p(Math.exp(s)));
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    expect(total).toBeCloseTo(1, 3);
    // expectation–maximisation has come to rest there: each mean is that of the latents by their shares
    const z = before.snapshot.latents;
    const shares = Array.from({ length: 40 }, (_, i) => {
      const logs = Array.from({ length: K }, (_, c) => logits[c] - [0, 1].reduce((sum, j) => sum + (Math.log(variances[c * M + j]) + (z[i * M + j] - means[c * M + j]) ** 2 / variances[c * M + j]) / 2, 0));
      const most = Math.max(...logs);
      const weights = logs.map((log) => Math.exp(log - most));
      return weights.map((weight) => weight / weights.reduce((a, b) => a + b));
    });
    const spread = Math.max(...z) - Math.min(...z);
    for (let c = 0; c < K; c++) {
      const mass = shares.reduce((sum, share) => sum + share[c], 0);
      expect(Math.exp(logits[c]) / total).toBeCloseTo(mass / 40, 1);
      for (let j = 0; j < M; j++) expect(Math.abs(shares.reduce((sum, share, i) => sum + share[c] * z[i * M + j], 0) / mass - means[c * M + j]) / spread).toBeLessThan(0.02);
    }
    // the label is the component of the greatest posterior
    expect([...after.snapshot.assignments]).toEqual(shares.map(([first, second]) => Number(second > first)));
  });

  it('reports for each gap, in their order, the value of the decoder at its cell', async () => {
    const { data } = waves(20, 12);
    const { snapshot, checkpoint } = (await run(data, specOf({}, 1)))[0];
    const model = vaderModel({ steps: 12, variables: 1, hiddenUnits: 12, latentWidth: 2, clusters: 2, fillings: new Float64Array(12) });
    const decoded = tidy(() => {
      const { valid } = minibatch(data, Int32Array.from({ length: 20 }, (_, i) => i), 20);
      return model.decode(model.parameters.cut(tensor1d(checkpoint.arrays.network)), tensor2d(snapshot.latents, [20, 2]), valid).dataSync();
    });
    expect(snapshot.imputed.length).toBe(data.gaps.length);
    data.gaps.forEach((cell, g) => expect(snapshot.imputed[g]).toBeCloseTo(decoded[cell], 5));
  });

  it('stays finite when all series are the same', async () => {
    const one = waves(1, 12, 0).data;
    const same: TrainingData = { ...one, n: 16, values: Float32Array.from({ length: 16 * 12 }, (_, at) => one.values[at % 12]), mask: new Uint8Array(16 * 12).fill(1), starts: new Int32Array(16), ends: new Int32Array(16).fill(12) };
    const { losses, snapshot } = (await run(same, specOf({ pretrainingSteps: 4 }, 6))).at(-1)!;
    expect([losses.reconstruction, losses.latent, ...snapshot.latents, ...snapshot.confidence].every(Number.isFinite)).toBe(true);
  });

  it('finds groups that k-means on zeros misses, and fills gaps better than zeros', async () => {
    const { data, truth, labels } = waves(60, 24, 0.8);
    const last = (await run(data, specOf({}, 60))).at(-1)!;
    const ari = (assignments: Int32Array): number => scoreAll(assignments, labels)!.adjustedRandIndex;
    const zeros = ari(kMeans(matrix(60, 24, data.values), 2, new Random(1)).assignments);
    expect(ari(last.snapshot.assignments)).toBeGreaterThan(zeros + 0.1);
    const error = (value: (gap: number) => number): number => Math.sqrt(data.gaps.reduce((sum, cell, g) => sum + (truth[cell] - value(g)) ** 2, 0) / data.gaps.length);
    expect(error((g) => last.snapshot.imputed[g])).toBeLessThan(0.8 * error(() => 0));
  });
});
