import { expect, test } from 'vitest';
import { methodEntry } from '../../../core/catalog';
import { changedWeights } from './changedWeights';

const { options } = methodEntry('crli');

test('tells what each change changed, and only that', () => {
  const start = { lambda: 0.001, predictionWeight: 1, hiddenUnits: 50 };
  const changes: { epoch: number; options: Record<string, number> }[] = [
    { epoch: 3, options: { lambda: 1, predictionWeight: 1 } },
    { epoch: 5, options: { lambda: 0.001 } },
  ];
  expect(changedWeights(start, changes, options)).toEqual([
    { epoch: 3, text: 'λ 0.001 → 1' },
    { epoch: 5, text: 'λ 1 → 0.001' },
  ]);
});

test('tells the new value where the old one is no longer known', () => {
  expect(changedWeights({ lambda: 1 }, [{ epoch: 3, options: { lambda: 1 } }], options)[0].text).toBe('λ 1');
});
