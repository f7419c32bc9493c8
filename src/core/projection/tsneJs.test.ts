import { describe, expect, it } from 'vitest';
import { InputError } from '../lib/assert';
import { matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { TSNE_JS_LIMIT, tsneJs } from './tsneJs';

const random = new Random(1);
const points = matrix(40, 3, Float64Array.from({ length: 120 }, (_, at) => (at % 6 < 3 ? 9 : 0) + random.normal()));

describe('tsne-js', () => {
  it('gives a finite map that is the same for the same seed, and leaves Math.random as it was', () => {
    const before = Math.random;
    const one = tsneJs(points, { seed: 1, iterations: 150 });
    expect(one.map.length).toBe(80);
    expect(one.map.every(Number.isFinite)).toBe(true);
    expect(tsneJs(points, { seed: 1, iterations: 150 })).toEqual(one);
    expect(tsneJs(points, { seed: 2, iterations: 150 }).map).not.toEqual(one.map);
    expect(Math.random).toBe(before);
  });

  it.each([4, 5, 7])('draws %i series', (n) => {
    expect(tsneJs(matrix(n, 3, points.data.slice(0, 3 * n)), { seed: 1, iterations: 120 }).map.every(Number.isFinite)).toBe(true);
  });

  it('refuses too many and too few series, and says its limit', () => {
    expect(() => tsneJs(matrix(TSNE_JS_LIMIT + 1, 1), { seed: 1 })).toThrow(/at most 300 series, and there are 301/);
    expect(() => tsneJs(matrix(3, 1), { seed: 1 })).toThrow(InputError);
  });

  it('refuses what is not finite instead of returning a map of NaN', () => {
    expect(() => tsneJs(matrix(4, 1, Float64Array.of(1, 2, Number.NaN, 3)), { seed: 1 })).toThrow(InputError);
  });
});
