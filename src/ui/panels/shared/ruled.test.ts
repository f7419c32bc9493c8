import { expect, test } from 'vitest';
import { runStart, smallSet } from '../../store/fixtures';
import { ruledSet } from './ruled';

test('a cell that the run fills, and that was not hidden, is a gap', () => {
  const set = smallSet();
  const start = { ...runStart(), gaps: Uint32Array.of(0, 1, 2), hidden: Uint32Array.of(2) };
  const ruled = ruledSet(set, start);
  expect([...set.mask.subarray(0, 3)]).toEqual([0, 1, 1]);
  expect([...ruled.mask.subarray(0, 3)]).toEqual([0, 0, 1]);
  expect(ruledSet(set, start)).toBe(ruled);
});

test('without such cells, and before a run, it is the set itself', () => {
  const set = smallSet();
  expect(ruledSet(set, null)).toBe(set);
  expect(ruledSet(set, { ...runStart(), gaps: Uint32Array.of(0, 2), hidden: Uint32Array.of(2) })).toBe(set);
});
