/** Oracle: the scalers of scikit-learn, scripts/goldens/standardise.py; brute force. */
import { describe, expect, it } from 'vitest';
import { Random } from '../lib/random';
import golden from './__goldens__/standardise.json';
import { prepare } from './prepare';
import type { SeriesSet } from './SeriesSet';

function makeSet(n: number, t: number, d: number, cell: (i: number, k: number, j: number) => number | null): SeriesSet {
  const values = new Float64Array(n * t * d);
  const mask = new Uint8Array(n * t * d);
  for (let i = 0; i < n; i++) for (let k = 0; k < t; k++) for (let j = 0; j < d; j++) {
    const value = cell(i, k, j);
    if (value === null) continue;
    values[(i * t + k) * d + j] = value;
    mask[(i * t + k) * d + j] = 1;
  }
  return {
    name: '', n, t, d, values, mask, starts: new Int32Array(n), ends: new Int32Array(n).fill(t), ids: [], variables: [],
    time: { kind: 'index', name: '', values: new Float64Array(t), texts: [] }, labels: null, split: null,
  };
}

/** Brute force: moments of the values for which `own` holds. */
function moments(set: SeriesSet, own: (i: number, j: number) => boolean): [number, number] {
  const x = [...set.values].filter((_, cell) => set.mask[cell] === 1 && own(Math.floor(cell / (set.t * set.d)), cell % set.d));
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  return [mean, Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length)];
}

const random = new Random(4);
const set = makeSet(6, 9, 3, (i, _, j) => (random.uniform() < 0.3 ? null : 100 * j + 10 * i + random.normal()));

describe('standardising', () => {
  it.each(['perSeries', 'perVariable', 'global', 'robust'] as const)('has the values of scikit-learn, gaps left out, %s', (way) => {
    const { n, t, d, x, scaled } = golden;
    const { values, restore } = prepare(makeSet(n, t, d, (i, k, j) => x[(i * t + k) * d + j]), way);
    scaled[way].forEach((value, cell) => {
      expect(Math.abs(values[cell] - (value ?? 0))).toBeLessThan(2e-6);
      if (value !== null) expect(restore(cell, value)).toBeCloseTo(x[cell]!, 8);
    });
  });

  it('scales all variables alike when asked for all at once', () => {
    const { values, restore } = prepare(set, 'global');
    const [mean, sd] = moments(set, () => true);
    set.values.forEach((value, cell) => {
      if (set.mask[cell] === 0) return;
      expect(values[cell]).toBeCloseTo((value - mean) / sd, 5);
      expect(restore(cell, values[cell])).toBeCloseTo(value, 3);
    });
  });

  it('takes median and quartiles when robust, which an outlier does not move', () => {
    // numpy.percentile([1, 2, 4, 7, 11], [25, 50, 75]) = 2, 4, 7
    const small = (last: number) => makeSet(1, 5, 1, (_, k) => [1, 2, 4, 7, last][k]);
    const { values, restore } = prepare(small(11), 'robust');
    expect(values[3]).toBeCloseTo((3 * 1.349) / 5, 6);
    expect(restore(0, values[0])).toBeCloseTo(1, 6);
    expect(prepare(small(1e6), 'robust').values[0]).toBeCloseTo(values[0], 6);
    expect(prepare(makeSet(1, 5, 1, (_, k) => (k === 4 ? 9 : 3)), 'robust').values.every(Number.isFinite)).toBe(true);
  });

  it.each(['perSeries', 'perVariable'] as const)('gives mean 0 and variance 1 over the observed cells, %s', (way) => {
    const { values } = prepare(set, way);
    for (let cell = 0; cell < values.length; cell++) {
      if (set.mask[cell] === 0) {
        expect(values[cell]).toBe(0);
        continue;
      }
      const [i, j] = [Math.floor(cell / 27), cell % 3];
      const [mean, sd] = moments(set, (a, b) => b === j && (way === 'perVariable' || a === i));
      expect(values[cell]).toBeCloseTo((set.values[cell] - mean) / sd, 5);
    }
  });

  it.each(['none', 'perSeries', 'perVariable'] as const)('is undone by restore, %s', (way) => {
    const { values, restore } = prepare(set, way);
    for (let cell = 0; cell < values.length; cell++) {
      if (set.mask[cell] === 1) expect(Math.abs(restore(cell, values[cell]) - set.values[cell])).toBeLessThan(1e-4);
    }
  });

  it('does not see hidden cells', () => {
    const mask = set.mask.slice();
    const cell = mask.indexOf(1);
    mask[cell] = 0;
    const changed = { ...set, values: set.values.slice() };
    changed.values[cell] = 1e9;
    for (const way of ['perSeries', 'perVariable'] as const) {
      const a = prepare(set, way, mask);
      const b = prepare(changed, way, mask);
      expect(a.values).toEqual(b.values);
      expect(a.restore(cell, 0.5)).toBe(b.restore(cell, 0.5));
    }
  });

  it('only centres constant series, also where rounding leaves a spread', () => {
    const constant = makeSet(2, 50, 1, (i) => (i === 0 ? 0.1 : 1e30));
    const { values, restore } = prepare(constant, 'perSeries');
    expect(Math.max(...values.subarray(0, 50).map(Math.abs))).toBeLessThan(1e-12);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(restore(3, 0.25)).toBeCloseTo(0.35, 12);
  });

  it('stays finite at the edge of the range of numbers', () => {
    const huge = makeSet(1, 4, 1, (_, k) => [1.7e308, -1.7e308, 1e308, 5e307][k]);
    const { values, restore } = prepare(huge, 'perSeries');
    expect(values.every((value) => Number.isFinite(value) && Math.abs(value) < 2)).toBe(true);
    expect(restore(0, values[0]) / 1.7e308).toBeCloseTo(1, 5);
    expect(() => prepare(huge, 'none')).toThrow(/1\.7e\+308.*Standardise/);
  });

  it('gives a variable that a series never shows the range of the others', () => {
    const holes = makeSet(3, 5, 2, (i, k, j) => (i === 1 && j === 1 ? null : 50 * j + k));
    const { restore } = prepare(holes, 'perSeries');
    expect(restore((1 * 5 + 2) * 2 + 1, 0)).toBeCloseTo(52, 10);
    expect(restore((1 * 5 + 2) * 2 + 1, 1)).toBeCloseTo(52 + Math.SQRT2, 6);
  });

  it('restores with the digits that single precision has of the deviation, and no more', () => {
    const readings = makeSet(1, 40, 1, (_, k) => 1234567.1 + 0.25 * k);
    for (const way of ['perSeries', 'perVariable', 'robust'] as const) {
      const { values, restore } = prepare(readings, way);
      expect(readings.values.map((_, cell) => restore(cell, values[cell]))).toEqual(readings.values.map((value) => Number(value.toFixed(2))));
    }
    const { values, restore } = prepare(makeSet(1, 3, 1, (_, k) => [0.1, -0.3, 1e-12][k]), 'none');
    expect([0, 1, 2].map((cell) => restore(cell, values[cell]))).toEqual([0.1, -0.3, 1e-12]);
  });
});
