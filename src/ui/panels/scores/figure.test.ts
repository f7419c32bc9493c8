import { expect, test } from 'vitest';
import { errorSpark, fillingRows, scoreRows, silhouettePlot, sparkPath } from './figure';

const metrics = { n: 10, randIndex: 0.8, adjustedRandIndex: -0.1, normalizedMutualInformation: 0.5, accuracy: 0.7, purity: 0.75, allInOneRandIndex: 0.33, allInOneAccuracy: 0.4 };
const pair = (rmse: number) => ({ rmse, mae: rmse / 2 });
const imputation = { hidden: 5, asked: 0.1, achieved: 0.1, ...pair(0.4), columnMean: pair(0.8), linear: pair(0.6), perVariable: [] };

test('puts beside each score what all in one cluster would have', () => {
  expect(scoreRows(metrics, []).map(({ key, value, floor }) => [key, value, floor])).toEqual([
    ['randIndex', 0.8, 0.33],
    ['adjustedRandIndex', -0.1, 0],
    ['normalizedMutualInformation', 0.5, 0],
    ['accuracy', 0.7, 0.4],
    ['purity', 0.75, 0.4],
  ]);
});

test('draws the course of a score over the epochs that have it', () => {
  const shot = (randIndex: number) => ({ metrics: { ...metrics, randIndex }, imputation: null });
  const [first] = scoreRows(metrics, [{ epoch: 1, shot: shot(0) }, { epoch: 2, shot: null }, { epoch: 3, shot: shot(1) }]);
  expect(first.spark).toBe('M0.0,17.0L72.0,1.0');
});

test('compares the fillings by their share of the column mean', () => {
  expect(fillingRows({ model: pair(0.4), columnMean: pair(0.8), linear: pair(0.6) }).map(({ filling, ratio }) => [filling, ratio])).toEqual([
    ['model', 0.5],
    ['columnMean', 1],
    ['linear', expect.closeTo(0.75, 12)],
  ]);
});

test('the error falls from the top of its line', () => {
  const shot = (rmse: number) => ({ metrics: null, imputation: { ...imputation, rmse } });
  expect(errorSpark([{ epoch: 1, shot: shot(2) }, { epoch: 2, shot: shot(1) }])).toBe('M0.0,1.0L72.0,9.0');
});

test('a line needs two sound points', () => {
  expect(sparkPath([[1, 0.5], [2, Number.NaN]], { low: 0, high: 1 })).toBe('');
});

test('stacks the silhouettes of each cluster from the highest down, left of the axis where they are below 0', () => {
  const plot = silhouettePlot(Float32Array.of(0.5, -1, 1, 0), Int32Array.of(1, 0, 0, 1), { width: 200, height: 40 });
  expect(plot.clusters).toEqual([
    { cluster: 0, size: 2, mean: 0, path: 'M100.0,0.0H200.0V10.0H0.0V20.0H100.0Z' },
    { cluster: 1, size: 2, mean: 0.25, path: 'M100.0,20.0H150.0V30.0H100.0V40.0H100.0Z' },
  ]);
  expect(plot.zero).toBe(100);
  expect(plot.mean).toBe(112.5);
});

test('leaves series without a cluster out, and starts at 0 where nothing is below it', () => {
  const plot = silhouettePlot(Float32Array.of(0.5, Number.NaN), Int32Array.of(0, -1), { width: 100, height: 10 });
  expect(plot).toMatchObject({ zero: 0, mean: 50, clusters: [{ size: 1, path: 'M0.0,0.0H50.0V10.0H0.0Z' }] });
});
