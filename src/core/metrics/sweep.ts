/** What a sweep over the number of clusters tells; the same for k-means on points and for any method. */
import { squaredDistances } from '../clustering/assign';
import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import type { Random } from '../lib/random';
import { daviesBouldin } from './daviesBouldin';
import { chooseByGap } from './gapStatistic';
import { silhouette } from './silhouette';

export interface SweepRow {
  /** K. */
  k: number;
  /** Within-cluster sum of squares of the best seed; null where a method other than k-means clusters. */
  inertia: number | null;
  /** Mean silhouette, Euclidean, of the points in the sample: of the best seed of k-means, mean over the seeds of a method. */
  silhouette: number;
  /** Davies–Bouldin index, likewise. */
  daviesBouldin: number;
  /** Gap statistic and its s_K; null where a method other than k-means clusters. */
  gap: number | null;
  gapError: number | null;
  /** Mean ARI between the clusterings of the seeds; null where the method reads no seed, so that they cannot differ. */
  stabilitySeeds: number | null;
  /** Mean ARI between clusterings of two halves of the series; `Sweep.parts` says how they are compared. NaN where they share too few. */
  stabilityParts: number;
}

/** What a sweep is at: number `at` of `of` runs of one kind for this K. */
export interface SweepDoing {
  k: number;
  part: 'filling' | 'seed' | 'reference' | 'part';
  at: number;
  of: number;
  /** Share of the whole sweep that is done, in [0, 1). */
  share: number;
}

export type SweepStep = { kind: 'doing'; doing: SweepDoing } | { kind: 'row'; row: SweepRow };

/** K by each criterion; null where it names none. They need not agree. */
export interface Suggested {
  silhouette: number | null;
  daviesBouldin: number | null;
  gap: number | null;
  stability: number | null;
}

export interface Sweep {
  /** Points the silhouette was taken of: all, or a seeded sample. */
  sample: number;
  n: number;
  /** Seeded clusterings of each K, and as many pairs of halves. */
  repeats: number;
  /** What `stabilityParts` compares. */
  parts: string;
  /** Why a column holds nothing. */
  empty: Partial<Record<'gap' | 'stabilitySeeds', string>>;
  rows: SweepRow[];
  suggested: Suggested;
}

/** Points at most for the silhouette, whose cost is the square of them. */
export const SAMPLE = 1000;

/** @throws InputError at a K out of range: from 2 to N / 2. */
export function checkCounts(counts: readonly number[], n: number): void {
  const largest = Math.floor(n / 2);
  check(largest >= 2, `A sweep over K needs at least 4 series; there ${n === 1 ? 'is' : 'are'} ${n}.`);
  for (const k of counts) check(Number.isInteger(k) && k >= 2 && k <= largest, `A sweep over K tries whole numbers from 2 to ${largest}, half the number of series; got ${k}.`);
}

/** The best K of each column. A clustering of one cluster is stable too, but has no silhouette: it suggests nothing. */
export function suggest(rows: readonly SweepRow[]): Suggested {
  const best = (score: (row: SweepRow) => number): number | null =>
    rows.filter((row) => Number.isFinite(score(row))).reduce<SweepRow | null>((one, other) => (one === null || score(other) > score(one) ? other : one), null)?.k ?? null;
  const gaps = rows.flatMap(({ k, gap, gapError }) => (gap === null || gapError === null ? [] : [{ k, gap, error: gapError, logW: 0 }]));
  return {
    silhouette: best((row) => row.silhouette),
    daviesBouldin: best((row) => -row.daviesBouldin),
    gap: chooseByGap(gaps),
    stability: best((row) => (Number.isFinite(row.silhouette) ? row.stabilityParts : Number.NaN)),
  };
}

/** Scores clusterings of the same points [N, M]; distances are taken once, of `most` points at most. */
export function createScorer(points: Matrix, random: Random, most = SAMPLE): { sample: number; score(assignments: Int32Array): { silhouette: number; daviesBouldin: number } } {
  const sample = sampleOf(points.rows, most, random);
  const rows = rowsOf(points, sample);
  const roots = matrix(sample.length, sample.length, Float64Array.from(squaredDistances(rows, rows).data, Math.sqrt));
  return {
    sample: sample.length,
    score: (assignments) => ({ silhouette: silhouette(roots, Int32Array.from(sample, (i) => assignments[i])).mean, daviesBouldin: daviesBouldin(points, assignments) }),
  };
}

/** Rows of a matrix. */
export function rowsOf({ columns: m, data }: Matrix, rows: Int32Array): Matrix {
  const picked = new Float64Array(rows.length * m);
  rows.forEach((row, at) => picked.set(data.subarray(row * m, (row + 1) * m), at * m));
  return matrix(rows.length, m, picked);
}

/** `most` of N at most, drawn without replacement, ascending. */
export function sampleOf(n: number, most: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= most) return order;
  random.shuffle(order);
  return order.slice(0, most).sort();
}
