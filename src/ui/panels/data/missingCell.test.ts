import { expect, it } from 'vitest';
import { missingCell } from './missingCell';

const missing = missingCell({ missingMarks: ['', 'NA'], sentinels: [-999, -0.5], decimal: ',' });

it('knows the marks in any case, and the confirmed numbers however they are written', () => {
  expect(['', ' na ', '-999', '-999,0', '-0,5'].map(missing)).toEqual([true, true, true, true, true]);
});

it('leaves other numbers and texts alone', () => {
  expect(['0', '999', '-99', 'x'].map(missing)).toEqual([false, false, false, false]);
});
