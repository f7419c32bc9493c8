import { expect, it } from 'vitest';
import { phaseOf, type Phase } from './robustness';

/** The phases of the epochs after `from`, of a run that was in the third `before` there. */
function phases(epochs: number, misleading: string, from = 0, before = 0): Phase[] {
  const all: Phase[] = [];
  for (let epoch = from + 1; epoch <= epochs; epoch++) all.push(phaseOf(epoch, epochs, misleading, all.at(-1)?.third ?? before));
  return all;
}

const told = (...of: Parameters<typeof phases>): string => phases(...of).map(({ f }) => f[0]).join('');

it('has three parts: as usual, with a frozen misleading F, and with F made anew', () => {
  expect(told(9, 'withoutReconstruction')).toBe('uuusffruu');
  expect(told(10, 'withoutClassification')).toBe('uuusffruuu');
  expect(told(6, 'none')).toBe('uuuuuu');
});

it('switches one loss off in the middle part only', () => {
  const off = (epoch: number, misleading: string): string | null => phases(9, misleading)[epoch - 1].off;
  expect([3, 4, 6, 7].map((epoch) => off(epoch, 'withoutReconstruction'))).toEqual([null, 'reconstructionWeight', 'reconstructionWeight', null]);
  expect(off(5, 'withoutClassification')).toBe('classificationWeight');
});

it('goes on with other epochs where it was: F is shuffled once, and no part comes back', () => {
  expect(told(12, 'withoutReconstruction', 5, 0)).toBe('sffruuu'); // 5 of 18
  expect(told(18, 'withoutReconstruction', 5, 1)).toBe('fffffffruuuuu'); // 5 of 9
  expect(told(18, 'withoutReconstruction', 9, 2)).toBe('uuuuuuuuu'); // 9 of 9
  expect(told(9, 'withoutReconstruction', 7, 1)).toBe('ru'); // 7 of 18
});
