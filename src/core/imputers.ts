import { defaultOptions, suggestedEpochs, type MethodId } from './catalog';
import type { ImputerId, learnedImputerIds } from './catalog/imputer';
import { columnMean } from './imputation/columnMean';
import { filled } from './imputation/gapped';
import { backwardFill, forwardFill } from './imputation/lastObserved';
import { linear } from './imputation/linear';
import { columnMedian } from './imputation/median';
import { nearestSeries } from './imputation/nearestSeries';
import { seasonal } from './imputation/seasonal';
import { spline } from './imputation/spline';
import { zero } from './imputation/zero';
import { check } from './lib/assert';
import { BATCH, brits } from './nn/training/brits';
import { crli } from './nn/training/crli';
import type { Method, Report, RunSpec, TrainingData } from './run';

/** Fills the gaps of the data; reports its batches on the way. Returns a copy of the values [N, T, D] without gaps. */
export type Imputer = (data: TrainingData, spec: RunSpec) => AsyncGenerator<Report, Float32Array, void>;

/** An imputer that is trained first. */
export interface LearnedImputer {
  /** `epochs`: as many as it takes, where left out. */
  fill(data: TrainingData, spec: RunSpec, epochs?: number): AsyncGenerator<Report, Float32Array, void>;
  /** Series in a minibatch of it. */
  batch: number;
}

const learnedImputers = {
  brits: learned(BATCH, (data, spec, epochs) => brits(data, spec, { epochs })),
  crli: learned(Number(defaultOptions('crli').batchSize), lastOf('crli', crli)),
} satisfies Record<(typeof learnedImputerIds)[number], LearnedImputer>;

/** The imputer of these options where it is one that is trained. */
export function learnedImputer({ imputer }: RunSpec['options']): LearnedImputer | null {
  return Object.hasOwn(learnedImputers, String(imputer)) ? learnedImputers[imputer as keyof typeof learnedImputers] : null;
}

/** The options with straight lines in place of an imputer that is trained. */
export function plainlyFilled(options: RunSpec['options']): RunSpec['options'] {
  return learnedImputer(options) ? { ...options, imputer: 'linear' } : options;
}

/** Imputer → what fills. One line an imputer. */
export const imputers: Record<ImputerId, Imputer> = {
  linear: atOnce((data) => linear(data, data.time)),
  columnMean: atOnce(columnMean),
  columnMedian: atOnce(columnMedian),
  zero: atOnce(zero),
  forwardFill: atOnce(forwardFill),
  backwardFill: atOnce(backwardFill),
  spline: atOnce((data) => spline(data, data.time)),
  seasonal: atOnce((data, { options }) => seasonal(data, periodWithin(data, Number(options.period)), data.time)),
  nearestSeries: atOnce((data, { options }) => nearestSeries(data, Number(options.nearest))),
  brits: learnedImputers.brits.fill,
  crli: learnedImputers.crli.fill,
};

/** The period, which the longest series must go beyond: else no phase comes twice, and straight lines would fill everything. */
function periodWithin({ t, gaps, starts, ends }: TrainingData, period: number): number {
  const longest = ends.reduce((most, end, i) => Math.max(most, end - starts[i]), 0);
  check(
    gaps.length === 0 || period < longest,
    `The longest series has ${longest} steps, too few for seasonal filling by a period of ${period}: no phase comes twice. ${longest >= 4 ? `Choose a period of at most ${Math.floor(longest / 2)}, or fill another way` : 'Fill another way'}.`,
  );
  return Math.min(period, t);
}

function atOnce(fill: (data: TrainingData, spec: RunSpec) => Float32Array): Imputer {
  return async function* filling(data, spec) {
    return fill(data, spec);
  };
}

function learned(batch: number, train: (data: TrainingData, spec: RunSpec, epochs?: number) => AsyncGenerator<Report, Float32Array, void>): LearnedImputer {
  return {
    batch,
    async *fill(data, spec, epochs) {
      return withGaps(data, data.gaps.length === 0 ? new Float32Array(0) : yield* train(data, spec, epochs));
    },
  };
}

/** What a method with its default options fills the gaps with in the end. */
function lastOf(method: MethodId, train: Method): LearnedImputer['fill'] {
  return async function* filling(data, spec, epochs) {
    const options = defaultOptions(method);
    const own: RunSpec = { ...spec, method, options, epochs: epochs ?? suggestedEpochs(method, data.n, options) };
    let imputed: Float32Array = new Float32Array(data.gaps.length);
    for await (const report of train(data, own, { options })) {
      if (report.kind === 'epoch') ({ imputed } = report.snapshot);
      else yield { ...report, epoch: 0 };
    }
    return imputed;
  };
}

/** The values [N, T, D] with `imputed` at `data.gaps`. */
export function withGaps(data: TrainingData, imputed: Float32Array): Float32Array {
  const values = filled(data, () => 0) as Float32Array;
  data.gaps.forEach((cell, g) => (values[cell] = imputed[g]));
  return values;
}

/** The data with these values, every cell of a series observed. */
export function complete(data: TrainingData, values: Float32Array): TrainingData {
  const mask = data.mask.slice();
  for (const cell of data.gaps) mask[cell] = 1;
  return { ...data, values, mask };
}
