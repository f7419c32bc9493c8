import { expect, test } from 'vitest';
import { threeDigits, told } from './told';

test('writes a dash for what is no finite number', () => {
  expect([undefined, Number.NaN, Infinity, 0.25].map((value) => told(value, String))).toEqual(['–', '–', '–', '0.25']);
});

test('writes no minus before nothing', () => {
  expect([-0.0001, -0.002, 1].map(threeDigits)).toEqual(['0.000', '-0.002', '1.000']);
});
