import { Random } from './lib/random';
import type { Matrix } from './lib/matrix';
import { stability } from './metrics/stability';
import { checkCounts, createScorer, sampleOf, suggest, type Sweep, type SweepDoing, type SweepRow, type SweepStep } from './metrics/sweep';
import { partOf } from './partOf';
import type { Method, RunSpec, TrainingData } from './run';

/** Share of the series in a part. */
const PART = 0.8;

/**
 * What speaks for which number of clusters when the method itself clusters: it is run, and trained where it trains, for
 * each K on all series from several seeds, and on as many parts of four fifths of them. The gap statistic is left out:
 * it would need as many runs on reference sets again.
 *
 * @param data what a run trains on
 * @param points [N, M] of the same series: the one space in which all clusterings are scored
 * @param counts the K to try, from 2 to N / 2
 * @param spec the run; its seed is the first of the seeds, its `clusters` is not read
 * @returns a row a K; yields where it is, and each row when it is done
 * @throws InputError at a K out of range; what the method throws
 * Source: as {@link sweepClusters}; parts after Ben-Hur, Elisseeff and Guyon (2002).
 */
export async function* sweepMethod(method: Method, data: TrainingData, points: Matrix, counts: readonly number[], spec: RunSpec, repeats: number): AsyncGenerator<SweepStep, Sweep, void> {
  checkCounts(counts, data.n);
  const random = new Random(spec.seed);
  const scorer = createScorer(points, random.fork(0));
  const size = Math.max(2, Math.round(PART * data.n));
  const parts = Array.from({ length: repeats }, (_, p) => sampleOf(data.n, size, random.fork(1).fork(p)));
  const rows: SweepRow[] = [];
  let done = 0;
  const all = counts.length * 2 * repeats;

  const run = async function* (of: TrainingData, k: number, seed: number, where: Pick<SweepDoing, 'part' | 'at'>): AsyncGenerator<SweepStep, Int32Array, void> {
    const own: RunSpec = { ...spec, clusters: k, seed };
    let assignments = new Int32Array(of.n);
    const doing = (share: number): SweepStep => ({ kind: 'doing', doing: { k, ...where, of: repeats, share: (done + share) / all } });
    yield doing(0);
    for await (const report of method(of, own, { options: own.options })) {
      if (report.kind === 'epoch') assignments = report.snapshot.assignments.slice();
      // the filling of a two-stage method reports itself as epoch 0
      const epochs = report.kind === 'epoch' ? report.epoch : Math.max(0, report.epoch - 1) + report.batch / report.batches;
      yield doing(Math.min(0.999, report.epoch === 0 ? 0 : epochs / spec.epochs));
    }
    done += 1;
    return assignments;
  };

  for (const k of counts) {
    const found: Int32Array[] = [];
    for (let s = 0; s < repeats; s++) found.push(yield* run(data, k, (spec.seed + s) >>> 0, { part: 'seed', at: s + 1 }));
    const inParts: Int32Array[] = [];
    for (const [p, members] of parts.entries()) {
      const assignments = yield* run(partOf(data, members), k, spec.seed, { part: 'part', at: p + 1 });
      const whole = new Int32Array(data.n).fill(-1);
      members.forEach((i, at) => (whole[i] = assignments[at]));
      inParts.push(whole);
    }
    const scores = found.map((assignments) => scorer.score(assignments));
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const row: SweepRow = {
      k,
      inertia: null,
      silhouette: mean(scores.map(({ silhouette }) => silhouette)),
      daviesBouldin: mean(scores.map(({ daviesBouldin }) => daviesBouldin)),
      gap: null,
      gapError: null,
      stabilitySeeds: stability(found).mean,
      stabilityParts: stability(inParts).mean,
    };
    rows.push(row);
    yield { kind: 'row', row };
  }
  return { sample: scorer.sample, n: data.n, repeats, parts: `${repeats} random parts of four fifths of the series, compared on the series they share`, rows, suggested: suggest(rows) };
}
