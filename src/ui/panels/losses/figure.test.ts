import { expect, test } from 'vitest';
import { type LossesView, lossesFigure, nearestEpoch } from './figure';

const terms = [
  { key: 'a', label: 'A', symbol: 'L_a', doc: '', ko: { label: 'A', doc: '' } },
  { key: 'b', label: 'B', symbol: 'L_b', doc: '', ko: { label: 'B', doc: '' } },
];

function figure(change: Partial<LossesView> = {}) {
  const history = [
    { epoch: 1, losses: { a: 4, b: 1 } },
    { epoch: 2, losses: { a: 2, b: -1 } },
    { epoch: 3, losses: null },
    { epoch: 4, losses: { a: 1, b: 0 } },
  ];
  return lossesFigure({ history, terms, hidden: new Set(), log: false, zoom: null, ...change }, { width: 400, scheme: 'light' });
}
const lines = (change: Partial<LossesView> = {}) => figure(change)?.lines.map(({ key, values }) => ({ key, values: [...values] }));

test('draws one line for each term over the epochs that have losses', () => {
  expect([...(figure()?.epochs ?? [])]).toEqual([1, 2, 4]);
  expect(lines()).toEqual([
    { key: 'a', values: [4, 2, 1] },
    { key: 'b', values: [1, -1, 0] },
  ]);
});

test('a logarithmic axis leaves out what has no logarithm', () => {
  expect(lines({ log: true })?.[1].values).toEqual([0, Number.NaN, Number.NaN]);
});

test('a term that the run does not report is a gap, not a zero', () => {
  expect(lines({ history: [{ epoch: 1, losses: { a: 3 } }] })?.[1].values).toEqual([Number.NaN]);
});

test('leaves out the terms that were switched off', () => {
  expect(lines({ hidden: new Set(['a']) })?.map(({ key }) => key)).toEqual(['b']);
});

test('all values lie within the axis; zoomed in, those of the epochs in view', () => {
  const { y } = figure() ?? { y: { low: 0, high: 0 } };
  expect([y.low < -1 && y.low > -2, y.high > 4 && y.high < 5]).toEqual([true, true]);
  const zoomed = figure({ zoom: [2, 4] });
  expect([zoomed?.x.low, zoomed?.x.high]).toEqual([2, 4]);
  expect(zoomed?.y.high).toBeLessThan(3);
});

test('a constant loss and one epoch have an axis too', () => {
  const flat = figure({ history: [{ epoch: 1, losses: { a: 2, b: 2 } }] });
  expect(flat && flat.y.low < 2 && flat.y.high > 2 && flat.x.low < flat.x.high).toBe(true);
});

test('shows nothing before the first epoch', () => {
  expect(figure({ history: [] })).toBeNull();
});

test('finds the epoch nearest to the pointer', () => {
  const epochs = Float64Array.of(1, 2, 4, 8);
  expect([-3, 1.4, 2.9, 3.1, 99].map((epoch) => epochs[nearestEpoch(epochs, epoch)])).toEqual([1, 1, 2, 4, 8]);
  expect(nearestEpoch(Float64Array.of(5), 1)).toBe(0);
});
