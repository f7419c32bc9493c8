import { nearest, squaredDistances } from '../clustering/assign';
import { kMeans } from '../clustering/kMeans';
import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { daviesBouldin } from './daviesBouldin';
import { chooseByGap, gapStatistic } from './gapStatistic';
import { silhouette } from './silhouette';
import { stability } from './stability';

export interface SweepRow {
  /** K. */
  k: number;
  /** Within-cluster sum of squares of the best seed. */
  inertia: number;
  /** Mean silhouette, Euclidean, of the points in the sample. */
  silhouette: number;
  daviesBouldin: number;
  gap: number;
  gapError: number;
  /** Mean ARI between the clusterings of the seeds. */
  stabilitySeeds: number;
  /** Mean ARI between clusterings fitted on two disjoint halves, each extended to all points. */
  stabilityHalves: number;
}

export interface Sweep {
  /** Points the silhouette was taken of: all, or a seeded sample. */
  sample: number;
  n: number;
  seeds: number;
  rows: SweepRow[];
  /** K by each criterion; null where it names none. They need not agree. */
  suggested: { silhouette: number | null; daviesBouldin: number | null; gap: number | null; stability: number | null };
}

export interface SweepOptions {
  /** Seeded clusterings of each K. */
  seeds?: number;
  /** Pairs of halves. */
  halves?: number;
  /** Reference sets of the gap statistic. */
  references?: number;
  /** Points at most for the silhouette, whose cost is the square of them. */
  most?: number;
}

/**
 * What speaks for which number of clusters: k-means on the points for each K, judged without labels.
 *
 * @param points [N, M], for example the latents of a run
 * @param counts the K to try, from 2 to N / 2
 * @returns a row a K; yields each row when it is done
 * @throws InputError at a K out of range
 * Source: Rousseeuw (1987); Davies and Bouldin (1979); Tibshirani, Walther and Hastie (2001); Ben-Hur, Elisseeff and Guyon (2002).
 */
export function* sweepClusters(points: Matrix, counts: readonly number[], seed: number, { seeds = 5, halves = 5, references = 10, most = 1000 }: SweepOptions = {}): Generator<SweepRow, Sweep, void> {
  const n = points.rows;
  const largest = Math.floor(n / 2);
  for (const k of counts) check(Number.isInteger(k) && k >= 2 && k <= largest, `A sweep over K tries whole numbers from 2 to ${largest}, half the number of series; got ${k}.`);
  const random = new Random(seed);
  const sample = sampleOf(n, most, random.fork(0));
  const distances = squaredDistances(rowsOf(points, sample), rowsOf(points, sample));
  const roots = matrix(sample.length, sample.length, Float64Array.from(distances.data, Math.sqrt));
  const rows: SweepRow[] = [];
  for (const k of counts) {
    const found = Array.from({ length: seeds }, (_, s) => kMeans(points, k, random.fork(1).fork(s), { restarts: 3 }));
    const best = found.reduce((one, other) => (other.inertia < one.inertia ? other : one));
    const [{ gap, error }] = gapStatistic(points, [k], (x, K) => kMeans(x, K, random.fork(2), { restarts: 1 }).assignments, random.fork(3), { references });
    const row = {
      k,
      inertia: best.inertia,
      silhouette: silhouette(roots, Int32Array.from(sample, (i) => best.assignments[i])).mean,
      daviesBouldin: daviesBouldin(points, best.assignments),
      gap,
      gapError: error,
      stabilitySeeds: stability(found.map(({ assignments }) => assignments)).mean,
      stabilityHalves: betweenHalves(points, k, halves, random.fork(4)),
    };
    rows.push(row);
    yield row;
  }
  return { sample: sample.length, n, seeds, rows, suggested: suggestions(rows) };
}

function betweenHalves(points: Matrix, k: number, pairs: number, random: Random): number {
  let sum = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const order = Int32Array.from({ length: points.rows }, (_, i) => i);
    random.shuffle(order);
    const half = points.rows >> 1;
    const clusterings = [order.subarray(0, half), order.subarray(half)].map((part) => nearest(squaredDistances(points, kMeans(rowsOf(points, part), k, random, { restarts: 3 }).centroids)));
    sum += stability(clusterings).mean / pairs;
  }
  return sum;
}

function suggestions(rows: readonly SweepRow[]): Sweep['suggested'] {
  const best = (score: (row: SweepRow) => number): number | null =>
    rows.filter((row) => Number.isFinite(score(row))).reduce<SweepRow | null>((one, other) => (one === null || score(other) > score(one) ? other : one), null)?.k ?? null;
  return {
    silhouette: best((row) => row.silhouette),
    daviesBouldin: best((row) => -row.daviesBouldin),
    gap: chooseByGap(rows.map(({ k, gap, gapError }) => ({ k, gap, error: gapError, logW: 0 }))),
    stability: best((row) => row.stabilityHalves),
  };
}

function sampleOf(n: number, most: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= most) return order;
  random.shuffle(order);
  return order.slice(0, most).sort();
}

function rowsOf({ columns: m, data }: Matrix, rows: Int32Array): Matrix {
  const picked = new Float64Array(rows.length * m);
  rows.forEach((row, at) => picked.set(data.subarray(row * m, (row + 1) * m), at * m));
  return matrix(rows.length, m, picked);
}
