import { expect, test } from 'vitest';
import { worthDrawing } from './paint';

test('ten thousand values are drawn by what can be seen of them, peaks and gaps among it', () => {
  const values = Float64Array.from({ length: 10_000 }, (_, i) => Math.sin(i / 300));
  values[5003] = 50;
  values.fill(Number.NaN, 7000, 7100);
  const kept = worthDrawing(values, (at) => Math.floor(at / 50), 200);
  expect(kept.length).toBeLessThan(801);
  expect([kept.includes(5003), kept.includes(7050), kept[0], kept.at(-1)]).toEqual([true, true, 0, 9999]);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  expect(worthDrawing(values.subarray(0, 30), (at) => at, 200)).toHaveLength(30);
});
