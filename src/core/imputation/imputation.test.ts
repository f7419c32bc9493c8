import { describe, expect, it } from 'vitest';
import goldens from './__goldens__/imputation.json';
import { columnMean } from './columnMean';
import type { Gapped } from './gapped';
import { linear } from './linear';
import { zero } from './zero';

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

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i], `cell ${i}`).toBeCloseTo(expected[i], 12);
}

describe('imputers', () => {
  it('column mean is that of NumPy, falling back to the variable', () => {
    expectClose(columnMean(golden), goldens.columnMean);
  });

  it('linear is that of NumPy on real times, ends held, outside left at 0', () => {
    expectClose(linear(golden, goldens.time), goldens.linear);
    expectClose(linear(golden), goldens.linearBySteps);
  });

  it.each([
    ['zero', zero],
    ['columnMean', columnMean],
    ['linear', linear],
  ] as const)('%s keeps observed cells, changes no input, and never reads what stands in a gap', (_, impute) => {
    const before = golden.values.slice();
    const filled = impute(golden);
    expect(golden.values).toEqual(before);
    golden.mask.forEach((observed, at) => {
      if (observed) expect(filled[at]).toBe(golden.values[at]);
    });
    const poisoned = { ...golden, values: golden.values.map((value, at) => (golden.mask[at] ? value : Number.NaN)) };
    expect(impute(poisoned)).toEqual(filled);
  });

  it('zero puts 0 into gaps', () => {
    expect(Array.from(zero(series([1, null, 3])))).toEqual([1, 0, 3]);
  });

  it('linear gives a series without values the column mean, and a variable without values 0', () => {
    expect(Array.from(linear(series([1, 2, 3], [null, null, null], [3, 4, null])))).toEqual([1, 2, 3, 2, 3, 3, 3, 4, 4]);
    expect(Array.from(linear(series([null, null])))).toEqual([0, 0]);
    expect(Array.from(columnMean(series([null, null])))).toEqual([0, 0]);
  });

  it('linear takes the middle between values of the same time', () => {
    expect(Array.from(linear(series([1, null, 3]), [5, 5, 5]))).toEqual([1, 2, 3]);
  });

  it('keep float32 as float32', () => {
    const single = { ...golden, values: Float32Array.from(golden.values) };
    expect(linear(single)).toBeInstanceOf(Float32Array);
  });
});
