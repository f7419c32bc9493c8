import { expect, it } from 'vitest';
import { phaseOf } from './robustness';

const told = (epochs: number, misleading: string): string => Array.from({ length: epochs }, (_, i) => phaseOf(i + 1, epochs, misleading).f[0]).join('');

it('has three parts: as usual, with a frozen misleading F, and with F made anew', () => {
  expect(told(9, 'withoutReconstruction')).toBe('uuusffruu');
  expect(told(10, 'withoutClassification')).toBe('uuusffruuu');
  expect(told(6, 'none')).toBe('uuuuuu');
});

it('switches one loss off in the middle part only', () => {
  const off = (epoch: number, misleading: string): string | null => phaseOf(epoch, 9, misleading).off;
  expect([3, 4, 6, 7].map((epoch) => off(epoch, 'withoutReconstruction'))).toEqual([null, 'reconstructionWeight', 'reconstructionWeight', null]);
  expect(off(5, 'withoutClassification')).toBe('classificationWeight');
});
