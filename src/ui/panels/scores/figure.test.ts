import { expect, test } from 'vitest';
import { errorSpark, fillingRows, scoreRows, sparkPath } from './figure';

const metrics = { n: 10, randIndex: 0.8, adjustedRandIndex: -0.1, normalizedMutualInformation: 0.5, accuracy: 0.7, purity: 0.75, allInOneRandIndex: 0.33 };
const pair = (rmse: number) => ({ rmse, mae: rmse / 2 });
const imputation = { hidden: 5, asked: 0.1, achieved: 0.1, ...pair(0.4), columnMean: pair(0.8), linear: pair(0.6), perVariable: [] };

test('puts the floor beside the Rand index alone', () => {
  expect(scoreRows(metrics, []).map(({ key, value, floor }) => [key, value, floor])).toEqual([
    ['randIndex', 0.8, 0.33],
    ['adjustedRandIndex', -0.1, null],
    ['normalizedMutualInformation', 0.5, null],
    ['accuracy', 0.7, null],
    ['purity', 0.75, null],
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
