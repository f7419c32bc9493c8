import { expect, test } from 'vitest';
import type { SweepRow } from '../../../core/metrics/sweep';
import { bests, miniChart } from './figure';

const row = (k: number, silhouette: number, daviesBouldin: number, stable: number): SweepRow => ({ k, inertia: 1, silhouette, daviesBouldin, gap: k / 10, gapError: 0.1, stabilitySeeds: stable, stabilityParts: stable });
const rows = [row(2, 0.3, 1.5, 0.9), row(3, 0.5, 0.7, 0.8), row(4, Number.NaN, Number.NaN, 1)];

test('marks the best of each column: high or low as it is good, the gap by its own rule, never a lone cluster', () => {
  expect(bests(rows, 3)).toEqual({ silhouette: 3, daviesBouldin: 3, gap: 3, stabilitySeeds: 2, stabilityParts: 2 });
  expect(bests(rows, null).gap).toBeNull();
  expect(bests([], null).silhouette).toBeNull();
});

test('draws a column over K from its least to its greatest value, gaps left out', () => {
  const chart = miniChart(rows, 'silhouette')!;
  expect(chart.points).toEqual([{ k: 2, x: 8, y: 56 }, { k: 3, x: 75, y: 8 }]);
  expect(chart).toMatchObject({ path: 'M8.0,56.0L75.0,8.0', low: 0.3, high: 0.5 });
  expect(miniChart([row(2, Number.NaN, 1, 1)], 'silhouette')).toBeNull();
});

test('puts a single row in the middle', () => {
  expect(miniChart([row(5, 0.2, 1, 1)], 'gap')!.points).toEqual([{ k: 5, x: 75, y: 32 }]);
});
