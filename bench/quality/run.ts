import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { methodEntry, suggestedEpochs } from '../../src/core/catalog';
import { implementations } from '../../src/core/methods';
import type { RunSpec, Snapshot } from '../../src/core/run';
import type { SeriesSet } from '../../src/core/series/SeriesSet';
import { readSeries } from '../../src/core/series/reading';
import { createEvaluation } from '../../src/engine/run/evaluation';
import { prepareRun } from '../../src/engine/run/prepareRun';
import type { QualityArguments } from './arguments';
import type { PlannedRun } from './plan';

/** One line of the results. */
export interface QualityRow {
  key: string;
  set: string;
  n: number;
  t: number;
  d: number;
  k: number;
  method: string;
  gap: number;
  mechanism: string;
  seed: number;
  protocol: string;
  standardise: string;
  epochs: number;
  seconds: number;
  ari: number;
  nmi: number;
  ri: number;
  acc: number;
  purity: number;
  floorRi: number;
  rmse: number | null;
  mae: number | null;
  columnMeanRmse: number | null;
  linearRmse: number | null;
}

/** The set of a file, or its test series alone. Labels come along for the scores; no method gets to see them. */
export async function loadSet(folder: string, file: string, protocol: QualityArguments['protocol']): Promise<SeriesSet> {
  const { set } = await readSeries({ name: basename(file), bytes: new Blob([await readFile(join(folder, file))]) }, undefined, () => {});
  return protocol === 'pooled' ? set : testSplit(set);
}

function testSplit(set: SeriesSet): SeriesSet {
  const rows = set.ids.flatMap((_, i) => (set.split?.[i]?.toLowerCase() === 'test' ? [i] : []));
  const width = set.t * set.d;
  const values = new Float64Array(rows.length * width);
  const mask = new Uint8Array(rows.length * width);
  rows.forEach((i, at) => {
    values.set(set.values.subarray(i * width, (i + 1) * width), at * width);
    mask.set(set.mask.subarray(i * width, (i + 1) * width), at * width);
  });
  const pick = <A>(list: readonly A[]): A[] => rows.map((i) => list[i]);
  return {
    ...set,
    n: rows.length,
    values,
    mask,
    ids: pick(set.ids),
    starts: set.starts.filter((_, i) => rows.includes(i)),
    ends: set.ends.filter((_, i) => rows.includes(i)),
    split: pick(set.split!),
    labels: set.labels && { ...set.labels, codes: set.labels.codes.filter((_, i) => rows.includes(i)) },
  };
}

/** Fits, takes the last epoch, scores. */
export async function runOne(set: SeriesSet, { key, set: name, method, gap, seed }: PlannedRun, args: QualityArguments): Promise<QualityRow> {
  const k = new Set(set.labels!.codes.filter((code) => code >= 0)).size;
  const epochs = methodEntry(method.method).trains ? (args.epochs ?? suggestedEpochs(method.method, set.n, method.options)) : 1;
  const { options } = method;
  const spec: RunSpec = { version: 1, method: method.method, clusters: k, seed, epochs, options, preparation: { standardise: args.standardise }, hideRate: gap, hideMechanism: args.mechanism };
  const prepared = prepareRun(set, spec);
  const started = performance.now();
  let last: Snapshot | null = null;
  for await (const report of implementations[method.method].run(prepared.data, spec, { options })) if (report.kind === 'epoch') last = report.snapshot;
  const { metrics, imputation } = createEvaluation(set, prepared).evaluate(last!);
  return {
    key, set: name, n: set.n, t: set.t, d: set.d, k, method: method.name, gap, mechanism: args.mechanism, seed, protocol: args.protocol, standardise: args.standardise, epochs,
    seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
    ari: metrics!.adjustedRandIndex, nmi: metrics!.normalizedMutualInformation, ri: metrics!.randIndex, acc: metrics!.accuracy, purity: metrics!.purity, floorRi: metrics!.allInOneRandIndex,
    rmse: imputation?.rmse ?? null, mae: imputation?.mae ?? null, columnMeanRmse: imputation?.columnMean.rmse ?? null, linearRmse: imputation?.linear.rmse ?? null,
  };
}
