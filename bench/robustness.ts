/**
 * Robustness of F (DTCR, methods.md 4.7): does a misleading indicator harm the clusters, and does reconstruction mend
 * it? After (a), 50 epochs of everything, the rows of F are permuted and F is frozen for 50 epochs of L_km with only
 * L_cls (b) or only L_rec (e); then 50 epochs with the missing term back and F made anew as usual: (c) and (f).
 * Cylinder-bell-funnel, full batch, 5 seeds; ARI of k-means on H. No label is used but for the scores.
 */
import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import { defaultOptions } from '../src/core/catalog';
import { kMeans } from '../src/core/clustering/kMeans';
import { matrix } from '../src/core/lib/matrix';
import { Random } from '../src/core/lib/random';
import { scoreAll } from '../src/core/metrics/scoreAll';
import { dtcrModel } from '../src/core/nn/models/dtcr';
import { Adam } from '../src/core/nn/training/adam';
import { dilations, seriesBatch, step } from '../src/core/nn/training/dtcr';
import { fakeSeries } from '../src/core/nn/training/fakeSeries';
import { updateF, type Indicator } from '../src/core/nn/training/indicator';
import type { TrainingData } from '../src/core/run';
import { cylinderBellFunnel } from '../src/core/series/synthetic';
import { chooseBackend, initialise } from '../src/engine/backend';
import { digits, printTable, type Result } from './timing';

const [N, T, K, EPOCHS, INTERVAL] = [45, 40, 3, 50, 10];
const SEEDS = [1, 2, 3, 4, 5];
/** Ten times the default, so that a misleading F has weight. */
const LAMBDA = Number(process.env.LAMBDA ?? 10);
const NORMALISED = process.env.SCALE !== 'sum';
const STATES = ['a', 'b', 'c', 'e', 'f'] as const;
type State = (typeof STATES)[number];

const model = dtcrModel({ variables: 1, units: [50, 30, 30], dilations: dilations(T) });
const all = Int32Array.from({ length: N }, (_, i) => i);

function encode(adam: Adam, data: TrainingData): Float32Array {
  return tidy(() => Float32Array.from(model.encode(adam.parameters, seriesBatch(data, data.values, all)).dataSync()));
}

/** F with its rows in another order: the centres are those of the wrong rows. */
function permuted(indicator: Indicator, latents: Float32Array, random: Random): Indicator {
  const order = all.slice();
  random.shuffle(order);
  const f = Float32Array.from({ length: N * K }, (_, at) => indicator.f[order[Math.floor(at / K)] * K + (at % K)]);
  const M = model.latentWidth;
  const centres = new Float32Array(M * K);
  for (let i = 0; i < N; i++) for (let m = 0; m < M; m++) for (let k = 0; k < K; k++) centres[m * K + k] += latents[i * M + m] * f[i * K + k];
  return { f, centres };
}

interface Phase {
  weights: { reconstructionWeight: number; classificationWeight: number };
  /** Frozen for the phase; null: made anew every ten epochs. */
  frozen: Indicator | null;
}

/** Trains 50 epochs from `start` and returns the optimiser; the caller disposes it. */
async function phase(start: Adam, data: TrainingData, { weights, frozen }: Phase, random: Random): Promise<Adam> {
  const { parameters, m, v } = await start.read();
  const adam = new Adam(parameters, m, v, start.updates);
  const kernels = tensor1d(model.parameters.kernels());
  const options: Record<string, unknown> = { ...defaultOptions('dtcr'), lambda: LAMBDA, learningRate: 0.002, ...weights };
  let indicator = frozen ?? updateF(encode(adam, data), N, model.latentWidth, K);
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const fakes = fakeSeries(data.values, N, T, 1, data.starts, data.ends, 0.2, random.fork(epoch));
    step(model, adam, kernels, data, data.values, fakes, all, indicator, NORMALISED, (key) => Number(options[key])).dispose();
    if (frozen === null && epoch % INTERVAL === 0) indicator = updateF(encode(adam, data), N, model.latentWidth, K);
  }
  kernels.dispose();
  return adam;
}

export async function robustness(): Promise<Result> {
  initialise({});
  await chooseBackend('wasm');
  const scores: Record<State, { ari: number; ri: number }[]> = { a: [], b: [], c: [], e: [], f: [] };
  for (const seed of SEEDS) {
    const random = new Random(seed);
    const set = cylinderBellFunnel(N, random.fork(0), T);
    const data: TrainingData = { n: N, t: T, d: 1, values: Float32Array.from(set.values), mask: set.mask, starts: set.starts, ends: set.ends, gaps: new Uint32Array(0) };
    const note = (state: State, adam: Adam): void => {
      const { assignments } = kMeans(matrix(N, model.latentWidth, encode(adam, data)), K, new Random(seed));
      const found = scoreAll(assignments, set.labels!.codes)!;
      scores[state].push({ ari: found.adjustedRandIndex, ri: found.randIndex });
    };
    const full = { reconstructionWeight: 1, classificationWeight: 1 };
    const begun = new Adam(model.parameters.initialise(random.fork(1)));
    const a = await phase(begun, data, { weights: full, frozen: null }, random.fork(2));
    note('a', a);
    const latents = encode(a, data);
    const misleading = permuted(updateF(latents, N, model.latentWidth, K), latents, random.fork(3));
    for (const [shuffled, mended, weights] of [['b', 'c', { ...full, reconstructionWeight: 0 }], ['e', 'f', { ...full, classificationWeight: 0 }]] as const) {
      const bad = await phase(a, data, { weights, frozen: misleading }, random.fork(4));
      note(shuffled, bad);
      const good = await phase(bad, data, { weights: full, frozen: null }, random.fork(5));
      note(mended, good);
      bad.dispose();
      good.dispose();
    }
    a.dispose();
    begun.dispose();
  }
  const mean = (state: State, key: 'ari' | 'ri'): number => scores[state].reduce((sum, score) => sum + score[key], 0) / SEEDS.length;
  const deviation = (state: State): number => Math.sqrt(scores[state].reduce((sum, { ari }) => sum + (ari - mean(state, 'ari')) ** 2, 0) / (SEEDS.length - 1));
  printTable([['state', 'ARI mean', 'sd', 'RI mean'], ...STATES.map((state) => [state, digits(mean(state, 'ari')), digits(deviation(state)), digits(mean(state, 'ri'))])]);
  const ari = Object.fromEntries(STATES.map((state) => [state, mean(state, 'ari')]));
  return {
    bench: 'robustness',
    rows: STATES.map((state) => ({ case: `ARI, state ${state}`, ours: ari[state], peer: ari.a, peerName: 'state a', ratio: ari[state] / ari.a })),
    summary: { ...ari, lambda: LAMBDA },
    aim: 'b loses more than e; c and f recover',
    met: ari.b < ari.e && ari.c > ari.b && ari.f >= ari.e,
  };
}
