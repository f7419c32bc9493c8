/** Oracles: NumPy, pandas, SciPy and scikit-learn by scripts/goldens/imputers.py. */
import { describe, expect, it } from 'vitest';
import goldens from './__goldens__/imputers.json';
import type { Gapped } from './gapped';
import { backwardFill, forwardFill } from './lastObserved';
import { columnMedian } from './median';
import { nearestSeries } from './nearestSeries';
import { seasonal } from './seasonal';
import { spline } from './spline';

const golden: Gapped<Float64Array> = {
  n: goldens.n,
  t: goldens.t,
  d: goldens.d,
  values: Float64Array.from(goldens.values),
  mask: Uint8Array.from(goldens.mask),
  starts: Int32Array.from(goldens.starts),
  ends: Int32Array.from(goldens.ends),
};

/** One variable; null = missing. */
function series(...rows: (number | null)[][]): Gapped<Float64Array> {
  const cells = rows.flat();
  return {
    n: rows.length,
    t: rows[0].length,
    d: 1,
    values: Float64Array.from(cells, (cell) => cell ?? 777),
    mask: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)),
    starts: new Int32Array(rows.length),
    ends: new Int32Array(rows.length).fill(rows[0].length),
  };
}

const all: [string, <A extends Float32Array | Float64Array>(data: Gapped<A>) => A][] = [
  ['median', columnMedian],
  ['forwardFill', forwardFill],
  ['backwardFill', backwardFill],
  ['spline', spline],
  ['seasonal', (data) => seasonal(data, 3)],
  ['nearestSeries', nearestSeries],
];

describe('imputers against outside oracles', () => {
  it.each([
    ['median, of NumPy', columnMedian(golden), goldens.median],
    ['forward fill, of pandas', forwardFill(golden), goldens.forwardFill],
    ['backward fill, of pandas', backwardFill(golden), goldens.backwardFill],
    ['natural spline on real times, of SciPy', spline(golden, goldens.time), goldens.spline],
    ['natural spline on steps, of SciPy', spline(golden), goldens.splineBySteps],
    ['mean of a phase, of pandas', seasonal(golden, goldens.period, goldens.time), goldens.seasonal],
    ['nearest series, of scikit-learn', nearestSeries(golden, goldens.neighbours), goldens.nearestSeries],
    ['nearest series, more than there are', nearestSeries(golden, 100), goldens.allSeries],
  ])('%s', (_, actual, expected) => {
    expect(actual.length).toBe(expected.length);
    expected.forEach((value, at) => expect(actual[at], `cell ${at}`).toBeCloseTo(value, 10));
  });
});

describe('what each imputer promises', () => {
  it.each(all)('%s keeps observed cells, changes no input, and never reads what stands in a gap', (_, impute) => {
    const before = golden.values.slice();
    const filled = impute(golden);
    expect(golden.values).toEqual(before);
    golden.mask.forEach((observed, at) => {
      if (observed) expect(filled[at]).toBe(golden.values[at]);
    });
    const poisoned = { ...golden, values: golden.values.map((value, at) => (golden.mask[at] ? value : Number.NaN)) };
    expect(impute(poisoned)).toEqual(filled);
  });

  it.each(all)('%s fills one series, empty series, constants and empty steps with finite numbers', (_, impute) => {
    for (const data of [series([null]), series([null, 5, null]), series([null, null], [null, null]), series([2, 2, null], [2, null, null], [null, null, null])]) {
      expect(Array.from(impute(data)).every(Number.isFinite)).toBe(true);
    }
    expect(Array.from(impute(series([2, 2, null], [2, null, null], [null, null, null])))).toEqual(Array<number>(9).fill(2));
    expect(impute({ ...golden, values: Float32Array.from(golden.values) })).toBeInstanceOf(Float32Array);
  });

  it('forwardFill and backwardFill hold the nearest value at the ends', () => {
    expect(Array.from(forwardFill(series([null, 1, null, 3, null])))).toEqual([1, 1, 1, 3, 3]);
    expect(Array.from(backwardFill(series([null, 1, null, 3, null])))).toEqual([1, 1, 3, 3, 3]);
  });

  it('spline is straight through two values and takes the mean of values at one time', () => {
    const filled = spline(series([0, null, null, 3]));
    [0, 1, 2, 3].forEach((value, at) => expect(filled[at]).toBeCloseTo(value, 12));
    expect(Array.from(spline(series([1, 3, null]), [5, 5, 5]))).toEqual([1, 3, 2]);
  });

  it('seasonal counts phases on the common time axis', () => {
    const late = { ...series([null, null, null, 10, 20, null, 12, null]), starts: Int32Array.of(3), ends: Int32Array.of(8) };
    expect(Array.from(seasonal(late, 3))).toEqual([0, 0, 0, 10, 20, 16, 12, 20]);
  });

  it('nearestSeries prefers the series that agrees on the overlap', () => {
    expect(nearestSeries(series([1, 2, 3, null], [1, 2, null, 9], [7, 8, 9, 4]), 1)[3]).toBe(9);
  });

  it('nearestSeries takes five unless told otherwise', () => {
    const set = series([0, null], ...[1, 2, 3, 4, 5, 6, 7].map((value) => [value, value]));
    expect(nearestSeries(set)[1]).toBe(3);
  });

  it('say what to mend', () => {
    expect(() => seasonal(golden, 0)).toThrow('The period is 0');
    expect(() => nearestSeries(golden, 1.5)).toThrow('The number of neighbours is 1.5');
  });
});
