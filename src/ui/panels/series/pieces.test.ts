import { expect, test } from 'vitest';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import { firstAtLeast } from '../shared/firstAtLeast';
import { flagCells, piecesOf } from './pieces';

const hole = Number.NaN;

/** Two series of six steps and two variables; the second series lives from step 1 to 4. */
function set(): SeriesSet {
  const [n, t, d] = [2, 6, 2];
  const mask = new Uint8Array(n * t * d).fill(1);
  const values = Float64Array.from({ length: n * t * d }, (_, at) => at);
  for (const cell of [4, 6, 10]) mask[cell] = values[cell] = 0;
  return {
    name: '',
    n,
    t,
    d,
    values,
    mask,
    starts: Int32Array.of(0, 1),
    ends: Int32Array.of(6, 5),
    ids: ['a', 'b'],
    variables: ['u', 'v'],
    time: { kind: 'number', name: '', values: Float64Array.of(0, 10, 20, 30, 40, 50), texts: [] },
    labels: null,
    split: null,
  };
}

test('the observed line has a hole at each gap, and gaps are shaded half a step beyond', () => {
  const { observed, gaps, imputed } = piecesOf(set(), 0, 0, null, firstAtLeast);
  expect([...observed.y]).toEqual([0, 2, hole, hole, 8, hole]);
  expect(gaps).toEqual([
    { from: 15, to: 35 },
    { from: 45, to: 55 },
  ]);
  expect(imputed.x).toEqual([]);
});

test('takes the other variable and keeps to the life of the series', () => {
  expect([...piecesOf(set(), 0, 1, null, firstAtLeast).observed.y]).toEqual([1, 3, 5, 7, 9, 11]);
  const { observed } = piecesOf(set(), 1, 0, null, firstAtLeast);
  expect([[...observed.x], [...observed.y]]).toEqual([
    [10, 20, 30, 40],
    [14, 16, 18, 20],
  ]);
});

test('leads the imputed stretches from and to their neighbours and parts them', () => {
  const filling = { gaps: Uint32Array.of(4, 6, 10), imputed: Float64Array.of(100, 101, 102), hidden: flagCells(24, new Uint32Array(0)) };
  const { imputed } = piecesOf(set(), 0, 0, filling, firstAtLeast);
  expect(imputed.x).toEqual([10, 20, 30, 40, 40, 40, 50]);
  expect(imputed.y).toEqual([2, 100, 101, 8, hole, 8, 102]);
});

test('a hidden cell shows its true value apart, its estimate on the imputed line, and no shade', () => {
  const filling = { gaps: Uint32Array.of(2, 4, 6, 10), imputed: Float64Array.of(50, 100, 101, 102), hidden: flagCells(24, Uint32Array.of(2)) };
  const { observed, hidden, imputed, gaps } = piecesOf(set(), 0, 0, filling, firstAtLeast);
  expect([...observed.y]).toEqual([0, hole, hole, hole, 8, hole]);
  expect(hidden).toEqual({ x: [10], y: [2] });
  expect(imputed.y.slice(0, 5)).toEqual([0, 50, 100, 101, 8]);
  expect(gaps).toHaveLength(2);
});

test('the extent is that of the known values, hidden ones too', () => {
  const filling = { gaps: Uint32Array.of(4, 6, 8, 10), imputed: new Float64Array(4).fill(1e6), hidden: flagCells(24, Uint32Array.of(8)) };
  const { low, high } = piecesOf(set(), 0, 0, filling, firstAtLeast);
  expect([low, high]).toEqual([0, 8]);
});
