import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../catalog';
import { drainAsync } from '../../lib/drain';
import { Random } from '../../lib/random';
import type { RunSpec, Snapshot, TrainingData } from '../../run';
import { registerLstmWasm } from '../kernels/lstm/wasm';
import { registerPooledConvolutionWasm } from '../kernels/pooledConvolution/wasm';
import { dtc, dtcRelevance } from './dtc';

const [N, T] = [32, 64];
const WINDOW = [24, 34];

beforeAll(async () => {
  registerLstmWasm();
  registerPooledConvolutionWasm();
  await setBackend('wasm');
  await ready();
});

/** Noise, and in the window a bump: upwards for even series, downwards for odd ones. */
function planted(seed: number): TrainingData {
  const random = new Random(seed);
  const values = Float32Array.from({ length: N * T }, (_, at) => {
    const [i, t] = [Math.floor(at / T), at % T];
    const bump = t >= WINDOW[0] && t < WINDOW[1] ? 3 * Math.sin((Math.PI * (t - WINDOW[0] + 0.5)) / (WINDOW[1] - WINDOW[0])) : 0;
    return (i % 2 === 0 ? bump : -bump) + 0.2 * random.normal();
  });
  return { n: N, t: T, d: 1, values, mask: new Uint8Array(N * T).fill(1), starts: new Int32Array(N), ends: new Int32Array(N).fill(T), gaps: new Uint32Array(0) };
}

const options = { ...defaultOptions('dtc'), pretrainingSteps: 60, batchSize: 32, pooling: 4 };
const specOf = (seed: number): RunSpec => ({ version: 1, method: 'dtc', clusters: 2, seed, epochs: 70, options, preparation: { standardise: 'none' }, hideRate: 0 });

async function relevanceOf(data: TrainingData, seed: number): Promise<Float32Array> {
  let last: Snapshot | undefined;
  for await (const report of dtc(data, specOf(seed), { options })) if (report.kind === 'epoch') last = report.snapshot;
  return drainAsync(dtcRelevance(data, specOf(seed), last!));
}

describe('the heat map of DTC', () => {
  it('lies on the planted window: at least twice its share of the time axis, over 5 seeds', async () => {
    const before = memory().numTensors;
    let mass = 0;
    for (const seed of [1, 2, 3, 4, 5]) {
      const heat = await relevanceOf(planted(seed), seed);
      expect(heat.length).toBe(N * T);
      for (let i = 0; i < N; i++) {
        const row = heat.subarray(i * T, (i + 1) * T);
        expect(Math.min(...row)).toBe(0);
        expect(Math.max(...row)).toBe(1);
        mass += row.subarray(...WINDOW).reduce((sum, value) => sum + value, 0) / row.reduce((sum, value) => sum + value, 0) / (5 * N);
      }
    }
    expect(mass / ((WINDOW[1] - WINDOW[0]) / T)).toBeGreaterThan(2);
    expect(memory().numTensors).toBe(before);
  });

  it('tells how far it is, and holds no tensor once it is given up', async () => {
    const before = memory().numTensors;
    const data = planted(1);
    const of = { latents: Float32Array.from({ length: N * (T / 4) }, (_, at) => Math.sin(at)), assignments: Int32Array.from({ length: N }, (_, i) => i % 2) };
    const shares: number[] = [];
    for await (const share of dtcRelevance(data, specOf(1), of)) shares.push(share);
    expect(shares.every((share, at) => share > (shares[at - 1] ?? 0))).toBe(true);
    expect(shares.at(-1)).toBe(1);
    for await (const share of dtcRelevance(data, specOf(1), of)) if (share > 0.5) break;
    expect(memory().numTensors).toBe(before);
  });
});
