/** Oracles: scikit-learn, tslearn, SciPy, statsmodels and NumPy by scripts/goldens/distances.py; brute force over all warping paths. */
import { describe, expect, it } from 'vitest';
import { Random } from '../lib/random';
import goldens from './__goldens__/distances.json';
import { autocorrelation } from './autocorrelation';
import { complexityInvariant } from './complexityInvariant';
import { correlation } from './correlation';
import type { Distance } from './Distance';
import { distanceMatrix } from './distanceMatrix';
import { dtw, dtwPath } from './dtw';
import { euclidean } from './euclidean';
import { shapeBased } from './shapeBased';
import { softDtw, softDtwGradient, softDtwValue } from './softDtw';
import type { SeriesView } from './SeriesView';
import { warpable } from './warpable';

/** Steps of variables; null = missing. The series begins at `start` and has `after` steps of the axis behind it. */
function view(steps: (number | null)[][], start = 0, after = 0): SeriesView {
  const d = steps[0].length;
  const none = (count: number): null[] => Array<null>(count * d).fill(null);
  const cells = [...none(start), ...steps.flat(), ...none(after)];
  return {
    t: cells.length / d,
    d,
    start,
    end: start + steps.length,
    values: Float64Array.from(cells, (cell) => cell ?? 777),
    mask: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)),
  };
}
const one = (...values: (number | null)[]): SeriesView => view(values.map((value) => [value]));

type Set = (number | null)[][][];
function expectPairs(set: Set, distance: Distance, expected: number[], digits = 10): void {
  const series = set.map((steps) => view(steps));
  const { distances } = distanceMatrix(series, distance);
  goldens.pairs.forEach(([i, j], pair) => {
    expect(distance(series[i], series[j]), `pair ${i}, ${j}`).toBeCloseTo(expected[pair], digits);
    expect(distances.data[i * distances.columns + j]).toBeCloseTo(expected[pair], digits);
    expect(distances.data[j * distances.columns + i]).toBeCloseTo(expected[pair], digits);
  });
}

const all: [string, Distance][] = [
  ['euclidean', euclidean()],
  ['dtw', dtw()],
  ['dtw in a band', dtw({ window: 2 })],
  ['softDtw', softDtw()],
  ['shapeBased', shapeBased()],
  ['complexityInvariant', complexityInvariant()],
  ['correlation', correlation()],
  ['autocorrelation', autocorrelation()],
];

describe('distances against outside oracles', () => {
  it('euclidean is that of scikit-learn for gaps', () => expectPairs(goldens.gapped, euclidean(), goldens.euclidean.gapped));

  it('complexityInvariant is that of NumPy', () => expectPairs(goldens.full, complexityInvariant(), goldens.cid, 6));

  it('correlation is that of SciPy, on the overlap where there are gaps', () => {
    expectPairs(goldens.full, correlation(), goldens.correlation.full, 7);
    expectPairs(goldens.lonely, correlation(), goldens.correlation.lonely, 7);
  });

  it('autocorrelation is that of statsmodels', () => expectPairs(goldens.full, autocorrelation(), goldens.acf));

  it('dtw is that of tslearn, with and without a band, for unequal lengths too', () => {
    expectPairs(goldens.full, dtw(), goldens.dtw.full);
    expectPairs(goldens.long, dtw(), goldens.dtw.long);
    expectPairs(goldens.full, dtw({ window: 0 }), goldens.dtw.window0);
    expectPairs(goldens.full, dtw({ window: 2 }), goldens.dtw.window2);
    expectPairs(goldens.long, dtw({ window: 1 }), goldens.dtw.longWindow1);
  });

  it('dtw leaves out missing steps and makes up for them', () => expectPairs(goldens.lonely, dtw(), goldens.dtw.lonely));

  it('dtwPath is that of tslearn', () => {
    const result = dtwPath(warpable(view(goldens.long[1])), warpable(view(goldens.long[2])));
    expect(Array.from(result!.path)).toEqual(goldens.dtw.path);
    expect(Math.sqrt(result!.cost)).toBeCloseTo(goldens.dtw.long[goldens.pairs.findIndex(([i, j]) => i === 1 && j === 2)], 10);
  });

  it('soft-DTW value, gradient and divergence are those of tslearn', () => {
    const { gamma, value, gradient, values, divergence } = goldens.softDtw;
    const found = softDtwGradient(warpable(view(goldens.long[1])), warpable(view(goldens.long[2])), gamma)!;
    expect(found.value).toBeCloseTo(value, 9);
    gradient.forEach((g, at) => expect(found.gradient[at]).toBeCloseTo(g, 9));
    goldens.pairs.forEach(([i, j], pair) => expect(softDtwValue(warpable(view(goldens.long[i])), warpable(view(goldens.long[j])), gamma)).toBeCloseTo(values[pair], 9));
    expectPairs(goldens.long, softDtw({ gamma }), divergence, 9);
  });

  it('shapeBased is that of tslearn, and of SciPy for unequal lengths', () => {
    expectPairs(goldens.standard, shapeBased(), goldens.sbd.standard);
    expectPairs(goldens.long, shapeBased(), goldens.sbd.long);
  });
});

