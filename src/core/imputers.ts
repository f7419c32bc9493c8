import { defaultOptions, suggestedEpochs, type MethodId } from './catalog';
import type { ImputerId } from './catalog/imputer';
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
import { brits } from './nn/training/brits';
import { crli } from './nn/training/crli';
import type { Method, Report, RunSpec, TrainingData } from './run';

/** Fills the gaps of the data; reports its batches on the way. Returns a copy of the values [N, T, D] without gaps. */
export type Imputer = (data: TrainingData, spec: RunSpec) => AsyncGenerator<Report, Float32Array, void>;

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
  brits: async function* (data, spec) {
    return withGaps(data, data.gaps.length === 0 ? new Float32Array(0) : yield* brits(data, spec));
  },
  crli: learned('crli', crli),
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

/** An imputer that is trained first, with the default options of its method. */
function learned(method: MethodId, train: Method): Imputer {
  return async function* filling(data, spec) {
    if (data.gaps.length === 0) return data.values.slice();
    const options = defaultOptions(method);
    const own: RunSpec = { ...spec, method, options, epochs: suggestedEpochs(method, data.n, options) };
    let imputed: Float32Array = new Float32Array(data.gaps.length);
    for await (const report of train(data, own, { options })) {
      if (report.kind === 'epoch') ({ imputed } = report.snapshot);
      else yield { ...report, epoch: 0 };
    }
    return withGaps(data, imputed);
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
