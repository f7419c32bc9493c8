/**
 * `npm run bench -- epoch-growth`: processor seconds of one epoch of CRLI with everything around it (encoding, F-update,
 * k-means) over the number of series and of steps, on tfjs's wasm backend, one thread. The exponents are slopes of
 * least squares in log–log. EPOCH_GROWTH_MOST limits N for a quick look.
 */
import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { defaultOptions } from '../src/core/catalog';
import { Random } from '../src/core/lib/random';
import { registerGapAwareGruWasm } from '../src/core/nn/kernels/gapAwareGru/wasm';
import { crli } from '../src/core/nn/training/crli';
import type { RunSpec, TrainingData } from '../src/core/run';
import { digits, printTable, type Result } from './timing';

const AIM = 1.05;
const MOST = Number(process.env.EPOCH_GROWTH_MOST ?? 100_000);
const UNITS = 8;

function waves(n: number, t: number): TrainingData {
  const random = new Random(1);
  const mask = new Uint8Array(n * t);
  const values = new Float32Array(n * t);
  const gaps: number[] = [];
  for (let at = 0; at < n * t; at++) {
    if (random.uniform() < 0.2) gaps.push(at);
    else {
      mask[at] = 1;
      values[at] = Math.sin((at % t) * (0.1 + 0.05 * (Math.floor(at / t) % 3))) + 0.2 * random.normal();
    }
  }
  return { n, t, d: 1, values, mask, starts: new Int32Array(n), ends: new Int32Array(n).fill(t), gaps: Uint32Array.from(gaps) };
}

interface Epoch {
  seconds: number;
  /** Most tensors alive between two batches, over those before the run. */
  tensors: number;
  /** Most bytes that those tensors held. */
  bytes: number;
}

async function epoch(n: number, t: number): Promise<Epoch> {
  const data = waves(n, t);
  const spec: RunSpec = { version: 1, method: 'crli', clusters: 3, seed: 1, epochs: 1, options: { ...defaultOptions('crli'), hiddenUnits: UNITS }, preparation: { standardise: 'none' }, hideRate: 0 };
  const before = memory();
  let [tensors, bytes] = [0, 0];
  const started = process.cpuUsage();
  for await (const { kind } of crli(data, spec, { options: spec.options })) {
    if (kind !== 'batch') continue;
    tensors = Math.max(tensors, memory().numTensors - before.numTensors);
    bytes = Math.max(bytes, memory().numBytes - before.numBytes);
  }
  const { user, system } = process.cpuUsage(started);
  return { seconds: (user + system) / 1e6, tensors, bytes };
}

function slope(sizes: readonly number[], seconds: readonly number[]): number {
  const [x, y] = [sizes.map(Math.log), seconds.map(Math.log)];
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0) / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}

export async function epochGrowth(): Promise<Result> {
  registerGapAwareGruWasm();
  await setBackend('wasm');
  await ready();
  await epoch(100, 32);
  const rows: Result['rows'] = [];
  const table = [['case', 'processor s an epoch', 'µs a cell', 'tensors alive', 'MB in them']];
  const along = async (cases: readonly (readonly [number, number])[]): Promise<Epoch[]> => {
    const epochs: Epoch[] = [];
    for (const [n, t] of cases) {
      const found = await epoch(n, t);
      epochs.push(found);
      const perCell = (1e6 * found.seconds) / (n * t);
      table.push([`N ${n}, T ${t}`, digits(found.seconds), digits(perCell), String(found.tensors), digits(found.bytes / 1e6)]);
      rows.push({ case: `N ${n}, T ${t} (processor s)`, ours: found.seconds, peer: epochs[0].seconds, peerName: `N ${cases[0][0]}, T ${cases[0][1]}`, ratio: found.seconds / epochs[0].seconds });
    }
    return epochs;
  };
  const counts = [100, 1000, 10_000, 100_000].filter((n) => n <= MOST);
  const lengths = [32, 128, 512, 2048];
  const inN = await along(counts.map((n) => [n, 128] as const));
  const inT = await along(lengths.map((t) => [256, t] as const));
  printTable(table);
  const [growthN, growthT] = [slope(counts, inN.map(({ seconds }) => seconds)), slope(lengths, inT.map(({ seconds }) => seconds))];
  const flat = new Set(inN.map(({ tensors }) => tensors)).size === 1 && new Set(inN.map(({ bytes }) => bytes)).size === 1;
  return {
    bench: 'epoch-growth',
    rows,
    summary: { exponentInN: growthN, exponentInT: growthT, tensorMemoryIndependentOfN: flat, units: UNITS },
    aim: `growth exponents at most ${AIM} in N and T; tensors of the training loop independent of N`,
    met: growthN <= AIM && growthT <= AIM && flat,
  };
}
