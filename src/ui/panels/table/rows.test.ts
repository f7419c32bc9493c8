import { expect, test } from 'vitest';
import { smallSet } from '../../store/fixtures';
import { between, missingShares, tableRows, type TableView } from './rows';

const view = (change: Partial<TableView> = {}): TableView => ({
  set: { ...smallSet(), ids: ['s10', 's2', 's1', 'x3', 'x20', 'x1'] },
  assignments: Int32Array.of(1, 0, 1, 0, 2, 2),
  confidence: Float32Array.of(0.5, 0.9, 0.5, 0.1, 0.7, 0.3),
  sort: null,
  filter: '',
  only: null,
  ...change,
});

test('lists the series as in the file', () => {
  expect(tableRows(view())).toEqual([0, 1, 2, 3, 4, 5]);
});

test.each([
  ['id', [2, 1, 0, 5, 3, 4]],
  ['cluster', [1, 3, 0, 2, 4, 5]],
  ['confidence', [3, 5, 0, 2, 4, 1]],
  ['label', [0, 1, 2, 3, 4, 5]],
] as const)('sorts by %s, numbers within names by value, ties as in the file', (column, order) => {
  expect(tableRows(view({ sort: { column, descending: false } }))).toEqual(order);
});

test('sorts downwards, ties still as in the file', () => {
  expect(tableRows(view({ sort: { column: 'confidence', descending: true } }))).toEqual([1, 4, 0, 2, 5, 3]);
});

test('finds part of an id or a label in any case', () => {
  expect(tableRows(view({ filter: ' S1 ' }))).toEqual([0, 2]);
  expect(tableRows(view({ filter: 'Y' }))).toEqual([3, 4, 5]);
});

test('lists the selected only when asked', () => {
  expect(tableRows(view({ only: Uint8Array.of(0, 1, 0, 0, 1, 0) }))).toEqual([1, 4]);
});

test('sorting by what is not there yet keeps the order of the file', () => {
  expect(tableRows(view({ assignments: null, sort: { column: 'cluster', descending: true } }))).toEqual([0, 1, 2, 3, 4, 5]);
});

test('the missing share counts only the life of a series', () => {
  const set = { ...smallSet(), starts: Int32Array.of(1, 0, 0, 0, 0, 0) };
  expect([...missingShares(set)].slice(0, 2)).toEqual([0, 0.25]);
});

test('takes the rows between two places either way', () => {
  expect(between([5, 4, 3, 2], 2, 1)).toEqual([4, 3]);
});
