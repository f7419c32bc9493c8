import { expect, it } from 'vitest';
import { sparkline } from './sparkline';

it('breaks the curve at a gap and bridges it apart', () => {
  expect(sparkline([0, 1, null, 1, 0], 12, 12)).toEqual({
    observed: 'M2.0 10.0L4.0 2.0M8.0 2.0L10.0 10.0',
    gaps: 'M4.0 2.0L8.0 2.0',
  });
});

it('leaves a gap at an end open', () => {
  expect(sparkline([null, 0, 1, null], 11, 12).gaps).toBe('');
});
