import type { SweepRow } from '../../../core/metrics/sweep';

export type ColumnKey = 'silhouette' | 'daviesBouldin' | 'gap' | 'stabilitySeeds' | 'stabilityParts';

interface Column {
  key: ColumnKey;
  /** Which end is good. */
  better: 'high' | 'low';
}

export const COLUMNS: readonly Column[] = [
  { key: 'silhouette', better: 'high' },
  { key: 'daviesBouldin', better: 'low' },
  { key: 'gap', better: 'high' },
  { key: 'stabilitySeeds', better: 'high' },
  { key: 'stabilityParts', better: 'high' },
];

/** The columns that these rows have: the gap is not measured where a method other than k-means clusters. */
export function columnsOf(rows: readonly SweepRow[]): readonly Column[] {
  return COLUMNS.filter(({ key }) => key !== 'gap' || rows.some(({ gap }) => gap !== null));
}

/**
 * The K that each column speaks for; null where it speaks for none. The gap has a rule of its own, whose K is handed in.
 * A row without a silhouette is a clustering of one cluster: always stable, and never the best.
 */
export function bests(rows: readonly SweepRow[], byGap: number | null): Record<ColumnKey, number | null> {
  const best = ({ key, better }: Column): number | null => {
    if (key === 'gap') return byGap;
    const sound = rows.filter((row) => Number.isFinite(row[key]) && Number.isFinite(row.silhouette));
    const sign = better === 'high' ? 1 : -1;
    return sound.reduce<SweepRow | null>((one, other) => (one === null || sign * other[key]! > sign * one[key]! ? other : one), null)?.k ?? null;
  };
  return Object.fromEntries(COLUMNS.map((column) => [column.key, best(column)])) as Record<ColumnKey, number | null>;
}

export const CHART = { width: 150, height: 64, margin: 8 } as const;

export interface MiniChart {
  /** Path of the line. */
  path: string;
  points: { k: number; x: number; y: number }[];
  /** Least and greatest value, for the axis. */
  low: number;
  high: number;
}

/** A column over K, in the units of {@link CHART}; null without a finite value. */
export function miniChart(rows: readonly SweepRow[], key: ColumnKey): MiniChart | null {
  const sound = rows.filter((row) => row[key] !== null && Number.isFinite(row[key]));
  if (sound.length === 0) return null;
  const values = sound.map((row) => row[key]!);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [rows[0].k, rows[rows.length - 1].k];
  const { width, height, margin } = CHART;
  const along = (value: number, from: number, to: number): number => (to === from ? 0.5 : (value - from) / (to - from));
  const points = sound.map((row) => ({
    k: row.k,
    x: margin + along(row.k, first, last) * (width - 2 * margin),
    y: height - margin - along(row[key]!, low, high) * (height - 2 * margin),
  }));
  return { path: `M${points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}`, points, low, high };
}
