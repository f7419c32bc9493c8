import { expect, test } from 'vitest';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import { seriesFigure, type SeriesView, shortened, timeText, valuesAt } from './figure';
import { flagCells } from './pieces';


function set(change: Partial<SeriesSet> = {}): SeriesSet {
  return {
    name: '',
    n: 2,
    t: 4,
    d: 1,
    values: Float64Array.of(1, 2, 0, 4, 5, 6, 7, 8),
    mask: Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 1),
    starts: Int32Array.of(0, 0),
    ends: Int32Array.of(4, 4),
    ids: ['a', 'b'],
    variables: ['u'],
    time: { kind: 'index', name: 'step', values: Float64Array.of(0, 1, 2, 3), texts: ['0', '1', '2', '3'] },
    labels: null,
    split: null,
    ...change,
  };
}

function figure(change: Partial<SeriesView> = {}) {
  const filling = { gaps: Uint32Array.of(2, 5), imputed: Float64Array.of(3, 6.5), hidden: flagCells(8, Uint32Array.of(5)) };
  const rows = [0, 1].map((series) => ({ series, variable: 0, title: set().ids[series], colour: '#123456' }));
  const made = seriesFigure({ set: set(), rows, filling, zoom: null, locale: 'en', ...change }, { width: 500 });
  if (made === null) throw new Error('no figure');
  return made;
}

test('each row has a scale of its own, with round values that lie in it', () => {
  const [first, second] = figure().rows;
  expect([first.low < 1 && first.high > 4, second.low > 4 && second.high > 8]).toEqual([true, true]);
  expect(first.ticks.map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
});

test('tells what is known at a step: observed, or imputed with the true value that was hidden', () => {
  const [first, second] = figure().rows;
  expect([0, 1, 2, 3].map((step) => valuesAt(first, step))).toEqual([[{ kind: 'observed', value: 1 }], [{ kind: 'observed', value: 2 }], [{ kind: 'imputed', value: 3 }], [{ kind: 'observed', value: 4 }]]);
  expect(valuesAt(second, 1)).toEqual([
    { kind: 'imputed', value: 6.5 },
    { kind: 'hidden', value: 6 },
  ]);
  expect(valuesAt(figure({ filling: null }).rows[0], 2)).toEqual([]);
});

test('each row has the steps that speak for its cluster, where the method tells', () => {
  expect(figure().rows[0].relevance).toBeNull();
  expect([...(figure({ relevance: Float32Array.of(0, 1, 0.5, 0, 0, 0, 0, 0.25) }).rows[1].relevance ?? [])]).toEqual([0, 0, 0, 0.25]);
});

test('a wild imputed value does not squash the known ones', () => {
  const filling = { gaps: Uint32Array.of(2), imputed: Float64Array.of(1e6), hidden: flagCells(8, new Uint32Array(0)) };
  expect(figure({ filling }).rows[0].high).toBeLessThan(7);
});

test('names of steps are told as the file has them, cut where they are long', () => {
  const named = set({ time: { kind: 'index', name: 'step', values: Float64Array.of(0, 1, 2, 3), texts: ['<b>a</b>', 'a name of many letters', '2', '3'] } });
  expect(figure({ set: named }).x.ticks.map(({ text }) => text)).toEqual(['<b>a</b>', 'a name of man…', '2', '3']);
  expect(figure({ set: named, zoom: [1.5, 3.5] }).x.ticks.map(({ text }) => text)).toEqual(['2', '3']);
  expect(shortened('가나다라', 3)).toBe('가나…');
});

test('dates stand on a time axis, times of a day without a date', () => {
  const days = set({ time: { kind: 'date', name: 'day', values: Float64Array.of(0, 864e5, 1728e5, 2592e5), texts: [] } });
  expect(figure({ set: days }).x.ticks.map(({ text, below }) => `${text} ${below}`)).toEqual(['Jan 1 1970', 'Jan 2 ', 'Jan 3 ', 'Jan 4 ']);
  const hours = set({ time: { kind: 'date', name: 'hour', values: Float64Array.of(0, 36e5, 72e5, 108e5), texts: [] } });
  expect(figure({ set: hours }).x.ticks.map(({ text, below }) => `${text}${below}`)).toEqual(['00:00', '01:00', '02:00', '03:00']);
  expect([timeText(days.time, 1, 'en'), timeText(hours.time, 1, 'en'), timeText(set().time, 2, 'en')]).toEqual(['01/02/1970, 00:00', '01:00', '2']);
});

test('a value between two gaps has a mark, as no line leads to it', () => {
  const mask = new Uint8Array(8).fill(1);
  mask[0] = mask[2] = 0;
  expect(figure({ set: set({ mask }), filling: null }).rows.map(({ lone }) => lone)).toEqual([[1, 3], []]);
});

test('shows nothing without rows', () => {
  expect(seriesFigure({ set: set(), rows: [], filling: null, zoom: null, locale: 'en' }, { width: 500 })).toBeNull();
});
