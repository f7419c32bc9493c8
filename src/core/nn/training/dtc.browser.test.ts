import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWasm, startWebGpu, uncaptured, without } from '../../../tests/browserBackends';
import { defaultOptions } from '../../catalog';
import { drainAsync } from '../../lib/drain';
import { Random } from '../../lib/random';
import type { Losses, RunSpec, Snapshot, TrainingData } from '../../run';
import { dtc, dtcRelevance } from './dtc';

// a software adapter takes seconds to compile each of the pipelines
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const [n, t] = [12, 16];
const random = new Random(3);
const values = Float32Array.from({ length: n * t }, (_, at) => Math.sin((at % t) * (1 + (Math.floor(at / t) % 2))) + 0.1 * random.normal());
const data: TrainingData = { n, t, d: 1, values, mask: new Uint8Array(n * t).fill(1), starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps: new Uint32Array(0) };
const options = { ...defaultOptions('dtc'), batchSize: 8, pooling: 4 };
const spec: RunSpec = { version: 1, method: 'dtc', clusters: 2, seed: 1, epochs: 4, options, preparation: { standardise: 'none' }, hideRate: 0 };

async function train(backend: 'wasm' | 'webgpu', rest: (snapshot: Snapshot) => Promise<unknown> = async () => {}): Promise<{ losses: Losses; assignments: Int32Array }[]> {
  await setBackend(backend);
  const epochs = [];
  for await (const report of dtc(data, spec, { options })) {
    if (report.kind !== 'epoch') continue;
    epochs.push({ losses: report.losses, assignments: report.snapshot.assignments });
    await rest(report.snapshot);
  }
  return epochs;
}

describe.skipIf(!adapter)(`DTC on WebGPU${without}`, () => {
  beforeAll(async () => {
    await startWasm();
    await startWebGpu();
  });

  it('trains as on WASM, alone and with its clusters, without a synchronous read', async () => {
    const warned = vi.spyOn(console, 'warn');
    const [wasm, webgpu] = [await train('wasm'), await train('webgpu')];
    for (const [e, { losses }] of webgpu.entries()) {
      expect(Math.abs(losses.reconstruction - wasm[e].losses.reconstruction), `epoch ${e + 1}`).toBeLessThan(1e-4);
      expect(Math.abs(losses.clustering - wasm[e].losses.clustering), `epoch ${e + 1}`).toBeLessThan(1e-6);
    }
    expect(webgpu[3].assignments).toEqual(wasm[3].assignments);
    expect(warned.mock.calls.flat().join()).not.toContain('synchronously reading');
    expect(uncaptured).toEqual([]);
  });

  it('is not changed by heat maps between its epochs, whole or given up, and tells them as on WASM', async () => {
    const whole = await train('webgpu');
    const maps: Float32Array[] = [];
    const disturbed = await train('webgpu', async (snapshot) => {
      maps.push(await drainAsync(dtcRelevance(data, spec, snapshot)));
      for await (const share of dtcRelevance(data, spec, snapshot)) if (share > 0.5) break;
    });
    expect(disturbed).toEqual(whole);
    let epoch = 0;
    await train('wasm', async (snapshot) => {
      const map = await drainAsync(dtcRelevance(data, spec, snapshot));
      for (let at = 0; at < n * t; at++) expect(Math.abs(map[at] - maps[epoch][at]), `epoch ${epoch + 1}, cell ${at}`).toBeLessThan(1e-3);
      epoch += 1;
    });
    expect(maps).toHaveLength(4);
    expect(uncaptured).toEqual([]);
  });
});
