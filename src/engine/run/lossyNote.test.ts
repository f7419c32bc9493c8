import { expect, it } from 'vitest';
import { lossyNote } from './lossyNote';

it('names each step that cannot be undone exactly, once', () => {
  const smooth = { step: 'smooth', options: {} } as const;
  expect(lossyNote([smooth, { step: 'detrend', options: {} }, smooth, { step: 'components', options: { count: 2 } }])).toMatch(/^Smooth, Principal components: cannot be undone exactly\./);
});

it('is silent where the way back is exact', () => {
  expect(lossyNote([{ step: 'difference', options: {} }, { step: 'deseasonalise', options: {} }])).toBeNull();
  expect(lossyNote()).toBeNull();
});
