import { readsSeed } from './catalog';
import { Random } from './lib/random';
import type { Matrix } from './lib/matrix';
import { stability } from './metrics/stability';
import { checkCounts, createScorer, suggest, type Sweep, type SweepDoing, type SweepRow, type SweepStep } from './metrics/sweep';
import { partOf } from './partOf';
import type { Apply, Checkpoint, Method, RunSpec, TrainingData } from './run';

/** A method, and how it labels series that it was not trained on, where it can. */
export interface SweptMethod {
  run: Method;
  apply: Apply | null;
}

const APPLIED = 'disjoint halves, each trained on and applied to all series';
const SHARED = 'halves that share half of their series, each clustered and compared on those';
const NO_GAP = 'it would need the method to be run again on ten random reference sets for each K';
const NO_SEED = 'the method gives the same clusters from every seed';

/**
 * What speaks for which number of clusters when the method itself clusters: it is run, and trained where it trains, for
 * each K on all series from several seeds, once where it reads no seed, and on as many pairs of halves. What it learns
 * from either of two disjoint halves is applied to all series and compared; a method that learns nothing to take along
 * is run on halves that share half of their series, and compared on those. The gap statistic is left out.
 *
 * @param data what a run trains on
 * @param points [N, M] of the same series: the one space in which all clusterings are scored
 * @param counts the K to try, from 2 to N / 2
 * @param spec the run; its seed is the first of the seeds, its `clusters` is not read
 * @returns a row a K; yields where it is, and each row when it is done
 * @throws InputError at a K out of range; what the method throws
 * Source: as {@link sweepClusters}; halves after Ben-Hur, Elisseeff and Guyon (2002).
 */
export async function* sweepMethod({ run, apply }: SweptMethod, data: TrainingData, points: Matrix, counts: readonly number[], spec: RunSpec, repeats: number): AsyncGenerator<SweepStep, Sweep, void> {
  checkCounts(counts, data.n);
  const random = new Random(spec.seed);
  const scorer = createScorer(points, random.fork(0));
  const pairs = Array.from({ length: repeats }, (_, p) => halvesOf(data.n, apply !== null, random.fork(1).fork(p)));
  const seeds = readsSeed(spec.method, spec.options) ? repeats : 1;
  const rows: SweepRow[] = [];
  let done = 0;
  const all = counts.length * (seeds + repeats);

  /** Clusters some of the series; `cost` in runs on all of them. */
  const cluster = async function* (of: TrainingData, k: number, seed: number, where: Pick<SweepDoing, 'part' | 'at' | 'of'>, cost: number): AsyncGenerator<SweepStep, Clustered, void> {
    const own: RunSpec = { ...spec, clusters: k, seed };
    let found: Clustered = { assignments: new Int32Array(of.n), spec: own, checkpoint: null };
    const doing = (share: number): SweepStep => ({ kind: 'doing', doing: { k, ...where, share: (done + cost * share) / all } });
    yield doing(0);
    for await (const report of run(of, own, { options: own.options })) {
      if (report.kind === 'epoch') found = { assignments: report.snapshot.assignments.slice(), spec: own, checkpoint: report.checkpoint };
      // the filling of a two-stage method reports itself as epoch 0
      const epochs = report.kind === 'epoch' ? report.epoch : Math.max(0, report.epoch - 1) + report.batch / report.batches;
      yield doing(Math.min(0.999, report.epoch === 0 ? 0 : epochs / spec.epochs));
    }
    done += cost;
    return found;
  };

  /** The labels [N] by a half; −1 for a series that it says nothing of. */
  const labelsBy = async (half: Int32Array, { assignments, spec: own, checkpoint }: Clustered): Promise<Int32Array> => {
    if (apply && checkpoint) return (await apply(data, own, checkpoint)).assignments;
    const whole = new Int32Array(data.n).fill(-1);
    half.forEach((i, at) => (whole[i] = assignments[at]));
    return whole;
  };

  for (const k of counts) {
    const found: Int32Array[] = [];
    for (let s = 0; s < seeds; s++) found.push((yield* cluster(data, k, (spec.seed + s) >>> 0, { part: 'seed', at: s + 1, of: seeds }, 1)).assignments);
    const agreements: number[] = [];
    for (const [p, halves] of pairs.entries()) {
      const labels: Int32Array[] = [];
      for (const [h, half] of halves.entries()) {
        const clustered = yield* cluster(partOf(data, half), k, spec.seed, { part: 'part', at: 2 * p + h + 1, of: 2 * repeats }, 0.5);
        labels.push(await labelsBy(half, clustered));
      }
      agreements.push(stability(labels).mean);
    }
    const scores = found.map((assignments) => scorer.score(assignments));
    const row: SweepRow = {
      k,
      inertia: null,
      silhouette: mean(scores.map(({ silhouette }) => silhouette)),
      daviesBouldin: mean(scores.map(({ daviesBouldin }) => daviesBouldin)),
      gap: null,
      gapError: null,
      stabilitySeeds: seeds > 1 ? stability(found).mean : null,
      stabilityParts: mean(agreements),
    };
    rows.push(row);
    yield { kind: 'row', row };
  }
  const empty = { gap: NO_GAP, ...(seeds === 1 && { stabilitySeeds: NO_SEED }) };
  return { sample: scorer.sample, n: data.n, repeats, parts: apply ? APPLIED : SHARED, empty, rows, suggested: suggest(rows) };
}

interface Clustered {
  assignments: Int32Array;
  spec: RunSpec;
  checkpoint: Checkpoint | null;
}

/** Two random halves of N series: disjoint, or such that they share half of each. */
function halvesOf(n: number, disjoint: boolean, random: Random): [Int32Array, Int32Array] {
  const order = random.shuffle(Int32Array.from({ length: n }, (_, i) => i));
  const half = n >> 1;
  const second = disjoint ? half : half >> 1;
  return [order.slice(0, half).sort(), order.slice(second, second + half).sort()];
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
