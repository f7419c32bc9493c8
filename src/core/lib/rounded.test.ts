import { describe, expect, it } from 'vitest';
import { Random } from './random';
import { rounded } from './rounded';

describe('rounded', () => {
  it.each([
    [1 / 3, 4e-8, 0.3333333],
    [101325.3699999, 2e-6, 101325.37],
    [-0.0000001, 1e-3, 0],
    [123456789, 40, 123456800],
    [1.23456789e-30, 4e-37, 1.234568e-30],
    [1.23456789e30, 4e23, 1.234568e30],
    [0.1 + 0.2, 0, 0.1 + 0.2],
    [1e300, 1e-7, 1e300],
    [Number.NaN, 1, Number.NaN],
  ])('%d, unsure by %d, is %d', (value, error, expected) => {
    expect(rounded(value, error)).toBe(expected);
  });

  it('gives decimals back that an error has blurred', () => {
    const random = new Random(1);
    for (let k = 0; k < 2000; k++) {
      const [digits, exponent] = [random.integer(1e6) - 5e5, random.integer(50) - 25];
      const exact = Number(`${digits}e${exponent}`);
      const error = Number(`1e${exponent - 1}`) * (0.05 + 4.9 * random.uniform());
      expect(rounded(exact + error * (2 * random.uniform() - 1), error)).toBe(exact);
    }
  });
});
