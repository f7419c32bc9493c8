import { expect, test } from 'vitest';
import { PLAIN_THEME } from '../../charts/theme';
import { groupColour, groupSymbol } from '../../charts/colours';
import { blankFigure, mapFigure, type MapView } from './figure';

const place = { width: 400, height: 300, theme: PLAIN_THEME };

function view(change: Partial<MapView> = {}): MapView {
  return {
    map: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    groups: Int32Array.of(0, 1, 0, -1, 1),
    count: 3,
    hidden: new Set(),
    selected: null,
    ranges: { x: [-1, 9], y: [0, 10] },
    pan: false,
    webgl: true,
    ...change,
  };
}

interface Dots {
  uid: string;
  type: string;
  x: Float32Array;
  y: Float32Array;
  selectedpoints?: number[];
  marker: { color: string; symbol: string };
}
const traces = (change: Partial<MapView> = {}) => mapFigure(view(change), place).data as unknown as Dots[];

test('draws each group that has members as one trace in its own colour and shape', () => {
  expect(traces().map(({ uid, x, y }) => ({ uid, x: [...x], y: [...y] }))).toEqual([
    { uid: 'group-1', x: [6], y: [7] },
    { uid: 'group0', x: [0, 4], y: [1, 5] },
    { uid: 'group1', x: [2, 8], y: [3, 9] },
  ]);
  expect(traces()[2].marker).toMatchObject({ color: groupColour(1, 'light'), symbol: groupSymbol(1) });
});

test('says which series each point is, also when a group is hidden', () => {
  expect(mapFigure(view(), place).members.map((part) => [...part])).toEqual([[3], [0, 2], [1, 4]]);
  expect(mapFigure(view({ hidden: new Set([0]) }), place).members.map((part) => [...part])).toEqual([[3], [1, 4]]);
});

test('fades what is not selected, and all of a group that has nothing selected', () => {
  const selected = Uint8Array.of(0, 0, 1, 0, 0);
  expect(traces({ selected }).map(({ selectedpoints }) => selectedpoints)).toEqual([[], [1], []]);
  expect(traces().every(({ selectedpoints }) => selectedpoints === undefined)).toBe(true);
});

test('the axes bear no numbers and stand where they are told', () => {
  const { xaxis, yaxis } = mapFigure(view(), place).layout;
  expect([xaxis?.visible, yaxis?.visible]).toEqual([false, false]);
  expect(xaxis?.range).toEqual([-1, 9]);
});

test('draws without WebGL where there is none', () => {
  expect(traces({ webgl: false })[0].type).toBe('scatter');
});

test('the blank map has its one point out of sight', () => {
  const { data, layout } = blankFigure(true, place);
  const [x] = (data[0] as unknown as Dots).x;
  expect(x).toBeGreaterThan(layout.xaxis?.range?.[1] as number);
});
