import { expect, test } from 'vitest';
import { runCost } from './runCost';

test('counts the cells within the series and the updates of an epoch', () => {
  const set = { n: 3, d: 2, starts: Int32Array.of(0, 1, 0), ends: Int32Array.of(4, 4, 4) };
  expect(runCost(set, { options: { batchSize: 2 } })).toEqual({ cells: 22, updates: 2 });
});
