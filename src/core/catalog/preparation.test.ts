import { expect, test } from 'vitest';
import { preparations, shapeAfter, stepOptions, type PreparationId } from './preparation';

const defaultOf = (id: PreparationId, key: string, shape: { t: number; d: number }) => stepOptions(id, shape)[key].default;

test('a step is offered with options that the series are long enough for', () => {
  expect([defaultOf('resample', 'length', { t: 24, d: 1 }), defaultOf('resample', 'length', { t: 500, d: 1 })]).toEqual([12, 64]);
  expect([defaultOf('components', 'count', { t: 24, d: 1 }), defaultOf('components', 'count', { t: 24, d: 6 })]).toEqual([1, 2]);
  expect(defaultOf('deseasonalise', 'period', { t: 10, d: 1 })).toBe(5);
});

test('of long series with many variables every default stays as it is', () => {
  for (const id of Object.keys(preparations) as PreparationId[]) expect(stepOptions(id, { t: 1000, d: 9 })).toEqual(preparations[id].options);
});

test('a step that follows another sees the shape it leaves', () => {
  const shape = shapeAfter(shapeAfter({ n: 3, t: 100, d: 5 }, { step: 'resample', options: { by: 'means', length: 20 } }), { step: 'components', options: { count: 1 } });
  expect(shape).toEqual({ n: 3, t: 20, d: 1 });
  expect(shapeAfter(shape, { step: 'detrend', options: {} })).toBe(shape);
});
