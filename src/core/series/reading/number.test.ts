import { describe, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import { NumberReader, writeNumber } from './number';

const read = (text: string, decimal: '.' | ',' = '.'): number | string => {
  const reader = new NumberReader(decimal);
  return reader.read(text) ? reader.value : reader.problem;
};

describe('reading numbers', () => {
  it.each([['1', 1], ['-5', -5], ['+1.5', 1.5], ['.5', 0.5], ['5.', 5], ['1e3', 1000], ['1E-3', 0.001], ['007', 7], ['-0', -0], ['0e5', 0], ['1.7976931348623157e308', 1.7976931348623157e308], ['5e-324', 5e-324], ['9007199254740993', 9007199254740992]])('%s', (text, value) => {
    expect(Object.is(read(text), value)).toBe(true);
  });

  it.each([
    ['1e400', 'tooLarge'], ['-1e999', 'tooLarge'], ['1e-400', 'tooSmall'], ['0x10', 'otherBase'], ['0b1', 'otherBase'], ['inf', 'infinite'], ['-Infinity', 'infinite'], ['∞', 'infinite'],
    ['1,234', 'ambiguousComma'], ['1,5', 'otherDecimal'], ['12abc', 'notANumber'], ['1 2', 'notANumber'], ['--1', 'notANumber'], ['1e', 'notANumber'], ['1.2.3', 'notANumber'], ['e5', 'notANumber'], ['.', 'notANumber'], ['5%5', 'notANumber'], ['%', 'notANumber'], ['$', 'notANumber'], ['１２', 'notANumber'], ['1_000', 'notANumber'], ['1\u00002', 'notANumber'], ['1,23,456.7', 'notANumber'], ['1.0,0', 'notANumber'], ['(-5)', 'notANumber'], ['-5-', 'notANumber'], ['(5', 'notANumber'], ['()', 'notANumber'], ['5 kWh', 'notANumber'],
  ])('refuses %j as %s', (text, problem) => expect(read(text)).toBe(problem));

  it.each([['1,5', 1.5], ['-,5', -0.5], ['1.234,5', 1234.5], ['1.234.567', 1234567], ['2,5e-3', 0.0025], ['3', 3], ['1 234,5', 1234.5]])('%s with a decimal comma', (text, value) => expect(read(text, ',')).toBe(value));
  it.each([['1.5', 'otherDecimal'], ['1.234', 'ambiguousComma'], ['1,2,3', 'notANumber']])('refuses %s with a decimal comma', (text, problem) => expect(read(text, ',')).toBe(problem));

  it.each([['1,234.5', 1234.5], ['1,234,567', 1234567], ['-12\u00a0345', -12345], ["1'234'567.5", 1234567.5], ['\u22125', -5], ['5%', 5], ['12.5 %', 12.5], ['$1,234.50', 1234.5], ['-€ 3', -3], ['1 200 ₩', 1200]])('repairs %s and says so', (text, value) => {
    const reader = new NumberReader('.');
    expect(reader.read(text)).toBe(true);
    expect([reader.value, reader.repaired]).toEqual([value, true]);
  });
});

it('takes 12,345 for a number of five digits only when told that the comma groups thousands', () => {
  expect([new NumberReader('.', true).read('12,345'), new NumberReader(',', true).read('12.345'), new NumberReader('.', true).read('1,2345')]).toEqual([true, true, false]);
  const reader = new NumberReader('.', true);
  reader.read('-12,345');
  expect([reader.value, reader.repaired]).toEqual([-12345, true]);
});

it('writes the shortest decimal that reads back as the same double, under both marks', () => {
  const random = new Random(6);
  const bits = new DataView(new ArrayBuffer(8));
  for (let k = 0; k < 20_000; k++) {
    bits.setUint32(0, random.bits());
    bits.setUint32(4, random.bits());
    const value = bits.getFloat64(0);
    if (!Number.isFinite(value)) continue;
    for (const decimal of ['.', ','] as const) expect(Object.is(read(writeNumber(value, decimal), decimal), value)).toBe(true);
  }
});

it('reads short decimals as Number does, to the last bit', () => {
  const random = new Random(1);
  const reader = new NumberReader('.');
  const comma = new NumberReader(',');
  for (let draw = 0; draw < 20_000; draw++) {
    const digits = Array.from({ length: 1 + random.integer(15) }, () => random.integer(10)).join('');
    const at = random.integer(digits.length + 1);
    const text = ['', '-', '+'][random.integer(3)] + (random.integer(4) === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`);
    expect(reader.read(text)).toBe(true);
    expect(Object.is(reader.value, Number(text)), text).toBe(true);
    expect(comma.read(text.replace('.', ','))).toBe(true);
    expect(Object.is(comma.value, Number(text))).toBe(true);
  }
  for (const text of ['.', '-', '+.', '1.2.3', '1-2', '']) expect(reader.read(text), text).toBe(false);
});
