import { expect, it } from 'vitest';
import { missingShare } from './missingShare';

it('counts gaps within a series and nothing outside it', () => {
  const set = { d: 2, starts: Int32Array.of(0, 1), ends: Int32Array.of(3, 2), mask: Uint8Array.of(1, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0) };
  expect(missingShare(set)).toBeCloseTo(2 / 8, 12);
});

it('is 0 for no cells', () => {
  expect(missingShare({ d: 1, starts: new Int32Array(0), ends: new Int32Array(0), mask: new Uint8Array(0) })).toBe(0);
});
