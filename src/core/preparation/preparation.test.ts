/** Oracles: NumPy, SciPy, pandas, statsmodels and scikit-learn by scripts/goldens/preparation.py. */
import { describe, expect, it } from 'vitest';
import type { PreparationStep } from '../catalog';
import { InputError } from '../lib/assert';
import { Random } from '../lib/random';
import { maskAtRandom } from '../series/gaps';
import type { SeriesSet } from '../series/SeriesSet';
import standardiseGolden from '../series/__goldens__/standardise.json';
import golden from './__goldens__/preparation.json';
import { prepareSteps } from './index';

const { n, t, d } = golden;
const complete: SeriesSet = {
  name: 'golden', n, t, d, values: Float64Array.from(golden.x), mask: new Uint8Array(n * t * d).fill(1), starts: new Int32Array(n), ends: new Int32Array(n).fill(t),
  ids: ['a', 'b', 'c'], variables: ['x', 'y', 'z'], time: { kind: 'index', name: 'step', values: Float64Array.from({ length: t }, (_, step) => step), texts: [] }, labels: null, split: null,
};
const gapped = maskAtRandom(complete, 0.3, new Random(1));
const one = (step: PreparationStep['step'], options: PreparationStep['options'] = {}): PreparationStep => ({ step, options });
const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), a.length === b.length ? 0 : Infinity);

const oneLine = (values: number[], mask: number[]): SeriesSet => ({ ...complete, n: 1, t: values.length, d: 1, ids: ['a'], variables: ['x'], values: Float64Array.from(values), mask: Uint8Array.from(mask), starts: Int32Array.of(0), ends: Int32Array.of(values.length) });

const smooth = (filter: string, width: number): PreparationStep => one('smooth', { filter, width, degree: 2 });

describe('steps of the preparation on complete series', () => {
  it.each([
    ['movingAverage', smooth('movingAverage', 2)],
    ['gaussian', smooth('gaussian', 2)],
    ['savitzkyGolay', smooth('savitzkyGolay', 3)],
    ['detrend', one('detrend')],
    ['deseasonalise', one('deseasonalise', { period: 5 })],
    ['means', one('resample', { by: 'means', length: 7 })],
    ['lines', one('resample', { by: 'lines', length: 10 })],
    ['components', one('components', { count: 2 })],
  ] as const)('has the values of the oracle: %s', (name, step) => {
    expect(largest(prepareSteps(complete, [step]).set.values, golden[name])).toBeLessThan(1e-9);
  });
});

