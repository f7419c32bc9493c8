import { check } from '../../lib/assert';
import type { Matrix } from '../../lib/matrix';
import { Random } from '../../lib/random';
import { centred, pca } from '../pca';
import { nearKernel } from './near/kernel';
import type { TsneKernel } from './kernel';
import { wasmKernel } from './wasm';

/**
 * More series would need over 100 MB for all of P: of the affinities only those of near neighbours stay. Below, maps
 * of all of P diverge up to 1 % less; a step takes half the time at 1,000 series, as long at 3,500, a fifth more here.
 */
export const EXACT_LIMIT = 5000;
/** More would need gigabytes for the neighbours. */
export const TSNE_LIMIT = 200_000;

/** Steps with exaggerated P after a cold start, and its factor. */
const EARLY_STEPS = 250;
const EARLY_EXAGGERATION = 12;
/** A map is finished after so many steps in all, and so many since the points last changed. */
const COLD_STEPS = 1000;
const WARM_STEPS = 500;
/** A shorter gradient moves nothing that can be seen. */
const LEAST_GRADIENT = 1e-7;
/** Standard deviation of the first axis of a cold start, and of the noise that parts equal points. */
const START_SIZE = 1e-4;
const NOISE_SIZE = 1e-6;
/** What is told of affinities that are nearly made. */
const MOST_READY = 0.999;

export interface TsneOptions {
  seed: number;
  /** Effective number of neighbours. Default 30; at most (N − 1) / 3. */
  perplexity?: number | null;
  /** A map [N, 2] to go on from, without early exaggeration. Default: a small PCA map. */
  start?: ArrayLike<number>;
  /** The PCA map [N, 2] of the points, where it is known already. */
  scores?: Float64Array;
  /** The twin that computes. Default: all of P up to {@link EXACT_LIMIT} series, else that of near neighbours. */
  kernel?: (n: number) => TsneKernel;
}

export interface Tsne {
  /** N. */
  readonly n: number;
  /** As used, after the limit. */
  readonly perplexity: number;
  /** Steps taken since the cold start. */
  readonly iteration: number;
  /** No further step would change much: enough steps, or no gradient left. */
  readonly done: boolean;
  /** The map [N, 2]. */
  map(): Float64Array;
  /** Share of the affinities that are made; 1 when all are. */
  readonly ready: number;
  /** Makes affinities for a few milliseconds. */
  prepare(): void;
  /**
   * Takes at most `steps` steps, when the affinities are made, which it sees to first; fewer when it is done. Returning
   * between calls is how it is paused or cancelled.
   */
  step(steps: number): void;
  /** Other points of the same N series: the map stays and is refined for them. */
  update(points: Matrix): void;
  /** KL(P ‖ Q) of the map; the affinities are made first where they are not. */
  klDivergence(): number;
}

/**
 * t-SNE in two dimensions, exact up to {@link EXACT_LIMIT} series: a map y of points x that makes KL(P ‖ Q) small, where P are Gaussian affinities of
 * the points at a given perplexity and Q are those of the map, q_ij ∝ 1 / (1 + ‖y_i − y_j‖²).
 *
 * @param points x [N, M], at most {@link TSNE_LIMIT} rows; their scale does not matter
 * @throws InputError when there are too many points or a coordinate is not finite
 *
 * Differs: gradient descent as in scikit-learn (learning rate max(N / 48, 50); exaggeration 12 and
 * momentum 0.5 for 250 steps, then momentum 0.8 from rest); β by Newton's method.
 * Source: van der Maaten and Hinton (2008), Visualizing data using t-SNE.
 */
export function createTsne(points: Matrix, { seed, perplexity: wanted, start, scores, kernel }: TsneOptions): Tsne {
  const n = points.rows;
  check(n <= TSNE_LIMIT, `t-SNE takes at most ${TSNE_LIMIT} series, and there are ${n}: choose PCA, or draw a sample`);
  check(n >= 1, 't-SNE needs at least one series');
  const perplexity = Math.max(1, Math.min(wanted ?? 30, (n - 1) / 3));
  const create = kernel ?? (n <= EXACT_LIMIT ? (size: number) => wasmKernel(size) : (size: number) => nearKernel(size));
  const machine = create(n);
  const learningRate = Math.max(n / EARLY_EXAGGERATION / 4, 50);
  let iteration = 0;
  let sinceUpdate = 0;
  let settled = false;
  let early = EARLY_STEPS;

  let making: Generator<number, void, void> | null = null;
  let ready = 1;

  const take = (next: Matrix): void => {
    if (next.rows !== n) throw new Error(`a map of ${n} series cannot take ${next.rows}`);
    const unit = unitSize(centred(next));
    making = n > 1 ? machine.setPoints(unit, next.columns, perplexity) : null;
    ready = making ? 0 : 1;
    settled = n === 1;
    sinceUpdate = 0;
  };
  const prepare = (): void => {
    const { done, value } = making?.next() ?? { done: true, value: 1 };
    if (done) making = null;
    ready = done ? 1 : Math.min(value as number, MOST_READY);
  };
  const finish = (): void => {
    while (ready < 1) prepare();
  };
  take(points);
  if (start) early = 0;
  machine.setMap(start ?? startMap(scores ?? pca(points).map, new Random(seed)));

  return {
    n,
    perplexity,
    get iteration() {
      return iteration;
    },
    get done() {
      return settled || (iteration >= (start ? WARM_STEPS : COLD_STEPS) && sinceUpdate >= WARM_STEPS);
    },
    get ready() {
      return ready;
    },
    prepare,
    map: () => machine.map(),
    step(steps) {
      finish();
      for (let left = steps; left > 0 && !this.done; ) {
        const isEarly = iteration < early;
        const count = Math.min(left, isEarly ? early - iteration : left);
        const gradient = machine.iterate(count, isEarly ? { exaggeration: EARLY_EXAGGERATION, momentum: 0.5, learningRate } : { exaggeration: 1, momentum: 0.8, learningRate });
        left -= count;
        iteration += count;
        sinceUpdate += count;
        if (isEarly && iteration === early) machine.setMap(machine.map()); // comes to rest
        settled = !isEarly && gradient < LEAST_GRADIENT;
      }
    },
    update(next) {
      take(next);
      machine.setMap(machine.map());
    },
    klDivergence() {
      finish();
      return n > 1 ? machine.klDivergence() : 0;
    },
  };
}

/** Points scaled so that the greatest coordinate is 1: affinities do not depend on scale, and float32 stays in range. */
function unitSize(x: Float64Array): Float64Array {
  let greatest = 0;
  for (let at = 0; at < x.length; at++) greatest = Math.max(greatest, Math.abs(x[at]));
  if (greatest > 0) for (let at = 0; at < x.length; at++) x[at] /= greatest;
  return x;
}

/** PCA, small, with a little noise so that equal points can part. */
function startMap(scores: Float64Array, random: Random): Float64Array {
  const n = scores.length / 2;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += scores[2 * i] ** 2;
  const deviation = Math.sqrt(squares / n);
  const noise = deviation > 0 ? NOISE_SIZE : START_SIZE;
  return scores.map((value) => (deviation > 0 ? (value / deviation) * START_SIZE : 0) + noise * random.normal());
}
