import { expect, test } from 'vitest';
import { movedRanges, nearestPoint, planeOf, type Ranges, scaledRanges } from './plane';

const ranges: Ranges = { x: [-1, 1], y: [0, 10] };
const plane = planeOf(ranges, { width: 208, height: 108 });

test('the plane lies within the margins, with y upwards', () => {
  expect([plane.left(-1), plane.left(1), plane.top(10), plane.top(0)]).toEqual([4, 204, 4, 104]);
  expect([plane.x(plane.left(0.3)), plane.y(plane.top(7))]).toEqual([expect.closeTo(0.3), expect.closeTo(7)]);
});

test('zooming keeps the middle, moving keeps the width', () => {
  expect(scaledRanges(ranges, 0.5)).toEqual({ x: [-0.5, 0.5], y: [2.5, 7.5] });
  expect(movedRanges(ranges, 0.5, -1)).toEqual({ x: [-1.5, 0.5], y: [1, 11] });
});

test('finds the nearest point within reach among those that count', () => {
  const map = Float32Array.of(0, 5, 0.1, 5, Number.NaN, 5);
  const [left, top] = [plane.left(0.02), plane.top(5)];
  expect(nearestPoint(map, plane, left, top, 12, () => true)).toBe(0);
  expect(nearestPoint(map, plane, left, top, 12, (i) => i !== 0)).toBe(1);
  expect(nearestPoint(map, plane, left, top, 1, () => true)).toBeNull();
});
