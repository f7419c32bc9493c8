import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { methodEntry, suggestedEpochs } from '../../src/core/catalog';
import { check } from '../../src/core/lib/assert';
import { implementations } from '../../src/core/methods';
import { fit, transferred } from './transfer';
import type { RunSpec } from '../../src/core/run';
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
  /** Of accuracy too. */
  floorPurity?: number;
  rmse: number | null;
  mae: number | null;
  columnMeanRmse: number | null;
  linearRmse: number | null;
  columnMeanMae?: number | null;
  linearMae?: number | null;
}

/** A set, and its two splits. Labels come along for the scores; no method gets to see them, only how many classes there are. */
export interface LoadedSet {
  /** K, the number of classes. */
  k: number;
  pooled: SeriesSet;
  train: SeriesSet;
  test: SeriesSet;
}

/** @throws InputError for a file that is not there, cannot be read as series, or has no labels to score against */
export async function loadSet(folder: string, file: string): Promise<LoadedSet> {
  check(existsSync(join(folder, file)), `There is no ${join(folder, file)}, which the manifest names.`);
  const { set } = await readSeries({ name: basename(file), bytes: new Blob([await readFile(join(folder, file))]) }, undefined, () => {});
  check(set.labels !== null, `${file} has no column of labels: nothing to score against.`);
  return { k: new Set(set.labels.codes.filter((code) => code >= 0)).size, pooled: set, train: splitOf(set, 'train'), test: splitOf(set, 'test') };
}

function splitOf(set: SeriesSet, name: 'train' | 'test'): SeriesSet {
  const rows = set.ids.flatMap((_, i) => (set.split?.[i]?.toLowerCase() === name ? [i] : []));
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
    split: set.split && pick(set.split),
    labels: set.labels && { ...set.labels, codes: set.labels.codes.filter((_, i) => rows.includes(i)) },
  };
}

/** Fits, takes the last epoch, scores. */
export async function runOne(sets: LoadedSet, { key, set: name, method, gap, seed }: PlannedRun, args: QualityArguments): Promise<QualityRow> {
  const { apply } = implementations[method.method];
  const { options } = method;
  const set = args.protocol === 'pooled' ? sets.pooled : sets.test;
  const fitted = args.protocol === 'train-test' || (args.protocol === 'test' && apply) ? sets.train : set;
  const { k } = sets;
  const epochs = methodEntry(method.method).trains ? (args.epochs ?? suggestedEpochs(method.method, fitted.n, options)) : 1;
  const spec: RunSpec = { version: 1, method: method.method, clusters: k, seed, epochs, options, preparation: { standardise: args.standardise }, hideRate: gap, hideMechanism: args.mechanism };
  const prepared = prepareRun(set, spec);
  const started = performance.now();
  const trained = await fit(fitted === set ? prepared.data : prepareRun(fitted, spec).data, spec);
  const snapshot = fitted === set ? trained.snapshot : await transferred(trained, prepared.data, spec, args.protocol);
  const { metrics, imputation } = createEvaluation(set, prepared).evaluate(snapshot);
  return {
    key, set: name, n: set.n, t: set.t, d: set.d, k, method: method.name, gap, mechanism: args.mechanism, seed, protocol: args.protocol, standardise: args.standardise, epochs,
    seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
    ari: rounded(metrics!.adjustedRandIndex), nmi: rounded(metrics!.normalizedMutualInformation), ri: rounded(metrics!.randIndex), acc: rounded(metrics!.accuracy), purity: rounded(metrics!.purity), floorRi: rounded(metrics!.allInOneRandIndex), floorPurity: rounded(metrics!.allInOneAccuracy),
    rmse: rounded(imputation?.rmse), mae: rounded(imputation?.mae), columnMeanRmse: rounded(imputation?.columnMean.rmse), linearRmse: rounded(imputation?.linear.rmse),
    columnMeanMae: rounded(imputation?.columnMean.mae), linearMae: rounded(imputation?.linear.mae),
  };
}

/** To six decimals; null where there is none. */
function rounded(value: number): number;
function rounded(value: number | undefined): number | null;
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toFixed(6));
}
