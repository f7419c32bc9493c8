import { expect, test } from 'vitest';
import { PLAIN_THEME } from '../../charts/theme';
import { type LossesView, lossesFigure, wholeStep } from './figure';

const place = { width: 400, height: 200, theme: PLAIN_THEME };
const terms = [
  { key: 'a', label: 'A', symbol: 'L_a', doc: '' },
  { key: 'b', label: 'B', symbol: 'L_b', doc: '' },
];

function view(change: Partial<LossesView> = {}): LossesView {
  return {
    history: [
      { epoch: 1, losses: { a: 4, b: 1 } },
      { epoch: 2, losses: { a: 2, b: -1 } },
      { epoch: 3, losses: null },
      { epoch: 4, losses: { a: 1, b: 0 } },
    ],
    terms,
    hidden: new Set(),
    log: false,
    shownEpoch: null,
    changes: [],
    axisTitle: 'epoch',
    ...change,
  };
}

const lines = (change: Partial<LossesView> = {}) =>
  (lossesFigure(view(change), place)?.data ?? []).map((trace) => ({ uid: trace.uid, x: [...(trace as { x: Float64Array }).x], y: [...(trace as { y: Float64Array }).y] }));

test('draws one line for each term over the epochs that have losses', () => {
  expect(lines()).toEqual([
    { uid: 'a', x: [1, 2, 4], y: [4, 2, 1] },
    { uid: 'b', x: [1, 2, 4], y: [1, -1, 0] },
  ]);
});

test('a logarithmic axis leaves out what has no logarithm', () => {
  expect(lossesFigure(view({ log: true }), place)?.layout.yaxis?.type).toBe('log');
  expect(lines({ log: true })[1].y).toEqual([1, Number.NaN, Number.NaN]);
});

test('a term that the run does not report is a gap, not a zero', () => {
  expect(lines({ history: [{ epoch: 1, losses: { a: 3 } }] })[1].y).toEqual([Number.NaN]);
});

test('leaves out the terms that were switched off', () => {
  expect(lines({ hidden: new Set(['a']) }).map(({ uid }) => uid)).toEqual(['b']);
});

test('marks the epoch in view, and where options changed', () => {
  const shapes = lossesFigure(view({ shownEpoch: 2, changes: [{ epoch: 1, text: 'λ 0.1' }] }), place)?.layout.shapes ?? [];
  expect(shapes.map(({ x0, line }) => [x0, line?.dash])).toEqual([
    [1, 'dot'],
    [2, 'solid'],
  ]);
  expect(lossesFigure(view(), place)?.layout.shapes).toEqual([]);
});

test('shows nothing before the first epoch', () => {
  expect(lossesFigure(view({ history: [] }), place)).toBeNull();
});

test('ticks stand at whole epochs, few enough to read', () => {
  expect([wholeStep(0, 6), wholeStep(3, 6), wholeStep(9, 6), wholeStep(40, 6), wholeStep(100, 6), wholeStep(500, 6)]).toEqual([1, 1, 2, 10, 20, 100]);
});

test('tells the newest change in words, on the side that has room', () => {
  const texts = (epochs: number[]) => lossesFigure(view({ changes: epochs.map((epoch) => ({ epoch, text: 'λ 1 → 2' })) }), place)?.layout.annotations?.map(({ text }) => text);
  expect(texts([1, 2])).toEqual(['▾', '▾ λ 1 → 2']);
  expect(texts([4])).toEqual(['λ 1 → 2 ▾']);
});
