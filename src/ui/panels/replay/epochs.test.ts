import { expect, test } from 'vitest';
import { placeOf, recordedEpochs, strideOf } from './epochs';

test('offers the epochs that kept their snapshot', () => {
  expect(recordedEpochs([{ epoch: 1, shot: {} }, { epoch: 2, shot: null }, { epoch: 5, shot: {} }])).toEqual([1, 5]);
});

test('stands at the last recorded epoch before the wanted one, and at the newest when live', () => {
  expect([null, 0, 1, 4, 5, 9].map((epoch) => placeOf([1, 5, 8], epoch))).toEqual([2, -1, 0, 0, 1, 2]);
  expect(placeOf([], null)).toBe(-1);
});

test('plays short runs epoch by epoch and long ones in strides', () => {
  expect([strideOf(20, 8), strideOf(80, 8), strideOf(800, 8)]).toEqual([1, 1, 10]);
});
