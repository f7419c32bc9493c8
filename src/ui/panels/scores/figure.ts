import type { ErrorPair, ImputationError, Metrics } from '../../../engine/protocol';

export const SCORES = ['randIndex', 'adjustedRandIndex', 'normalizedMutualInformation', 'accuracy', 'purity'] as const;

export type ScoreKey = (typeof SCORES)[number];

export interface ScoreRow {
  key: ScoreKey;
  value: number;
  /** What says nothing: the score of putting all series in one cluster, where it is not 0. */
  floor: number | null;
  /** Path of the score over the epochs, in the units of {@link SPARK}. */
  spark: string;
}

export const SPARK = { width: 72, height: 18 } as const;

interface Recorded {
  epoch: number;
  shot: { metrics: Metrics | null; imputation: ImputationError | null } | null;
}

/** The scores of one record, with their course over the epochs up to the newest. */
export function scoreRows(metrics: Metrics, history: readonly Recorded[]): ScoreRow[] {
  return SCORES.map((key) => ({
    key,
    value: metrics[key],
    floor: key === 'randIndex' ? metrics.allInOneRandIndex : null,
    spark: sparkPath(
      history.flatMap(({ epoch, shot }) => (shot?.metrics ? [[epoch, shot.metrics[key]] as const] : [])),
      { low: Math.min(0, metrics[key]), high: 1 },
    ),
  }));
}

export interface FillingRow {
  filling: 'model' | 'columnMean' | 'linear';
  error: ErrorPair;
  /** RMSE as a share of that of the column mean. */
  ratio: number;
}

/** The model beside the two plain fillings. */
export function fillingRows(errors: { model: ErrorPair; columnMean: ErrorPair; linear: ErrorPair }): FillingRow[] {
  return (['model', 'columnMean', 'linear'] as const).map((filling) => ({ filling, error: errors[filling], ratio: errors[filling].rmse / errors.columnMean.rmse }));
}

/** Course of the model's RMSE over the epochs, from 0 to the largest. */
export function errorSpark(history: readonly Recorded[]): string {
  const points = history.flatMap(({ epoch, shot }) => (shot?.imputation ? [[epoch, shot.imputation.rmse] as const] : []));
  return sparkPath(points, { low: 0, high: Math.max(...points.map(([, value]) => value), Number.MIN_VALUE) });
}

/** A line through [epoch, value] points; empty with fewer than two. Values beyond the span stay at its edge. */
export function sparkPath(points: readonly (readonly [number, number])[], { low, high }: { low: number; high: number }): string {
  const sound = points.filter(([, value]) => Number.isFinite(value));
  if (sound.length < 2) return '';
  const first = sound[0][0];
  const last = sound[sound.length - 1][0];
  const place = ([epoch, value]: readonly [number, number]): string => {
    const x = ((epoch - first) / (last - first)) * SPARK.width;
    const y = (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low)) * (SPARK.height - 2) + 1;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  return `M${sound.map(place).join('L')}`;
}
