import { expect, test } from 'vitest';
import { layers } from './paint';

const groups = Int32Array.of(1, 0, 1, -1, 0);
const told = (hidden: number[], selected: Uint8Array | null) => layers(groups, new Set(hidden), selected).map(({ group, chosen, series }) => [group, chosen, [...series]]);

test('draws the series by group, those of none first', () => {
  expect(told([], null)).toEqual([
    [-1, false, [3]],
    [0, false, [1, 4]],
    [1, false, [0, 2]],
  ]);
});

test('leaves out the groups that are hidden', () => {
  expect(told([1, -1], null)).toEqual([[0, false, [1, 4]]]);
});

test('draws what is selected over all that is not', () => {
  expect(told([], Uint8Array.of(0, 1, 1, 0, 0))).toEqual([
    [-1, false, [3]],
    [0, false, [4]],
    [1, false, [0]],
    [0, true, [1]],
    [1, true, [2]],
  ]);
});
