/** Oracles: brute force over all shifts, and the plain twin, which distances.test.ts checks against tslearn and SciPy. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../lib/random';
import { shapeOf, type Shape } from '../../shape';
import { bestShift } from '../../shapeBased';
import { correlationKernel } from './wasm';

const random = new Random(1);
const draw = (steps: number, d: number, size = 1): Shape => shapeOf(Float64Array.from({ length: steps * d }, () => size * random.normal()), d);

/** The greatest normalised cross-correlation over all shifts, by its definition. */
function bruteForce(a: Shape, b: Shape): { shift: number; similarity: number } {
  let best = { shift: 0, similarity: Number.NEGATIVE_INFINITY };
  for (let w = 1 - b.n; w < a.n; w++) {
    let sum = 0;
    for (let t = Math.max(0, -w); t < b.n && t + w < a.n; t++) for (let j = 0; j < a.d; j++) sum += a.values[(t + w) * a.d + j] * b.values[t * a.d + j];
    if (sum > best.similarity) best = { shift: w, similarity: sum };
  }
  return { shift: best.shift, similarity: best.similarity / a.norm / b.norm };
}

describe.each([
  ['of one length', Array.from({ length: 11 }, () => draw(32, 1))],
  ['of unequal lengths', Array.from({ length: 11 }, (_, i) => draw(1 + 3 * i, 1))],
  ['of three variables', Array.from({ length: 11 }, (_, i) => draw(9 + i, 3))],
  ['of scales far apart', Array.from({ length: 11 }, (_, i) => draw(20, 2, 10 ** (3 * i - 15)))],
])('correlation kernel, series %s', (_, series) => {
  const longest = Math.max(...series.map(({ n }) => n));
  const kernel = correlationKernel(series, longest)!;

  it('finds the best of all shifts', () => {
    for (const a of series) {
      kernel.bestShifts(a).forEach((found, j) => {
        const expected = bruteForce(a, series[j]);
        expect(found.shift).toBe(expected.shift);
        expect(found.similarity).toBeCloseTo(expected.similarity, 12);
        expect(found.similarity).toBeCloseTo(bestShift(a, series[j]).similarity, 12);
      });
    }
  });

  it('gives a part of the series alone', () => {
    expect(kernel.bestShifts(series[3], 2, 9)).toEqual(kernel.bestShifts(series[3]).slice(2, 9));
  });
});

describe('correlation kernel at the limits', () => {
  const [none, up, down] = [0, 1, -1].map((value) => shapeOf(Float64Array.of(value, value), 1));
  const kernel = correlationKernel([none, up, down], 2)!;

  it('takes a series that is 0 throughout for like such series only', () => {
    expect(kernel.bestShifts(none).map(({ similarity }) => similarity)).toEqual([1, 0, 0]);
    expect(kernel.bestShifts(up)[0].similarity).toBe(0);
  });

  it('finds the least bad shift where all correlations are below 0', () => {
    expect(kernel.bestShifts(up)[2].similarity).toBeCloseTo(-0.5, 12);
  });

  it('throws where the variables differ in number', () => {
    expect(() => kernel.bestShifts(draw(2, 3))).toThrow('variables cannot be compared');
  });
});
