/**
 * Robustness of F (DTCR, methods.md 4.7): does a misleading indicator harm the clusters, and does reconstruction mend
 * it? The presets robustnessClassifier and robustnessDecoder, 150 epochs each: after (a), 50 epochs of everything, the
 * rows of F are shuffled and F is frozen for 50 epochs of L_km with only L_cls (b) or only L_rec (e); then 50 epochs
 * with the missing term back and F made anew (c, f). Cylinder-bell-funnel, full batch, 5 seeds. No label is used but
 * for the scores. LAMBDA and SCALE=sum set another weight of the k-means loss.
 */
import { defaultOptions } from '../src/core/catalog';
import { Random } from '../src/core/lib/random';
import { scoreAll, type Scores } from '../src/core/metrics/scoreAll';
import { dtcr } from '../src/core/nn/training/dtcr';
import type { RunSpec, TrainingData } from '../src/core/run';
import { cylinderBellFunnel } from '../src/core/series/synthetic';
import { chooseBackend, initialise } from '../src/engine/backend';
import { digits, printTable, type Result } from './timing';

const [N, T, K, EPOCHS] = [45, 40, 3, 50];
const SEEDS = [1, 2, 3, 4, 5];
/** The states after the thirds of each; the first is the same in both. */
const PRESETS = { robustnessClassifier: ['a', 'b', 'c'], robustnessDecoder: [null, 'e', 'f'] } as const;
const STATES = ['a', 'b', 'c', 'e', 'f'] as const;
type State = (typeof STATES)[number];

/** Scores after each third of a run. */
async function thirds(preset: keyof typeof PRESETS, seed: number): Promise<Scores[]> {
  const set = cylinderBellFunnel(N, new Random(seed).fork(0), T);
  const data: TrainingData = { n: N, t: T, d: 1, values: Float32Array.from(set.values), mask: set.mask, starts: set.starts, ends: set.ends, gaps: new Uint32Array(0) };
  const options = { ...defaultOptions('dtcr', preset), ...(process.env.LAMBDA && { lambda: Number(process.env.LAMBDA) }), ...(process.env.SCALE && { kMeansScale: process.env.SCALE }) };
  const spec: RunSpec = { version: 1, method: 'dtcr', clusters: K, seed, epochs: 3 * EPOCHS, options, preparation: { standardise: 'none' }, hideRate: 0 };
  const scores: Scores[] = [];
  for await (const report of dtcr(data, spec, { options })) {
    if (report.kind === 'epoch' && report.epoch % EPOCHS === 0) scores.push(scoreAll(report.snapshot.assignments, set.labels!.codes)!);
  }
  return scores;
}

export async function robustness(): Promise<Result> {
  initialise({});
  await chooseBackend('wasm');
  const scores: Record<State, Scores[]> = { a: [], b: [], c: [], e: [], f: [] };
  for (const seed of SEEDS) {
    for (const preset of Object.keys(PRESETS) as (keyof typeof PRESETS)[]) {
      const found = await thirds(preset, seed);
      PRESETS[preset].forEach((state, at) => state && scores[state].push(found[at]));
    }
  }
  const mean = (state: State, key: 'adjustedRandIndex' | 'randIndex'): number => scores[state].reduce((sum, score) => sum + score[key], 0) / scores[state].length;
  const ari = Object.fromEntries(STATES.map((state) => [state, mean(state, 'adjustedRandIndex')])) as Record<State, number>;
  const deviation = (state: State): number => Math.sqrt(scores[state].reduce((sum, { adjustedRandIndex }) => sum + (adjustedRandIndex - ari[state]) ** 2, 0) / (scores[state].length - 1));
  printTable([['state', 'ARI mean', 'sd', 'RI mean'], ...STATES.map((state) => [state, digits(ari[state]), digits(deviation(state)), digits(mean(state, 'randIndex'))])]);
  return {
    bench: 'robustness',
    rows: STATES.map((state) => ({ case: `ARI, state ${state}`, ours: ari[state], peer: ari.a, peerName: 'state a', ratio: ari[state] / ari.a })),
    summary: { ...ari },
    aim: 'b loses more than e; c and f recover',
    met: ari.b < ari.e && ari.c > ari.b && ari.f >= ari.e,
  };
}