describe('dtw by brute force', () => {
  const cheapest = (a: number[], b: number[], i = 0, k = 0): number => {
    const here = (a[i] - b[k]) ** 2;
    if (i === a.length - 1 && k === b.length - 1) return here;
    const next = [[i + 1, k], [i, k + 1], [i + 1, k + 1]].filter(([p, q]) => p < a.length && q < b.length);
    return here + Math.min(...next.map(([p, q]) => cheapest(a, b, p, q)));
  };
  it('finds the cheapest of all paths', () => {
    const random = new Random(1);
    for (let round = 0; round < 20; round++) {
      const draw = (): number[] => Array.from({ length: 2 + random.integer(5) }, () => random.normal());
      const [a, b] = [draw(), draw()];
      expect(dtw()(one(...a), one(...b))).toBeCloseTo(Math.sqrt(cheapest(a, b)), 10);
    }
  });

  it('widens a band in which gaps leave no path', () => {
    const early = one(1, 2, ...Array<null>(8).fill(null));
    const late = one(...Array<null>(8).fill(null), 1, 2);
    expect(dtw({ window: 0 })(early, late)).toBe(0);
  });

  it('a narrower band never shortens the distance', () => {
    const [a, b] = goldens.full.map((steps) => view(steps));
    const lengths = [0, 1, 2, 4, Infinity].map((window) => dtw({ window })(a, b));
    lengths.slice(1).forEach((length, at) => expect(length).toBeLessThanOrEqual(lengths[at]));
  });
});

