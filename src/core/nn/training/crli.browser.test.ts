import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWasm, startWebGpu, uncaptured, without } from '../../../tests/browserBackends';
import { defaultOptions } from '../../catalog';
import { Random } from '../../lib/random';
import type { Report, RunSpec, TrainingData } from '../../run';
import { crli } from './crli';

type Epoch = Extract<Report, { kind: 'epoch' }>;

// a software adapter takes seconds to compile each of the pipelines
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const EPOCHS = 5;

/** Two kinds of waves in `d` variables with gaps; with `unequal` some series start late or end early. */
function waves(n: number, t: number, d: number, unequal: boolean): TrainingData {
  const random = new Random(5);
  const values = new Float32Array(n * t * d);
  const mask = new Uint8Array(n * t * d);
  const starts = Int32Array.from({ length: n }, () => (unequal ? random.integer(4) : 0));
  const ends = Int32Array.from({ length: n }, () => (unequal ? t - random.integer(4) : t));
  const gaps: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const i = Math.floor(at / (t * d));
    const s = Math.floor(at / d) % t;
    if (s < starts[i] || s >= ends[i]) continue;
    mask[at] = random.uniform() < 0.7 ? 1 : 0;
    if (mask[at]) values[at] = Math.sin((s * (1 + (i % 2)) * 2 * Math.PI) / t + (at % d)) + 0.1 * random.normal();
    else gaps.push(at);
  }
  return { n, t, d, values, mask, starts, ends, gaps: Uint32Array.from(gaps) };
}

const cases: { name: string; data: TrainingData; options: RunSpec['options'] }[] = [
  { name: 'one variable', data: waves(32, 20, 1, false), options: { hiddenUnits: 8, batchSize: 16 } },
  { name: 'two layers, three variables, unequal lengths, a padded last batch', data: waves(30, 12, 3, true), options: { hiddenUnits: 5, layers: 2, batchSize: 16 } },
];

/** Trains in the current backend; also counts what it leaves behind. */
async function train({ data, options }: (typeof cases)[number]): Promise<{ epochs: Epoch[]; left: number }> {
  const spec: RunSpec = {
    version: 1,
    method: 'crli',
    clusters: 2,
    seed: 1,
    epochs: EPOCHS,
    options: { ...defaultOptions('crli'), ...options },
    preparation: { standardise: 'none' },
    hideRate: 0,
  };
  const before = memory().numTensors;
  const epochs: Epoch[] = [];
  for await (const report of crli(data, spec, { options: spec.options })) if (report.kind === 'epoch') epochs.push(report);
  return { epochs, left: memory().numTensors - before };
}

/** max |a - b| / max |b|. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let error = 0;
  let scale = 0;
  for (let i = 0; i < b.length; i++) {
    error = Math.max(error, Math.abs(a[i] - b[i]));
    scale = Math.max(scale, Math.abs(b[i]));
  }
  return error / scale;
}

describe.skipIf(!adapter)(`CRLI on WebGPU${without}`, () => {
  beforeAll(async () => {
    await startWasm();
    await startWebGpu();
  });

  it.each(cases)('trains as on WASM, and the same twice over: $name', async (one) => {
    await setBackend('wasm');
    const wasm = await train(one);
    await setBackend('webgpu');
    const webgpu = await train(one);
    const again = await train(one);

    for (const [e, { losses }] of webgpu.epochs.entries()) {
      for (const [term, value] of Object.entries(losses)) {
        const expected = wasm.epochs[e].losses[term];
        expect(Math.abs(value - expected), `${term} after epoch ${e + 1}: ${value} beside ${expected}`).toBeLessThanOrEqual(1e-3 * Math.max(1e-3, Math.abs(expected)));
      }
    }
    const last = EPOCHS - 1;
    expect(difference(webgpu.epochs[last].snapshot.latents, wasm.epochs[last].snapshot.latents)).toBeLessThan(1e-2);
    expect(difference(webgpu.epochs[last].snapshot.imputed, wasm.epochs[last].snapshot.imputed)).toBeLessThan(1e-2);
    expect(webgpu.epochs[last].snapshot.assignments).toEqual(wasm.epochs[last].snapshot.assignments);

    expect(again.epochs.map(({ losses }) => losses)).toEqual(webgpu.epochs.map(({ losses }) => losses));
    expect(again.epochs[last].snapshot.assignments).toEqual(webgpu.epochs[last].snapshot.assignments);
    expect([wasm.left, webgpu.left, again.left]).toEqual([0, 0, 0]);
    expect(uncaptured).toEqual([]);
  });
});
