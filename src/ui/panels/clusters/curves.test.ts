import { expect, test } from 'vitest';
import { finish } from '../../charts/testing';
import { knownSums, sampledCurves, sampleSteps } from './curves';

test('samples long series at evenly spread steps, ends included', () => {
  expect([...sampleSteps(5, 200)]).toEqual([0, 1, 2, 3, 4]);
  expect([...sampleSteps(1001, 3)]).toEqual([0, 500, 1000]);
  expect([...sampleSteps(1, 200)]).toEqual([0]);
});

/** Two series of two steps and two variables; the last cell is a gap that the model fills, the one before it nobody knows. */
const set = { n: 2, t: 2, d: 2, values: Float64Array.of(1, 10, 3, 30, 5, 50, 9, 9), mask: Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 0) };
const filling = { gaps: Uint32Array.of(1, 7), imputed: Float64Array.of(-99, 50) };
const curves = (variable: number, perSeries: boolean, steps = Int32Array.of(0, 1)): number[] => [...finish(sampledCurves(set, filling, variable, steps, perSeries ? finish(knownSums(set, variable)) : null))];

test('takes one variable: observed values, hidden ones too, and in the gaps those of the model', () => {
  expect(curves(1, false)).toEqual([10, 30, 50, 50]);
  expect(curves(0, false)).toEqual([1, 3, 5, Number.NaN]);
  expect(curves(1, false, Int32Array.of(1))).toEqual([30, 50]);
});

test('brings each series to mean 0 and deviation 1 when asked, over all its steps', () => {
  expect(curves(1, true)).toEqual([-1, 1, 0, 0]);
  expect(curves(0, true)).toEqual([-1, 1, 0, Number.NaN]);
  expect(curves(1, true, Int32Array.of(1))).toEqual([1, 0]);
});
