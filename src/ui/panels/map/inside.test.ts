import { expect, test } from 'vitest';
import { inside } from './inside';

const map = Float32Array.of(0, 0, 2, 2, 5, 5, 3, 1, Number.NaN, 1);
const all = () => true;

test('finds the points within a lasso that is not convex', () => {
  expect(inside(map, [-1, 4, 4, 2.5, -1], [-1, -1, 4, 0, 4], all)).toEqual([0, 3]);
});

test('finds the points within a rectangle, whichever corner came first', () => {
  expect(inside(map, [4, -1, -1, 4], [3, 3, -1, -1], all)).toEqual([0, 1, 3]);
});

test('leaves out what is not counted, and finds nothing without an area', () => {
  expect(inside(map, [4, -1, -1, 4], [3, 3, -1, -1], (i) => i !== 1)).toEqual([0, 3]);
  expect(inside(map, [], [], all)).toEqual([]);
});
