import { expect, test } from 'vitest';
import { smallSet } from '../../store/fixtures';
import { cellCounts, listed } from './rows';

test('lists the selection when there is one, else all', () => {
  expect(listed(4, [], 'inFile', null)).toEqual([0, 1, 2, 3]);
  expect(listed(4, [1, 3], 'inFile', null)).toEqual([1, 3]);
});

test('puts the least certain first, ties as in the file', () => {
  expect(listed(4, [], 'leastCertain', Float32Array.of(0.9, 0.2, 0.9, 0.1))).toEqual([3, 1, 0, 2]);
  expect(listed(4, [], 'leastCertain', null)).toEqual([0, 1, 2, 3]);
});

test('leaves the selection as it was', () => {
  const selection = Object.freeze([0, 1]);
  listed(2, selection, 'leastCertain', Float32Array.of(1, 0));
  expect(selection).toEqual([0, 1]);
});

test('counts the cells of a series', () => {
  expect(cellCounts(smallSet(), 2)).toEqual({ observed: 3, missing: 1 });
});
