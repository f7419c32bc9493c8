/**
 * Acceptance check 7 of methods.md section 9: each model, over five seeds of three sets with planted structure, beats
 * k-means on the series themselves. The scores are printed; so are those without the k-means or clustering loss.
 */
import '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../cli/relaxedSimd';
import { defaultOptions } from '../../catalog';
import { kMeans } from '../../clustering/kMeans';
import { matrix } from '../../lib/matrix';
import { Random } from '../../lib/random';
import { scoreAll } from '../../metrics/scoreAll';
import type { Method, RunSpec } from '../../run';
import { prepare } from '../../series/prepare';
import { cylinderBellFunnel } from '../../series/synthetic';
import { registerGapAwareGruWasm } from '../kernels/gapAwareGru/wasm';
import { registerLstmWasm } from '../kernels/lstm/wasm';
import { registerPooledConvolutionWasm } from '../kernels/pooledConvolution/wasm';
import { crli } from './crli';
import { dtc } from './dtc';
import { dtcr } from './dtcr';

const [N, T] = [30, 24];
const SEEDS = [1, 2, 3, 4, 5];
/** In the mean over the three sets, and on each set but cylinder-bell-funnel, which k-means does well on. */
const [MARGIN, EACH] = [0.2, 0.1];

beforeAll(async () => {
  allowRelaxedSimd();
  registerGapAwareGruWasm();
  registerLstmWasm();
  registerPooledConvolutionWasm();
  await setBackend('wasm');
  await ready();
});

interface Planted {
  values: Float32Array;
  labels: Int32Array;
  clusters: number;
}

/** Two kinds of series, drawn one after the other. */
function twoKinds(seed: number, draw: (kind: number, random: Random) => (t: number) => number): Planted {
  const random = new Random(seed);
  const values = new Float32Array(N * T);
  for (let i = 0; i < N; i++) {
    const curve = draw(i % 2, random);
    for (let t = 0; t < T; t++) values[i * T + t] = curve(t) + 0.3 * random.normal();
  }
  return { values, labels: Int32Array.from({ length: N }, (_, i) => i % 2), clusters: 2 };
}

const bump = (at: number): number => 2.5 * Math.exp(-((at / 0.08) ** 2) / 2);

const sets = {
  bells(seed: number): Planted {
    const set = cylinderBellFunnel(N, new Random(seed), T);
    return { values: prepare(set, 'perVariable').values, labels: set.labels!.codes, clusters: 3 };
  },
  /** Two and six periods, from any phase. */
  frequencies: (seed: number): Planted =>
    twoKinds(seed, (kind, random) => {
      const phase = 2 * Math.PI * random.uniform();
      return (t) => Math.SQRT2 * Math.sin((2 * Math.PI * (2 + 4 * kind) * t) / T + phase);
    }),
  /** Up and down, or down and up, anywhere in time and warped. */
  warps: (seed: number): Planted =>
    twoKinds(seed, (kind, random) => {
      const shift = 0.4 * (random.uniform() - 0.5);
      const power = Math.exp(0.6 * (random.uniform() - 0.5));
      return (t) => {
        const at = ((t + 0.5) / T) ** power - 0.5 - shift;
        return (1 - 2 * kind) * (bump(at) - bump(at - 0.2));
      };
    }),
};
type Name = keyof typeof sets;

interface Learner {
  method: RunSpec['method'];
  run: Method;
  epochs: number;
  options: (set: Name) => RunSpec['options'];
  /** Switches the clustering loss off. */
  ablation: RunSpec['options'];
}

const learners: Learner[] = [
  { method: 'dtc', run: dtc, epochs: 80, options: (set) => ({ batchSize: 10, pretrainingSteps: 120, similarity: set === 'frequencies' ? 'acf' : 'eucl' }), ablation: { gamma: 0 } },
  { method: 'dtcr', run: dtcr, epochs: 20, options: () => ({ batchSize: 10, lambda: 10 }), ablation: { lambda: 0 } },
  { method: 'crli', run: crli, epochs: 60, options: () => ({ batchSize: 10, hiddenUnits: 24 }), ablation: { lambda: 0 } },
];

async function ariOf({ method, run, epochs, options }: Learner, name: Name, seed: number, more: RunSpec['options'] = {}): Promise<number> {
  const { values, labels, clusters } = sets[name](seed);
  const all = { ...defaultOptions(method), ...options(name), ...more };
  const spec: RunSpec = { version: 1, method, clusters, seed, epochs, options: all, preparation: { standardise: 'none' }, hideRate: 0 };
  const data = { n: N, t: T, d: 1, values, mask: new Uint8Array(N * T).fill(1), starts: new Int32Array(N), ends: new Int32Array(N).fill(T), gaps: new Uint32Array(0) };
  let assignments = new Int32Array(0) as Int32Array;
  for await (const report of run(data, spec, { options: all })) if (report.kind === 'epoch') ({ assignments } = report.snapshot);
  return scoreAll(assignments, labels)!.adjustedRandIndex;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const text = (values: readonly number[]): string => `${mean(values).toFixed(2)} (${Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))).toFixed(2)})`;

describe('learning (acceptance check 7)', () => {
  it.each(learners)('$method beats k-means on the series by 0.2 ARI in the mean over three sets', { timeout: 300_000 }, async (learner) => {
    const margins = {} as Record<Name, number>;
    for (const name of Object.keys(sets) as Name[]) {
      const scores: number[] = [];
      const floors: number[] = [];
      const without: number[] = [];
      for (const seed of SEEDS) {
        const { values, labels, clusters } = sets[name](seed);
        floors.push(scoreAll(kMeans(matrix(N, T, values), clusters, new Random(seed)).assignments, labels)!.adjustedRandIndex);
        scores.push(await ariOf(learner, name, seed));
        if (name === 'warps') without.push(await ariOf(learner, name, seed, learner.ablation));
      }
      margins[name] = mean(scores) - mean(floors);
      console.info(`${learner.method} on ${name}: ARI ${text(scores)}, k-means on the series ${text(floors)}${without.length > 0 ? `, without the clustering loss ${text(without)}` : ''}`);
    }
    expect(mean(Object.values(margins))).toBeGreaterThan(MARGIN);
    expect(margins.frequencies).toBeGreaterThan(EACH);
    expect(margins.warps).toBeGreaterThan(EACH);
  });
});
