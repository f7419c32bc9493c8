import { expect, test } from 'vitest';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import { PLAIN_THEME } from '../../charts/theme';
import { seriesFigure, type SeriesView } from './figure';
import { flagCells } from './pieces';

const place = { width: 500, height: 300, theme: PLAIN_THEME };
const words = { observed: 'observed', imputed: 'imputed', hidden: 'hidden', relevance: 'relevance', axis: 'step' };
const HOSTILE = '<span style="background-image:url(http://canary/x)">a</span>&lt;b&gt;';

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
  const filling = { gaps: Uint32Array.of(2, 5), imputed: Float32Array.of(3, 6.5), hidden: flagCells(8, Uint32Array.of(5)) };
  const rows = [0, 1].map((series) => ({ series, variable: 0, title: set().ids[series], colour: '#123456' }));
  const made = seriesFigure({ set: set(), rows, filling, words, ...change }, place);
  if (made === null) throw new Error('no figure');
  return made;
}

test('stacks the rows on one time axis, the first at the top', () => {
  const { layout, data, rowOf } = figure();
  const domains = layout as unknown as { yaxis: { domain: number[] }; yaxis2: { domain: number[] } };
  expect(domains.yaxis.domain[0]).toBe(0.5);
  expect(domains.yaxis2.domain[1]).toBeLessThan(0.5);
  expect(domains.yaxis2.domain[0]).toBe(0);
  expect(data.map((trace, at) => [trace.name, rowOf[at]])).toEqual([
    [undefined, 0],
    ['imputed', 0],
    ['observed', 0],
    ['observed', 0],
    ['imputed', 1],
    ['observed', 1],
    ['observed', 1],
    ['hidden', 1],
  ]);
});

test('an area at the foot of a row shows which steps speak for its cluster', () => {
  const [first] = figure({ relevance: Float32Array.of(0, 1, 0.5, 0, 0, 0, 0, 1) }).data as unknown as { name: string; x: number[]; y: number[]; fillcolor: string }[];
  expect(first.name).toBe('relevance');
  expect(first.fillcolor).toBe('#12345633');
  expect(first.x).toEqual([0, 1, 2, 3, 3, 2, 1, 0]);
  expect(first.y.indexOf(Math.max(...first.y))).toBe(1);
});

test('observed values are solid, imputed dashed in the colour of the cluster, hidden ones hollow', () => {
  const [, imputed, observed, , , , , hidden] = figure().data as unknown as { line: { dash?: string; color: string }; marker: { symbol: string } }[];
  expect(imputed.line).toMatchObject({ dash: '4px,3px', color: '#123456' });
  expect(observed.line.dash).toBeUndefined();
  expect(hidden.marker.symbol).toBe('circle-open');
});

test('a wild imputed value does not squash the known ones', () => {
  const filling = { gaps: Uint32Array.of(2), imputed: Float32Array.of(1e6), hidden: flagCells(8, new Uint32Array(0)) };
  const { layout } = figure({ filling });
  expect(layout.yaxis?.range?.[1]).toBeLessThan(7);
});

test('text from the file comes out as text', () => {
  const hostile = set({ time: { kind: 'index', name: HOSTILE, values: Float64Array.of(0, 1, 2, 3), texts: [HOSTILE, HOSTILE, '2', '3'] } });
  const { layout } = figure({ set: hostile, words: { ...words, axis: HOSTILE }, rows: [{ series: 0, variable: 0, title: HOSTILE, colour: '#123456' }] });
  const shown = [layout.annotations?.[0].text, (layout.xaxis as { title: { text: string } }).title.text, ...((layout.xaxis?.ticktext as string[] | undefined) ?? [])];
  expect(shown.length).toBeGreaterThan(3);
  for (const text of shown) expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
});

test('dates stand on a date axis', () => {
  const dated = set({ time: { kind: 'date', name: 'day', values: Float64Array.of(0, 864e5, 1728e5, 2592e5), texts: [] } });
  expect(figure({ set: dated }).layout.xaxis?.type).toBe('date');
});

test('times without a date are told without one', () => {
  const hours = set({ time: { kind: 'date', name: 'hour', values: Float64Array.of(0, 36e5, 72e5, 108e5), texts: [] } });
  expect(figure({ set: hours }).layout.xaxis?.tickformat).toBe('%H:%M');
});

test('a value between two gaps has a mark, as no line leads to it', () => {
  const t = 400;
  const mask = new Uint8Array(t).fill(1);
  mask[9] = mask[11] = 0;
  const long = set({ n: 1, t, values: new Float64Array(t), mask, ends: Int32Array.of(t), time: { kind: 'index', name: '', values: Float64Array.from({ length: t }, (_, at) => at), texts: Array.from({ length: t }, (_, at) => String(at)) } });
  const { data } = figure({ set: long, filling: null, rows: [{ series: 0, variable: 0, title: '', colour: '#000' }] });
  const marks = (data as unknown as { mode: string; x: number[] }[]).filter((trace) => trace.mode === 'markers');
  expect(marks.map(({ x }) => x)).toEqual([[10]]);
});

test('shows nothing without rows', () => {
  expect(seriesFigure({ set: set(), rows: [], filling: null, words }, place)).toBeNull();
});
