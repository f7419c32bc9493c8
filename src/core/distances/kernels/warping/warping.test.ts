/** Oracle: the plain twins, which distances.test.ts checks against tslearn and brute force. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../lib/random';
import { dtwCost, dtwPath } from '../../dtw';
import { softDtwGradient, softDtwValue } from '../../softDtw';
import { warpable, type Warpable } from '../../warpable';
import { warpingKernel } from './wasm';

const random = new Random(1);

/** A random walk [steps, D] of which a share is missing. */
function walk(steps: number, d: number, missing: number): Warpable {
  const at = Array.from({ length: d }, () => 0);
  const values = Float64Array.from({ length: steps * d }, (_, cell) => (at[cell % d] += random.normal()) / 4);
  const mask = Uint8Array.from({ length: steps * d }, () => Number(random.uniform() >= missing));
  return warpable({ t: steps, d, start: 0, end: steps, values, mask });
}

const sets: [string, Warpable[]][] = [
  ['of one length', Array.from({ length: 19 }, () => walk(24, 1, 0))],
  ['of unequal lengths', Array.from({ length: 19 }, (_, i) => walk(1 + 2 * i, 1, 0))],
  ['with gaps', Array.from({ length: 19 }, (_, i) => walk(20 + i, 1, 0.5))],
  ['of three variables with gaps, some never seen, some empty', Array.from({ length: 19 }, (_, i) => walk(1 + i, 3, 0.7))],
];

describe.each(sets)('warping kernel, series %s', (_, series) => {
  const kernel = warpingKernel(series)!;

  it.each([Number.POSITIVE_INFINITY, 0, 2, 7])('has the DTW of the plain twin to the last bit: window %f', (window) => {
    series.forEach((a, i) => expect(Array.from(kernel.dtw(a, window)), `series ${i}`).toEqual(series.map((b) => dtwCost(a, b, window))));
  });

  it.each([Number.POSITIVE_INFINITY, 0, 3])('has the paths of the plain twin: window %f', (window) => {
    series.forEach((a, i) => expect(kernel.dtwPaths(a, window), `series ${i}`).toEqual(series.map((b) => dtwPath(a, b, window))));
  });

  it.each([1e-5, 0.1, 1, 1000])('has the soft-DTW of the plain twin: smoothing %f', (gamma) => {
    series.forEach((a, i) => {
      kernel.softDtw(a, gamma).forEach((value, j) => {
        const expected = softDtwValue(a, series[j], gamma);
        if (Number.isNaN(expected)) expect(value).toBeNaN();
        else expect(Math.abs(value - expected), `pair ${i}, ${j}`).toBeLessThan(1e-12 * Math.max(gamma, Math.abs(expected)));
      });
    });
  });

  it.each([0.01, 1, 10])('has the soft-DTW gradient of the plain twin, summed over the series: smoothing %f', (gamma) => {
    const factors = series.map((_, i) => 1 + i / 10);
    series.forEach((a, i) => {
      const found = kernel.softDtwGradient(a, gamma, factors)!;
      const terms = series.map((b) => softDtwGradient(a, b, gamma));
      const sum = (of: (term: NonNullable<(typeof terms)[number]>) => number): number => terms.reduce((total, term, j) => total + (term === null ? 0 : factors[j] * of(term)), 0);
      expect(Math.abs(found.value - sum(({ value }) => value)), `series ${i}`).toBeLessThan(1e-8);
      found.gradient.forEach((value, cell) => expect(Math.abs(value - sum(({ gradient }) => gradient[cell])), `series ${i}`).toBeLessThan(1e-8));
    });
  });

  it('gives a part of the series alone', () => {
    const whole = kernel.dtw(series[3], 2);
    expect(Array.from(kernel.dtw(series[3], 2, 5, 18))).toEqual(Array.from(whole.subarray(5, 18)));
  });
});

describe('warping kernel at the limits', () => {
  it('is finite for values whose paths differ by more than float64 can hold as a share', () => {
    const series = [1e8, -1e8, 0, 1e-8].map((size) => warpable({ t: 3, d: 1, start: 0, end: 3, values: Float64Array.of(size, 0, 2 * size), mask: Uint8Array.of(1, 1, 1) }));
    const kernel = warpingKernel(series)!;
    for (const a of series) {
      kernel.softDtw(a, 1).forEach((value, j) => {
        const expected = softDtwValue(a, series[j], 1);
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
      });
    }
  });

  it('takes a later series that is longer than all before', () => {
    const series = [walk(5, 2, 0)];
    const kernel = warpingKernel(series)!;
    for (const steps of [3, 4000]) {
      const long = walk(steps, 2, 0);
      expect(kernel.dtw(long, Number.POSITIVE_INFINITY)[0]).toBe(dtwCost(long, series[0]));
    }
  });

  it('throws where the variables differ in number', () => {
    expect(() => warpingKernel([walk(5, 2, 0)])!.dtw(walk(5, 3, 0), 1)).toThrow('variables cannot be compared');
  });
});
