import { expect, test } from 'vitest';
import { bandPath, cardFigure, commonSpan, linePath } from './figure';

const span = { low: 0, high: 9 };
const hole = Number.NaN;

test('draws a line from the left to the right, high values at the top', () => {
  expect(linePath(Float32Array.of(0, 9, 0), span)).toBe('M0.0,90.0L100.0,0.0L200.0,90.0');
});

test('never joins over a hole, and shows a value that stands alone', () => {
  expect(linePath(Float32Array.of(0, 0, hole, 9, hole), span)).toBe('M0.0,90.0L50.0,90.0M150.0,0.0h1');
  expect(linePath(Float32Array.of(hole, hole), span)).toBe('');
});

test('draws the band in one piece for each stretch', () => {
  expect(bandPath(Float32Array.of(0, hole, 0), Float32Array.of(9, hole, 9), span)).toBe('M0.0,0.0L0.0,90.0ZM200.0,0.0L200.0,90.0Z');
});

test('all cards share a span that holds bands and medoids', () => {
  const curves = Float32Array.of(-4, 1, 0, 0);
  const summary = { cluster: 0, size: 2, low: Float32Array.of(0, hole), median: Float32Array.of(1, hole), high: Float32Array.of(6, hole), medoid: 0, members: [1] };
  const { low, high } = commonSpan([summary], curves, 2);
  expect([low, high]).toEqual([-4.4, 6.4]);
  expect(cardFigure(summary, curves, 2, { low, high })).toMatchObject({ medoid: linePath(Float32Array.of(-4, 1), { low, high }), members: [linePath(Float32Array.of(0, 0), { low, high })] });
});

test('a span without values is still a span', () => {
  expect(commonSpan([], new Float32Array(0), 1)).toEqual({ low: 0, high: 1 });
});
