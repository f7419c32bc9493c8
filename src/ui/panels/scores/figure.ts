import type { ErrorPair, ImputationError, Metrics } from '../../../engine/protocol';

export const SCORES = ['randIndex', 'adjustedRandIndex', 'normalizedMutualInformation', 'accuracy', 'purity'] as const;

export type ScoreKey = (typeof SCORES)[number];

export interface ScoreRow {
  key: ScoreKey;
  value: number;
  /** What says nothing: the score of putting all series in one cluster. */
  floor: number;
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
    floor: key === 'randIndex' ? metrics.allInOneRandIndex : key === 'accuracy' || key === 'purity' ? metrics.allInOneAccuracy : 0,
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

export interface SilhouettePlot {
  /** Each cluster that has a series: its bars, one a series from the highest down, as one shape. */
  clusters: { cluster: number; size: number; mean: number; path: string }[];
  /** Where 0 and the mean of all stand. */
  zero: number;
  mean: number;
}

/** The silhouette of each series [N] by cluster, in a box of this size; the axis goes from 0, or −1 where some are below 0, to 1. */
export function silhouettePlot(silhouettes: Float32Array, assignments: Int32Array, { width, height }: { width: number; height: number }): SilhouettePlot {
  const known = [...silhouettes.keys()].filter((i) => assignments[i] >= 0 && Number.isFinite(silhouettes[i]));
  const low = known.some((i) => silhouettes[i] < 0) ? -1 : 0;
  const x = (value: number): number => ((value - low) / (1 - low)) * width;
  const bar = height / Math.max(1, known.length);
  const mean = (of: readonly number[]): number => of.reduce((sum, i) => sum + silhouettes[i], 0) / of.length;
  let at = 0;
  const clusters = [...new Set(known.map((i) => assignments[i]))]
    .sort((a, b) => a - b)
    .map((cluster) => {
      const members = known.filter((i) => assignments[i] === cluster).sort((a, b) => silhouettes[b] - silhouettes[a]);
      const top = at * bar;
      const bars = members.map((i) => `H${x(silhouettes[i]).toFixed(1)}V${(++at * bar).toFixed(1)}`).join('');
      return { cluster, size: members.length, mean: mean(members), path: `M${x(0).toFixed(1)},${top.toFixed(1)}${bars}H${x(0).toFixed(1)}Z` };
    });
  return { clusters, zero: x(0), mean: x(mean(known)) };
}
