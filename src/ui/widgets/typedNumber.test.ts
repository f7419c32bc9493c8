import { expect, it } from 'vitest';
import { typedNumber } from './typedNumber';

it.each([['1,000', 1000], ['1.000', 1000], ['12 500', 12500], ['1,000,000', 1e6], ['600', 600], [' 7 ', 7], ['-1,000', -1000], ['1,5', 1.5], ['10,00', 10]])('reads %s in a field for whole numbers', (text, number) => expect(typedNumber(text, true)).toBe(number));
it.each([['0,005', 0.005], ['1,000', 1], ['1e-3', 0.001], ['0.5', 0.5]])('reads %s in a field for any number', (text, number) => expect(typedNumber(text, false)).toBe(number));
it.each(['', ' ', 'abc', '1,00,0', '1;2'])('finds no number in %j', (text) => expect(typedNumber(text, true)).toBeNaN());
