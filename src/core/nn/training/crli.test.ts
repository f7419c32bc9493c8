import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../catalog';
import { Random } from '../../lib/random';
import type { Report, RunSpec, TrainingData } from '../../run';
import { registerGapAwareGruCpu } from '../kernels/gapAwareGru/cpu';
import { crliModel } from '../models/crli';
import { crli } from './crli';
import { forwardShare } from './forwardShare';
import { minibatch } from './minibatch';

beforeAll(async () => {
  registerGapAwareGruCpu();
  await setBackend('cpu');
});

function twoWaves(n: number, t: number, seed: number): TrainingData {
  const random = new Random(seed);
  const values = new Float32Array(n * t);
  const mask = new Uint8Array(n * t);
  for (let i = 0; i < n; i++) {
    for (let s = 0; s < t; s++) {
      mask[i * t + s] = random.uniform() < 0.7 ? 1 : 0;
      if (mask[i * t + s]) values[i * t + s] = Math.sin((s * (1 + (i % 2)) * 2 * Math.PI) / t) + 0.1 * random.normal();
    }
  }
  const gaps = Uint32Array.from([...mask.keys()].filter((at) => mask[at] === 0));
  return { n, t, d: 1, values, mask, starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps };
}

const spec = (change: Partial<RunSpec> = {}, options: RunSpec['options'] = {}): RunSpec => ({
  version: 1, method: 'crli', clusters: 2, seed: 1, epochs: 3, preparation: { standardise: 'none' }, hideRate: 0, ...change,
  options: { ...defaultOptions('crli'), hiddenUnits: 4, batchSize: 4, ...options },
});

async function run(data: TrainingData, s: RunSpec, from?: Parameters<typeof crli>[3]): Promise<Extract<Report, { kind: 'epoch' }>[]> {
  const epochs: Extract<Report, { kind: 'epoch' }>[] = [];
  for await (const report of crli(data, s, { options: s.options }, from)) if (report.kind === 'epoch') epochs.push(report);
  return epochs;
}

describe('CRLI training', () => {
  it('repeats itself exactly from the same seed', async () => {
    const data = twoWaves(10, 8, 3);
    const [first, second] = [await run(data, spec()), await run(data, spec())];
    expect(second.map((e) => e.losses)).toEqual(first.map((e) => e.losses));
    expect(second[2].snapshot.assignments).toEqual(first[2].snapshot.assignments);
  });

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const data = twoWaves(10, 8, 3);
    const whole = await run(data, spec());
    const resumed = await run(data, spec(), structuredClone(whole[1].checkpoint));
    expect(resumed).toHaveLength(1);
    expect(resumed[0].losses).toEqual(whole[2].losses);
    expect(resumed[0].snapshot.imputed).toEqual(whole[2].snapshot.imputed);
  });

  it.each(['nearness', 'mean'])('reports for each gap, in their order, the estimate at its cell, both directions by %s', async (combination) => {
    const data = twoWaves(10, 8, 3);
    const { snapshot, checkpoint } = (await run(data, spec({ epochs: 1 }, { combination })))[0];
    const model = crliModel({ variables: 1, hiddenUnits: 4, layers: 1, linear: true });
    const all = Int32Array.from({ length: 10 }, (_, i) => i);
    const { forward, backward } = model.generate(model.generator.cut(tensor1d(checkpoint.arrays.generator)), minibatch(data, all, 10));
    const [ahead, back] = [forward.dataSync(), backward.dataSync()];
    const estimates = Array.from(forwardShare(data, all, 10), (share, cell) => (combination === 'mean' ? (ahead[cell] + back[cell]) / 2 : share * ahead[cell] + (1 - share) * back[cell]));
    expect(snapshot.imputed.length).toBe(data.gaps.length);
    data.gaps.forEach((cell, g) => expect(snapshot.imputed[g]).toBeCloseTo(estimates[cell], 5));
  });

  it('frees every tensor, also when it is stopped early', async () => {
    const before = memory().numTensors;
    const s = spec();
    const training = crli(twoWaves(10, 8, 3), s, { options: s.options });
    await training.next();
    await training.return();
    expect(memory().numTensors).toBe(before);
    await run(twoWaves(6, 5, 3), spec({ epochs: 1 }));
    expect(memory().numTensors).toBe(before);
  });

  it('without joint training fills first, then represents what it has filled, also from a checkpoint', async () => {
    const data = twoWaves(10, 8, 3);
    const whole = await run(data, spec({ epochs: 4 }, { joint: false }));
    expect(whole[3].snapshot.imputed).toEqual(whole[1].snapshot.imputed);
    expect(whole[1].snapshot.imputed).not.toEqual(whole[0].snapshot.imputed);
    expect(whole[3].losses.reconstruction).toBeLessThan(whole[1].losses.reconstruction);
    for (const at of [1, 2]) {
      const resumed = await run(data, spec({ epochs: 4 }, { joint: false }), structuredClone(whole[at].checkpoint));
      expect(resumed.map((e) => e.losses)).toEqual(whole.slice(at + 1).map((e) => e.losses));
    }
  });

  it('without joint training stays in the stage it has reached when it goes on with other epochs', async () => {
    const data = twoWaves(10, 8, 3);
    const whole = await run(data, spec({ epochs: 4 }, { joint: false }));
    const longer = await run(data, spec({ epochs: 12 }, { joint: false }), structuredClone(whole[3].checkpoint));
    expect(longer.every(({ losses, snapshot }) => losses.adversarial === 0 && snapshot.imputed.join() === whole[1].snapshot.imputed.join())).toBe(true);
    const [second] = await run(data, spec({ epochs: 2 }, { joint: false }), structuredClone((await run(data, spec({ epochs: 1 }, { joint: false })))[0].checkpoint));
    expect(second.losses.adversarial).toBe(0);
  });

  it('leaves the discriminator as it is while its weight is 0, and trains it again afterwards', async () => {
    const s = spec({ epochs: 4 });
    const live = { options: s.options };
    const discriminators: string[] = [];
    const losses: number[] = [];
    for await (const report of crli(twoWaves(10, 8, 3), s, live)) {
      if (report.kind !== 'epoch') continue;
      discriminators.push(report.checkpoint.arrays.discriminator.join());
      losses.push(report.losses.discriminator);
      live.options = { ...live.options, discriminatorWeight: report.epoch === 3 ? 1 : 0 };
    }
    expect(discriminators.slice(1).map((weights, e) => weights === discriminators[e])).toEqual([true, true, false]);
    expect(losses.map((loss) => loss > 0)).toEqual([true, false, false, true]);
  });

  it('without the linear layer represents the states themselves', async () => {
    const data = twoWaves(10, 8, 3);
    const [full, bare] = [await run(data, spec()), await run(data, spec({}, { linear: false }))];
    expect(bare[2].snapshot.latents.every((value) => Math.abs(value) < 1)).toBe(true); // states of a GRU
    expect(bare[2].snapshot.latents).not.toEqual(full[2].snapshot.latents);
  });
});
