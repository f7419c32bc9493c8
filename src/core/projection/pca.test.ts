import { describe, expect, it } from 'vitest';
import { InputError } from '../lib/assert';
import { matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import goldens from './__goldens__/projection.json';
import { pca } from './pca';

const { points } = goldens;
const golden = matrix(points.length, points[0].length, Float64Array.from(points.flat()));

function normal(n: number, m: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: n * m }, () => random.normal());
}

describe('PCA', () => {
  it('is that of scikit-learn, up to the sign of an axis', () => {
    const { map, explained } = pca(golden, goldens.pca);
    map.forEach((value, at) => expect(value).toBeCloseTo(goldens.pca[at], 9));
    explained.forEach((value, at) => expect(value).toBeCloseTo(goldens.explained[at], 12));
  });

  it('gives the same distances from either Gram matrix', () => {
    const wide = normal(6, 20, 1);
    const low = normal(6, 2, 2);
    const data = Float64Array.from({ length: 120 }, (_, at) => wide[at % 20] * low[2 * Math.floor(at / 20)] + wide[20 + (at % 20)] * low[2 * Math.floor(at / 20) + 1]);
    const { map, explained } = pca(matrix(6, 20, data));
    expect(explained[0] + explained[1]).toBeCloseTo(1, 12);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < i; j++) {
        let d = 0;
        for (let c = 0; c < 20; c++) d += (data[i * 20 + c] - data[j * 20 + c]) ** 2;
        expect(Math.hypot(map[2 * i] - map[2 * j], map[2 * i + 1] - map[2 * j + 1])).toBeCloseTo(Math.sqrt(d), 9);
      }
    }
  });

  it('keeps each axis pointing the way of a previous map', () => {
    const { map } = pca(golden);
    const turned = map.map((value, at) => (at % 2 === 0 ? -value : value));
    expect(pca(golden, turned).map).toEqual(turned);
    expect(Math.max(...map)).toBeGreaterThan(0);
  });

  it.each([
    ['all zeros', 5, 3, new Float64Array(15)],
    ['one point', 1, 3, Float64Array.of(1, 2, 3)],
    ['two points', 2, 1, Float64Array.of(1, 2)],
    ['one coordinate', 4, 1, Float64Array.of(1, 2, 3, 9)],
    ['equal points', 4, 2, Float64Array.of(7, 8, 7, 8, 7, 8, 7, 8)],
    ['a huge offset', 3, 2, Float64Array.of(1e9, 0, 1e9 + 1, 0, 1e9 + 2, 0)],
  ])('handles %s', (_, n, m, data) => {
    const { map, explained } = pca(matrix(n, m, data));
    expect(map.length).toBe(2 * n);
    expect([...map, ...explained].every(Number.isFinite)).toBe(true);
    if (m === 1) expect(map.every((value, at) => at % 2 === 0 || value === 0)).toBe(true);
  });

  it('refuses what is not finite and names it', () => {
    expect(() => pca(matrix(2, 2, Float64Array.of(1, 2, Number.NaN, 4)))).toThrow(InputError);
    expect(() => pca(matrix(2, 2, Float64Array.of(1, 2, 3, Infinity)))).toThrow(/latent 2 of series 2 is Infinity/);
  });
});
