import { check } from '../lib/assert';
import { drain } from '../lib/drain';
import { matrix, type Matrix } from '../lib/matrix';
import type { Random } from '../lib/random';
import { withinClusters } from './withinClusters';

export interface GapRow {
  /** K. */
  k: number;
  /** log W_K of the data: W is the within-cluster sum of squares. */
  logW: number;
  /** Mean of log W_K over the reference sets, minus that of the data. */
  gap: number;
  /** s_K: standard deviation over the reference sets, times √(1 + 1/B). */
  error: number;
}

export interface GapOptions {
  /** B, reference sets. Default 20. */
  references?: number;
}

/**
 * Gap statistic: how much tighter the clusters are than those of data without any.
 *
 *     Gap(K) = (1 / B) Σ_b log W_K(reference b) − log W_K(data)
 *
 * References are uniform in the box of the data. The data are clustered by `cluster`, and so are the references.
 *
 * @param points x [N, M]
 * @param counts the K to try, each from 1 to N
 * @param cluster K-clustering of points: assignments [N]
 * @param random draws the references; the same ones serve all K
 * @returns one row a K. log W is −Infinity and the gap Infinity when all points lie on their centres; NaN when this also holds for the references.
 * @throws InputError when B is not a whole number of at least 1, or a K is out of range
 * Source: Tibshirani, Walther and Hastie (2001), Estimating the number of clusters in a data set via the gap statistic.
 */
export function gapStatistic(points: Matrix, counts: readonly number[], cluster: (points: Matrix, k: number) => ArrayLike<number>, random: Random, options: GapOptions = {}): GapRow[] {
  return drain(gapSteps(points, counts, cluster, random, options));
}

/** The same step by step: yields the references that are done of the K at hand. One reference set is held at a time. */
export function* gapSteps(points: Matrix, counts: readonly number[], cluster: (points: Matrix, k: number) => ArrayLike<number>, random: Random, { references = 20 }: GapOptions = {}): Generator<number, GapRow[], void> {
  const { rows: n } = points;
  check(Number.isInteger(references) && references >= 1, `The number of reference sets is ${references}: choose a whole number of at least 1.`);
  for (const k of counts) check(Number.isInteger(k) && k >= 1 && k <= n, `The gap statistic of ${k} clusters needs a whole number from 1 to ${n}.`);
  const logWithin = (x: Matrix, k: number): number => Math.log(withinClusters(x, cluster(x, k)).sumOfSquares);
  const rows: GapRow[] = [];
  for (const k of counts) {
    const logW = logWithin(points, k);
    const logs: number[] = [];
    for (let b = 0; b < references; b++) {
      yield b;
      logs.push(logWithin(uniformBox(points, random.fork(b)), k));
    }
    const mean = logs.reduce((sum, value) => sum + value, 0) / references;
    const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / references;
    rows.push({ k, logW, gap: mean - logW, error: Math.sqrt(variance * (1 + 1 / references)) });
  }
  return rows;
}

/** N points drawn uniformly from the box that holds all points. */
function uniformBox({ rows: n, columns: m, data: x }: Matrix, random: Random): Matrix {
  const low = new Float64Array(m).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(m).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < n * m; at++) {
    low[at % m] = Math.min(low[at % m], x[at]);
    high[at % m] = Math.max(high[at % m], x[at]);
  }
  return matrix(n, m, Float64Array.from({ length: n * m }, (_, at) => low[at % m] + random.uniform() * (high[at % m] - low[at % m])));
}

/**
 * The least K with Gap(K) ≥ Gap(K') − s_K', K' the next one tried; null when there is none.
 * @param rows by ascending K
 */
export function chooseByGap(rows: readonly GapRow[]): number | null {
  return rows.find((row, at) => at + 1 < rows.length && row.gap >= rows[at + 1].gap - rows[at + 1].error)?.k ?? null;
}