describe('steps of the preparation on series with gaps', () => {
  const maskOf = (cells: readonly (number | null)[]): number[] => cells.map((value) => Number(value !== null));
  const holed: SeriesSet = { ...complete, values: Float64Array.from(golden.gapped.x, (value) => value ?? 777), mask: Uint8Array.from(maskOf(golden.gapped.x)) };

  it.each([
    ['movingAverage', smooth('movingAverage', 2)],
    ['gaussian', smooth('gaussian', 2)],
    ['savitzkyGolay', smooth('savitzkyGolay', 3)],
    ['detrend', one('detrend')],
    ['deseasonalise', one('deseasonalise', { period: 5 })],
    ['difference', one('difference', { lag: 2 })],
    ['interpolate', one('interpolate', { limit: 2 })],
    ['means', one('resample', { by: 'means', length: 7 })],
    ['lines', one('resample', { by: 'lines', length: 10 })],
    ['components', one('components', { count: 2 })],
    ['estimatedComponents', one('components', { count: 2, gaps: 'estimate' })],
    ['range', one('range', { min: -2, max: 2 })],
    ['sentinel', one('sentinel', { value: 1.25 })],
  ] as const)('have the values and the gaps of the oracle: %s', (name, step) => {
    const { set } = prepareSteps(holed, [step]);
    expect([...set.mask]).toEqual(maskOf(golden.gapped[name]));
    expect(largest(set.values, golden.gapped[name].map((value) => value ?? 0))).toBeLessThan(1e-9);
  });

  const all: PreparationStep[] = [one('range', { min: -3, max: 3 }), one('sentinel', { value: 0.5 }), smooth('movingAverage', 1), smooth('gaussian', 1), smooth('savitzkyGolay', 3), one('detrend'), one('deseasonalise', { period: 5 }), one('difference', { lag: 2 }), one('standardise', { way: 'perSeries' }), one('standardise', { way: 'robust' }), one('components', { count: 2 }), one('components', { count: 2, gaps: 'estimate' }), one('resample', { by: 'means', length: 9 }), one('resample', { by: 'lines', length: 40 })];

  it.each(all)('never reads what stands in a gap, and leaves 0 there: $step', (step) => {
    const spoilt: SeriesSet = { ...gapped, values: gapped.values.map((value, cell) => (gapped.mask[cell] ? value : 77)) };
    const [clean, other] = [prepareSteps(gapped, [step]).set, prepareSteps(spoilt, [step]).set];
    expect(other.values).toEqual(clean.values);
    expect(clean.values.every((value, cell) => Number.isFinite(value) && (clean.mask[cell] === 1 || value === 0))).toBe(true);
  });

  it.each([one('detrend'), one('deseasonalise', { period: 5 }), one('standardise', { way: 'perVariable' }), one('difference', { lag: 2 }), one('components', { count: 3 })])('gives original units back: $step', (step) => {
    const truth = prepareSteps(complete, [step]);
    const { set, back } = prepareSteps(gapped, [step]);
    if (['detrend', 'deseasonalise', 'standardise'].includes(step.step)) {
      // what was taken off comes back exactly, gap or not
      const again = back(set.values);
      gapped.mask.forEach((m, cell) => m && expect(again[cell]).toBeCloseTo(gapped.values[cell], 10));
    }
    // from a perfect filling, the truth
    if (step.step === 'difference') expect(largest(back(truth.set.values), complete.values)).toBeLessThan(1e-10);
    expect(largest(truth.back(truth.set.values), complete.values)).toBeLessThan(1e-10);
  });

  it('sums differences up to meet the values on both sides of a gap', () => {
    const line = oneLine([1, 0, 0, 4, 0], [1, 0, 0, 1, 0]);
    const { set, back } = prepareSteps(line, [one('difference', { lag: 1 })]);
    expect([...back(set.values)]).toEqual([1, 2, 3, 4, 4]);
    expect([...back(Float64Array.of(0, 2, 1, 3, 7))]).toEqual([1, 2, 2, 4, 11]); // 6 up where 3 are: 1 off each
  });

  it('sums differences up about the mean of the variable where nothing is observed', () => {
    const line = oneLine([10, 0, 20, 0, 30, 0], [1, 0, 1, 0, 1, 0]);
    const { set, back } = prepareSteps(line, [one('difference', { lag: 2 })]);
    const found = [...back(set.values.map((value, t) => (t % 2 === 1 ? 3 : value)))];
    expect(found).toEqual([10, 17, 20, 20, 30, 23]);
  });

  it('comes back through several steps, and says which step tells of which', () => {
    const { set, back, steps } = prepareSteps(complete, [one('detrend'), one('resample', { by: 'means', length: 12 }), one('resample', { by: 'means', length: 6 })]);
    expect(set.t).toBe(6);
    expect([...steps!]).toEqual(Array.from({ length: 24 }, (_, step) => Math.floor(step / 4)));
    const found = back(set.values);
    const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(found)).toBeCloseTo(mean(complete.values), 9);
  });

  it('fills short gaps on straight lines and leaves long ones', () => {
    const line = oneLine([1, 0, 3, 0, 0, 6, 0, 0], [1, 0, 1, 0, 0, 1, 0, 0]);
    const { set } = prepareSteps(line, [one('interpolate', { limit: 1 })]);
    expect([...set.values]).toEqual([1, 2, 3, 0, 0, 6, 0, 0]);
    expect([...set.mask]).toEqual([1, 1, 1, 0, 0, 1, 0, 0]);
  });

  it('tells which step stands for which, also with more steps than before', () => {
    expect([...prepareSteps(oneLine([1, 2, 3], [1, 1, 1]), [one('resample', { by: 'lines', length: 5 })]).steps!]).toEqual([0, 2, 4]);
    expect([...prepareSteps(oneLine([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]), [one('resample', { by: 'means', length: 2 })]).steps!]).toEqual([0, 0, 1, 1, 1]);
  });

  it('takes a single value for a level, not for a slope', () => {
    const { back } = prepareSteps(oneLine([0, 7, 0], [0, 1, 0]), [one('detrend')]);
    expect([...back(Float64Array.of(1, 0, -1))]).toEqual([8, 7, 6]);
  });

  const single: PreparationStep[] = [one('range', { min: -1, max: 1 }), one('interpolate', { limit: 2 }), smooth('movingAverage', 2), smooth('gaussian', 2), smooth('savitzkyGolay', 2), one('detrend'), one('deseasonalise', { period: 4 }), one('resample', { by: 'means', length: 1 }), one('resample', { by: 'lines', length: 4 }), one('standardise', { way: 'global' }), one('components', { count: 1 })];
  it.each(single)('$step takes one step, constants, single values and 1e30, or says why not', (step) => {
    for (const set of [oneLine([3], [1]), oneLine([2, 2, 2, 2], [1, 1, 1, 1]), oneLine([0, 5, 0], [0, 1, 0]), oneLine([1e30, -1e30, 1e30], [1, 1, 1])]) {
      try {
        const { set: made, back } = prepareSteps(set, [step]);
        for (const numbers of [made.values, back(made.values)]) expect([...numbers].every(Number.isFinite)).toBe(true);
        expect(back(made.values).length).toBe(set.values.length);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  });

  it.each(['perSeries', 'perVariable', 'global', 'robust'] as const)('standardises as scikit-learn does, in double: %s', (way) => {
    const { n, t, d, x, scaled } = standardiseGolden;
    const holes: SeriesSet = { ...complete, n, t, d, values: Float64Array.from(x, (value) => value ?? 777), mask: Uint8Array.from(maskOf(x)), starts: new Int32Array(n), ends: new Int32Array(n).fill(t) };
    const { set, back } = prepareSteps(holes, [one('standardise', { way })]);
    expect([...set.mask]).toEqual([...holes.mask]);
    expect(largest(set.values, scaled[way].map((value) => value ?? 0))).toBeLessThan(1e-9);
    const again = back(set.values);
    holes.mask.forEach((m, cell) => m && expect(again[cell]).toBeCloseTo(holes.values[cell], 11));
  });

  it('takes components of variables on one scale, whatever their units, and gives the units back', () => {
    const units = [1, 1000, 0.01];
    const inUnits: SeriesSet = { ...holed, values: holed.values.map((value, cell) => value * units[cell % d]) };
    const steps = [one('standardise', { way: 'perVariable' }), one('components', { count: 2 })];
    const { set } = prepareSteps(inUnits, steps);
    expect(largest(set.values, golden.gapped.scaledComponents.map((value) => value ?? 0))).toBeLessThan(1e-9);
    const largeUnits: SeriesSet = { ...complete, values: complete.values.map((value, cell) => value * units[cell % d]) };
    const all = prepareSteps(largeUnits, [steps[0], one('components', { count: 3 })]);
    expect(largest(all.back(all.set.values), largeUnits.values)).toBeLessThan(1e-9);
  });

  it('tells the share of the observed values that a step makes nothing of, and why', () => {
    const two: SeriesSet = { ...complete, n: 1, t: 5, d: 2, ids: ['a'], variables: ['x', 'y'], values: Float64Array.from({ length: 10 }, (_, at) => (at * at) % 7), mask: Uint8Array.of(1, 1, 1, 0, 1, 1, 0, 1, 1, 1), starts: Int32Array.of(0), ends: Int32Array.of(5) };
    expect(prepareSteps(two, [one('components', { count: 1 })]).losses).toEqual([{ step: 'components', share: 0.25, why: expect.stringContaining('another variable is missing') }]);
    const lonely = oneLine([1, 2, 0, 4, 0, 6, 7, 8], [1, 1, 0, 1, 0, 1, 1, 1]);
    const found = prepareSteps(lonely, [one('difference', { lag: 1 }), one('standardise', { way: 'global' })]).losses;
    expect(found).toEqual([{ step: 'difference', share: 1 / 6, why: 'nothing observed stands 1 step before or after them' }]);
    expect(prepareSteps(complete, [one('components', { count: 2 }), one('detrend')]).losses).toEqual([]);
  });

  it('has components of all steps that show half of the variables, when gaps are estimated, and says what is left', () => {
    const all = prepareSteps(holed, [one('components', { count: 3, gaps: 'estimate' })]);
    const shown = (row: number): number => [0, 1, 2].filter((j) => holed.mask[3 * row + j] === 1).length;
    const rows = Array.from({ length: n * t }, (_, row) => row);
    expect(rows.map((row) => all.set.mask[3 * row])).toEqual(rows.map((row) => Number(shown(row) >= 2)));
    expect(all.losses).toEqual([{ step: 'components', share: rows.filter((row) => shown(row) === 1).length / holed.mask.reduce((a, b) => a + b), why: expect.stringContaining('more than half') }]);
    // what is shown of a step comes back as it was
    const again = all.back(all.set.values);
    holed.mask.forEach((m, cell) => m === 1 && all.set.mask[cell] === 1 && expect(again[cell]).toBeCloseTo(holed.values[cell], 10));
  });

  it('says what cannot be done, and what to do', () => {
    expect(() => prepareSteps(complete, [one('difference', { lag: 23 })])).toThrow('Series "a" has 24 steps, too few for differences over 23');
    expect(() => prepareSteps(complete, [one('resample', { by: 'means', length: 25 })])).toThrow('Choose at most 24 steps');
    expect(() => prepareSteps(complete, [one('components', { count: 4 })])).toThrow('too few for 4 components');
  });
});