describe('what each distance promises', () => {
  it.each(all)('%s is symmetric, at least 0, and 0 for a series and itself', (_, distance) => {
    const series = [...goldens.gapped, ...goldens.full].map((steps) => view(steps));
    for (const a of series) {
      expect(distance(a, a)).toBeCloseTo(0, 10);
      for (const b of series) {
        expect(distance(a, b)).toBeGreaterThanOrEqual(-1e-12);
        expect(distance(a, b)).toBeCloseTo(distance(b, a), 9);
      }
    }
  });

  it.each(all)('%s never reads what stands in a gap', (_, distance) => {
    const poisoned = (series: SeriesView): SeriesView => ({ ...series, values: series.values.map((value, at) => (series.mask[at] ? value : Number.NaN)) as Float64Array });
    const [a, b] = goldens.gapped.map((steps) => view(steps));
    expect(distance(poisoned(a), poisoned(b))).toBe(distance(a, b));
  });

  it.each(all)('%s is finite for constant, short, gapped and unequal series', (_, distance) => {
    const series = [
      one(0, 0, 0, 0, 0, 0),
      one(0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
      one(1e8, 1e8, 1e8, 1e8, 1e8, 1e8),
      one(1, 2, 3, 4, 5, 7),
      one(1, null, 3, 4, null, 6),
      view([[3], [1], [4], [1]], 0, 2),
      view([[3], [1], [4], [1], [5]], 1),
    ];
    for (const a of series) for (const b of series) expect(Number.isFinite(distance(a, b)), `${a.values} and ${b.values}`).toBe(true);
  });

  it.each(all)('%s says NaN, and never crashes, where nothing can be compared', (_, distance) => {
    const nothing = one(null, null, null, null);
    expect(distance(nothing, one(1, 2, 4, 3)) === 1 || Number.isNaN(distance(nothing, one(1, 2, 4, 3)))).toBe(true);
    const left = view([[1, null], [2, null], [5, null], [3, null]]);
    const right = view([[null, 1], [null, 2], [null, 5], [null, 3]]);
    expect(distance(left, right) === 1 || Number.isNaN(distance(left, right))).toBe(true);
    const empty = view([[null, null], [null, null], [null, null], [null, null]]);
    const { distances } = distanceMatrix([empty, left, right, empty], distance);
    expect(Array.from(distances.data).every(Number.isFinite)).toBe(true);
  });

  it('warping keeps a step at which any variable is seen, and knows which are', () => {
    const { n, places, seen, values } = warpable(view([[null, null, null], [null, 2, null], [null, null, null], [5, null, null]], 1, 2));
    expect([n, Array.from(places), Array.from(seen)]).toEqual([2, [1, 3], [1, 1, 0]]);
    expect(Array.from(values)).toEqual([5, 2, 0, 5, 2, 0]);
  });

  it.each([
    ['euclidean', euclidean()],
    ['complexityInvariant', complexityInvariant()],
  ] as const)('%s needs but one cell in common', (_, distance) => {
    expect(distance(one(1, null, 7, null), one(null, 2, 4, null))).toBe(6); // 3 over one of four steps
  });

  it.each(all)('%s compares series of one step, of a common length of one, and on an axis of one', (_, distance) => {
    const single = [one(3), one(5), view([[3]], 2, 1), view([[5]], 2, 1), one(null, 4, null)];
    const { distances } = distanceMatrix([...single, one(1, 2, 3, 4)], distance);
    expect(Array.from(distances.data).every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(distance(single[0], single[0]) === 0 || Number.isNaN(distance(single[0], single[0]))).toBe(true);
  });

  it('complexityInvariant is at least the Euclidean distance', () => {
    const random = new Random(2);
    for (let round = 0; round < 50; round++) {
      const draw = (): SeriesView => one(...Array.from({ length: 8 }, () => (random.uniform() < 0.2 ? null : random.normal())));
      const [a, b] = [draw(), draw()];
      const length = euclidean()(a, b);
      if (!Number.isNaN(length)) expect(complexityInvariant()(a, b)).toBeGreaterThanOrEqual(length);
    }
  });

  it('complexityInvariant caps its factor when asked to', () => {
    const flat = one(0, 0, 0, 0);
    const wild = one(5, -5, 5, -5);
    expect(complexityInvariant({ maxFactor: 10 })(flat, wild)).toBeCloseTo(10 * euclidean()(flat, wild), 10);
  });

  it('correlation is 0 for scaled copies, 2 for the opposite, and stays within', () => {
    const a = one(1, 3, 2, 5);
    expect(correlation()(a, one(12, 16, 14, 20))).toBeCloseTo(0, 7);
    expect(correlation()(a, one(-1, -3, -2, -5))).toBe(2);
    const random = new Random(3);
    for (let round = 0; round < 50; round++) {
      const draw = (): SeriesView => one(...Array.from({ length: 6 }, () => random.normal()));
      const value = correlation()(draw(), draw());
      expect(value >= 0 && value <= 2).toBe(true);
    }
  });

  it('correlation takes two constants for alike and a constant for unlike all else', () => {
    expect(correlation()(one(0.1, 0.1, 0.1, 0.1), one(7, 7, 7, 7))).toBe(0);
    expect(correlation()(one(0.1, 0.1, 0.1, 0.1), one(7, 8, 9, 9))).toBe(Math.SQRT2);
  });

  it('shapeBased is 0 for a shifted and scaled copy', () => {
    expect(shapeBased()(one(0, 0, 1, 3, 2, 0, 0), one(0, 0, 0, 0, 2, 6, 4))).toBeCloseTo(0, 12);
  });

  it('autocorrelation sees past shifts of a period', () => {
    const wave = (phase: number, period: number): SeriesView => one(...Array.from({ length: 60 }, (_, t) => Math.sin((2 * Math.PI * (t + phase)) / period)));
    const distance = autocorrelation({ lags: 20 });
    expect(distance(wave(0, 10), wave(4, 10))).toBeLessThan(distance(wave(0, 10), wave(0, 13)) / 5);
  });

  it('soft-DTW comes near squared DTW as its smoothing falls', () => {
    const [a, b] = goldens.long.map((steps) => view(steps));
    expect(softDtwValue(warpable(a), warpable(b), 1e-3)).toBeCloseTo(dtw()(a, b) ** 2, 1);
    expect(softDtwValue(warpable(a), warpable(b), 1)).toBeLessThan(dtw()(a, b) ** 2);
  });

  it('soft-DTW gradient is that of finite differences with a variable missing', () => {
    const a = warpable(view([[1, 2], [0, 1], [3, null], [1, 1]]));
    const b = warpable(view([[2, null], [1, null], [2, null]]));
    const { gradient } = softDtwGradient(a, b, 0.7)!;
    a.values.forEach((_, at) => {
      const moved = (step: number): number => softDtwValue({ ...a, values: a.values.map((value, i) => (i === at ? value + step : value)) }, b, 0.7);
      expect(gradient[at]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 6);
    });
  });

  it('a matrix counts the pairs it could not compare and puts them farthest apart', () => {
    const { distances, incomparable } = distanceMatrix([one(1, null), one(2, null), one(5, null), one(null, 1)], euclidean());
    expect(incomparable).toBe(3);
    expect(Array.from(distances.data.subarray(12))).toEqual([Math.SQRT2 * 4, Math.SQRT2 * 4, Math.SQRT2 * 4, 0]);
    expect(distanceMatrix([one(1)], euclidean()).distances.data).toEqual(new Float64Array(1));
  });

  it('says what to mend', () => {
    expect(() => euclidean()(one(1), view([[1, 2]]))).toThrow('Series of 1 and 2 variables cannot be compared');
    expect(() => dtw({ window: -1 })).toThrow('The warping window is -1');
    expect(() => softDtw({ gamma: 0 })).toThrow('The smoothing of soft-DTW is 0');
    expect(() => autocorrelation({ lags: 0 })).toThrow('The greatest lag is 0');
  });
});
