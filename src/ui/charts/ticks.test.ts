import { expect, test } from 'vitest';
import { dateTicks, linearTicks, logTicks, tickText, wholeStep } from './ticks';

const texts = (ticks: { text: string }[]) => ticks.map(({ text }) => text);

test('whole steps stand at whole epochs, few enough to read', () => {
  expect([wholeStep(0, 6), wholeStep(3, 6), wholeStep(9, 6), wholeStep(40, 6), wholeStep(100, 6), wholeStep(500, 6)]).toEqual([1, 1, 2, 10, 20, 100]);
});

test('a linear axis has round numbers, none beyond its ends', () => {
  expect(texts(linearTicks(-0.17, 3.6, 6))).toEqual(['0', '1', '2', '3']);
  expect(texts(linearTicks(-0.31, 0.12, 6))).toEqual(['−0.3', '−0.2', '−0.1', '0', '0.1']);
  expect(texts(linearTicks(0.0301, 0.0324, 6))).toEqual(['0.0305', '0.031', '0.0315', '0.032']);
  expect(texts(linearTicks(1, 2, 6, 1))).toEqual(['1', '2']);
});

test('a logarithmic axis has powers of ten, or 1, 2, 5 where those are few', () => {
  expect(texts(logTicks(-3.2, 0.5, 6))).toEqual(['0.001', '0.01', '0.1', '1']);
  expect(texts(logTicks(-1.3, 0.2, 6))).toEqual(['0.1', '0.2', '0.5', '1']);
  expect(texts(logTicks(Math.log10(0.61), Math.log10(0.66), 6))).toEqual(['0.61', '0.62', '0.63', '0.64', '0.65', '0.66']);
  expect(logTicks(-9, 3, 6).map(({ at }) => at)).toEqual([-8, -6, -4, -2, 0, 2]);
});

test('very small and very large numbers are told by their power', () => {
  expect([tickText(1e-7), tickText(-0.5), tickText(123456)]).toEqual(['1e−7', '−0.5', '123460']);
});

test.each([
  ['2020-01-03T05:10Z', '2020-01-03T22:00Z', ['06:00 Jan 3, 2020', '12:00', '18:00']],
  ['2020-01-30T00:00Z', '2020-02-02T00:00Z', ['Jan 30 2020', 'Jan 31', 'Feb 1', 'Feb 2']],
  ['2019-11-10T00:00Z', '2020-03-05T00:00Z', ['Dec 2019', 'Jan 2020', 'Feb', 'Mar']],
  ['1995-06-01T00:00Z', '2021-03-05T00:00Z', ['2000', '2010', '2020']],
  ['2020-01-01T00:00:01Z', '2020-01-01T00:00:09Z', ['00:00:02 Jan 1, 2020', '00:00:04', '00:00:06', '00:00:08']],
])('a time axis from %s to %s has round times, the date below where it changes', (from, to, told) => {
  expect(dateTicks(Date.parse(from), Date.parse(to), 4, 'en').map(({ text, below }) => `${text} ${below}`.trim())).toEqual(told);
});

test('times of a day bear no date', () => {
  expect(dateTicks(0, 9 * 36e5, 4, 'en', false).map(({ text, below }) => text + below)).toEqual(['00:00', '03:00', '06:00', '09:00']);
});
