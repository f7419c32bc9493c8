import { nearest, squaredDistances } from '../clustering/assign';
import { kMeans } from '../clustering/kMeans';
import type { Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { gapSteps } from './gapStatistic';
import { stability } from './stability';
import { checkCounts, createScorer, rowsOf, suggest, type Sweep, type SweepDoing, type SweepRow, type SweepStep } from './sweep';

export interface SweepOptions {
  /** Seeded clusterings of each K, and pairs of halves. */
  repeats?: number;
  /** Reference sets of the gap statistic. */
  references?: number;
  /** Points at most for the silhouette. */
  most?: number;
}

/**
 * What speaks for which number of clusters: k-means on the points for each K, judged without labels.
 *
 * @param points [N, M], for example the latents of a run
 * @param counts the K to try, from 2 to N / 2
 * @returns a row a K; yields before each clustering, and each row when it is done
 * @throws InputError at a K out of range
 * Source: Rousseeuw (1987); Davies and Bouldin (1979); Tibshirani, Walther and Hastie (2001); Ben-Hur, Elisseeff and Guyon (2002).
 */
export function* sweepClusters(points: Matrix, counts: readonly number[], seed: number, { repeats = 5, references = 10, most }: SweepOptions = {}): Generator<SweepStep, Sweep, void> {
  checkCounts(counts, points.rows);
  const random = new Random(seed);
  const scorer = createScorer(points, random.fork(0), most);
  const rows: SweepRow[] = [];
  let done = 0;
  const all = counts.length * (2 * repeats + references);
  const doing = (k: number, part: SweepDoing['part'], at: number, of: number): SweepStep => ({ kind: 'doing', doing: { k, part, at: at + 1, of, share: done++ / all } });
  for (const k of counts) {
    const found: ReturnType<typeof kMeans>[] = [];
    for (let s = 0; s < repeats; s++) {
      yield doing(k, 'seed', s, repeats);
      found.push(kMeans(points, k, random.fork(1).fork(s), { restarts: 3 }));
    }
    const best = found.reduce((one, other) => (other.inertia < one.inertia ? other : one));
    const gaps = gapSteps(points, [k], (x, K) => kMeans(x, K, random.fork(2), { restarts: 1 }).assignments, random.fork(3), { references });
    let step = gaps.next();
    for (; !step.done; step = gaps.next()) yield doing(k, 'reference', step.value, references);
    const [{ gap, error }] = step.value;
    const halves: number[] = [];
    const draw = random.fork(4);
    for (let pair = 0; pair < repeats; pair++) {
      yield doing(k, 'part', pair, repeats);
      halves.push(betweenHalves(points, k, draw));
    }
    const row: SweepRow = {
      k,
      inertia: best.inertia,
      ...scorer.score(best.assignments),
      gap,
      gapError: error,
      stabilitySeeds: stability(found.map(({ assignments }) => assignments)).mean,
      stabilityParts: halves.reduce((sum, value) => sum + value, 0) / repeats,
    };
    rows.push(row);
    yield { kind: 'row', row };
  }
  return { sample: scorer.sample, n: points.rows, repeats, parts: 'disjoint halves, each clustered and extended to all series by the nearest centroid', empty: {}, rows, suggested: suggest(rows) };
}

/** ARI between clusterings fitted on two disjoint halves, each extended to all points. */
function betweenHalves(points: Matrix, k: number, random: Random): number {
  const order = Int32Array.from({ length: points.rows }, (_, i) => i);
  random.shuffle(order);
  const half = points.rows >> 1;
  const clusterings = [order.subarray(0, half), order.subarray(half)].map((part) => nearest(squaredDistances(points, kMeans(rowsOf(points, part), k, random, { restarts: 3 }).centroids)));
  return stability(clusterings).mean;
}
