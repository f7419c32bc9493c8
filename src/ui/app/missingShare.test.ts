import { expect, it } from 'vitest';
import { missingShare } from './missingShare';

it('counts gaps within a series and nothing outside it', () => {
  const set = { d: 2, starts: Int32Array.of(0, 1), ends: Int32Array.of(3, 2) };
  expect(missingShare(set, 6)).toBeCloseTo(2 / 8, 12);
});

it('is 0 for no cells', () => {
  expect(missingShare({ d: 1, starts: new Int32Array(0), ends: new Int32Array(0) }, 0)).toBe(0);
});
