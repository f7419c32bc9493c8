import { drain } from '../lib/drain';
import type { Matrix } from '../lib/matrix';
import type { Random } from '../lib/random';
import { checkClusterCount, checkSymmetric } from './checks';

export interface KMedoidsOptions {
  /** Starts from drawn medoids, tried besides the BUILD start; the least cost wins. Default 0. */
  restarts?: number;
  /** Swaps of one start at most. Default 1000. */
  maxSwaps?: number;
}

export interface KMedoidsResult {
  /** [N] in 0..K-1: the nearest medoid. Every cluster holds at least its medoid. */
  assignments: Int32Array;
  /** [K], the series at the centres. */
  medoids: Int32Array;
  /** Σ_i d(i, its medoid). */
  cost: number;
}

/**
 * k-medoids by PAM: the K series that make the sum of distances to the nearest of them small.
 *
 *     min over medoids m of Σ_i min_k d(i, m_k)
 *
 * BUILD adds the series that lowers the sum most, K times; SWAP exchanges the medoid and the series that lower it most,
 * until none does. One round of swaps costs N² (FastPAM1).
 *
 * @param distances d [N, N] of any distance
 * @param k K, number of clusters
 * @param random draws the starts; not used without `restarts`
 * @throws InputError when K is not a whole number from 1 to N, or the distances are not finite and symmetric
 *
 * Source: Kaufman and Rousseeuw (1990), Finding groups in data, chapter 2; Schubert and Rousseeuw (2021), Fast and eager k-medoids clustering.
 */
export function kMedoids(distances: Matrix, k: number, random: Random, options: KMedoidsOptions = {}): KMedoidsResult {
  return drain(kMedoidsSteps(distances, k, random, options));
}

/** The same step by step: yields the share of the starts that is done, so that a long computation can be paused or left. */
export function* kMedoidsSteps(distances: Matrix, k: number, random: Random, { restarts = 0, maxSwaps = 1000 }: KMedoidsOptions = {}): Generator<number, KMedoidsResult, void> {
  checkSymmetric(distances, 'distances');
  checkClusterCount(k, distances.rows);
  let best = yield* improve(distances, yield* build(distances, k), maxSwaps, 0);
  for (let r = 0; r < restarts; r++) {
    const drawn = random.shuffle(Int32Array.from({ length: distances.rows }, (_, i) => i)).slice(0, k);
    const found = yield* improve(distances, drawn, maxSwaps, (r + 1) / (restarts + 1));
    if (found.cost < best.cost) best = found;
  }
  return best;
}

function* build({ rows: n, data: d }: Matrix, k: number): Generator<number, Int32Array, void> {
  const medoids = new Int32Array(k);
  const nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const taken = new Uint8Array(n);
  for (let c = 0; c < k; c++) {
    yield 0;
    let least = Number.POSITIVE_INFINITY;
    for (let h = 0; h < n; h++) {
      if (taken[h]) continue;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += Math.min(nearest[i], d[h * n + i]);
      if (sum < least) {
        least = sum;
        medoids[c] = h;
      }
    }
    taken[medoids[c]] = 1;
    for (let i = 0; i < n; i++) nearest[i] = Math.min(nearest[i], d[medoids[c] * n + i]);
  }
  return medoids;
}

function* improve(distances: Matrix, medoids: Int32Array, maxSwaps: number, share: number): Generator<number, KMedoidsResult, void> {
  let state = settle(distances, medoids);
  for (let swap = 0; swap < maxSwaps && medoids.length > 1; swap++) {
    yield share;
    const { medoid, series, change } = bestSwap(distances, medoids, state);
    if (!(change < -1e-12 * state.cost)) break;
    medoids[medoid] = series;
    state = settle(distances, medoids);
  }
  return { assignments: state.own, medoids, cost: state.cost };
}

interface Settled {
  own: Int32Array;
  /** [N] distance to the nearest medoid, and to the next one. */
  first: Float64Array;
  second: Float64Array;
  cost: number;
}

function settle({ rows: n, data: d }: Matrix, medoids: Int32Array): Settled {
  const own = new Int32Array(n);
  const first = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const second = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) {
    medoids.forEach((m, c) => {
      const distance = d[m * n + i];
      // A medoid belongs to its own cluster even where another medoid is as near.
      if (distance < first[i] || m === i) {
        second[i] = first[i];
        first[i] = distance;
        own[i] = c;
      } else if (distance < second[i]) second[i] = distance;
    });
  }
  return { own, first, second, cost: first.reduce((sum, value) => sum + value, 0) };
}

/** The exchange of one medoid for one series that changes the cost most downwards. */
function bestSwap({ rows: n, data: d }: Matrix, medoids: Int32Array, { own, first, second }: Settled): { medoid: number; series: number; change: number } {
  const loss = new Float64Array(medoids.length);
  for (let i = 0; i < n; i++) loss[own[i]] += second[i] - first[i];
  const isMedoid = new Set(medoids);
  const best = { medoid: 0, series: 0, change: 0 };
  const change = new Float64Array(medoids.length);
  for (let h = 0; h < n; h++) {
    if (isMedoid.has(h)) continue;
    change.set(loss);
    let shared = 0;
    for (let i = 0; i < n; i++) {
      const distance = d[h * n + i];
      if (distance < first[i]) {
        shared += distance - first[i];
        change[own[i]] += first[i] - second[i];
      } else if (distance < second[i]) change[own[i]] += distance - second[i];
    }
    for (let c = 0; c < medoids.length; c++) {
      if (change[c] + shared < best.change) Object.assign(best, { medoid: c, series: h, change: change[c] + shared });
    }
  }
  return best;
}
