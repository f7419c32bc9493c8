import { expect, test } from 'vitest';
import { smallSet } from '../../store/fixtures';
import { filledValues, firstAtLeast } from './filled';

test('fills gaps from the model and leaves what was observed, hidden or not', () => {
  const set = smallSet();
  const filled = filledValues(set, Uint32Array.of(0, 1, 4), Float32Array.of(70, 71, 72));
  expect(Array.from(filled.subarray(0, 5))).toEqual([70, 1, 2, 3, 72]);
});

test('what nobody knows is not a number', () => {
  expect(filledValues(smallSet(), null, null)[0]).toBeNaN();
});

test('finds the first that is not less', () => {
  const sorted = Uint32Array.of(2, 4, 4, 9);
  expect([0, 2, 3, 4, 9, 10].map((value) => firstAtLeast(sorted, value))).toEqual([0, 0, 1, 1, 3, 4]);
});
