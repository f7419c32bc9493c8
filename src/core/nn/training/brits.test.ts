import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { columnMean } from '../../imputation/columnMean';
import { linear } from '../../imputation/linear';
import { Random } from '../../lib/random';
import type { TrainingData } from '../../run';
import { registerImputingLstmWasm } from '../kernels/imputingLstm/wasm';
import { brits } from './brits';

beforeAll(async () => {
  registerImputingLstmWasm();
  await setBackend('wasm');
  await ready();
});

async function imputedBy(data: TrainingData): Promise<Float32Array> {
  const filling = brits(data, { seed: 1 }, { units: 24, epochs: 125 });
  for (;;) {
    const next = await filling.next();
    if (next.done) return next.value;
  }
}

it('fills gaps closer than straight lines and column means, repeats itself, and frees every tensor', async () => {
  const random = new Random(4);
  const [n, t] = [40, 20];
  const phases = Float64Array.from({ length: n }, () => 6 * random.uniform());
  const truth = Float32Array.from({ length: n * t }, (_, at) => Math.sin(1.2 * (at % t) + phases[Math.floor(at / t)]));
  const mask = Uint8Array.from({ length: n * t }, () => Number(random.uniform() > 0.4));
  const gaps = Uint32Array.from([...mask.keys()].filter((cell) => mask[cell] === 0));
  const data: TrainingData = { n, t, d: 1, values: truth.map((value, cell) => value * mask[cell]), mask, starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps };
  const before = memory().numTensors;
  const imputed = await imputedBy(data);
  expect(await imputedBy(data)).toEqual(imputed);
  expect(memory().numTensors).toBe(before);
  const error = (value: (cell: number, g: number) => number): number => Math.sqrt(gaps.reduce((sum, cell, g) => sum + (truth[cell] - value(cell, g)) ** 2, 0) / gaps.length);
  const lines = linear(data);
  const means = columnMean(data);
  expect(error((_, g) => imputed[g])).toBeLessThan(0.8 * Math.min(error((cell) => lines[cell]), error((cell) => means[cell])));
}, 60_000);
