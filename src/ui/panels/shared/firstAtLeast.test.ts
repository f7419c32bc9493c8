import { expect, test } from 'vitest';
import { firstAtLeast } from './firstAtLeast';

test('finds the first that is not less', () => {
  const sorted = Uint32Array.of(2, 4, 4, 9);
  expect([0, 2, 3, 4, 9, 10].map((value) => firstAtLeast(sorted, value))).toEqual([0, 0, 1, 1, 3, 4]);
});
