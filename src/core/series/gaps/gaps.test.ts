import { describe, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import { hideBlocks, hideByObserved, hideByValue, hideCells, hideChannels, maskAtRandom, mechanisms } from './index';
import { gapCells } from '../SeriesSet';
import { cylinderBellFunnel } from '../synthetic';

const sum = (mask: Uint8Array): number => mask.reduce((a, b) => a + b, 0);

describe('hiding cells', () => {
  it('hides the share asked for, of observed cells only, and says which', () => {
    const set = maskAtRandom(cylinderBellFunnel(30, new Random(1)), 0.3, new Random(2));
    const before = sum(set.mask);
    const { cells, mask, asked, achieved } = hideCells(set, 0.1, new Random(3));
    expect(cells.length).toBe(Math.round(0.1 * before));
    expect([asked, achieved]).toEqual([0.1, cells.length / before]);
    expect(sum(mask)).toBe(before - cells.length);
    expect([...cells].every((cell, k) => set.mask[cell] === 1 && mask[cell] === 0 && (k === 0 || cell > cells[k - 1]))).toBe(true);
    expect(sum(set.mask)).toBe(before);
  });

  it('never takes the last observed cell of a series, and reports the smaller share', () => {
    const set = cylinderBellFunnel(50, new Random(1), 8);
    const sparse = { ...set, mask: set.mask.map((_, cell) => (cell % 8 < 2 ? 1 : 0)) };
    const { mask, achieved } = hideCells(sparse, 0.9, new Random(5));
    for (let i = 0; i < 50; i++) expect(sum(mask.subarray(i * 8, i * 8 + 8))).toBeGreaterThanOrEqual(1);
    expect(achieved).toBe(0.5);
  });

  it('draws the same cells for the same seed, others for another', () => {
    const set = cylinderBellFunnel(20, new Random(1));
    expect(hideCells(set, 0.2, new Random(7)).cells).toEqual(hideCells(set, 0.2, new Random(7)).cells);
    expect(hideCells(set, 0.2, new Random(7)).cells).not.toEqual(hideCells(set, 0.2, new Random(8)).cells);
  });

  it('draws uniformly: no series and no step is preferred', () => {
    const set = cylinderBellFunnel(100, new Random(1), 100);
    const hidden = hideCells(set, 0.5, new Random(11)).cells;
    const bySeries = new Float64Array(100);
    const byStep = new Float64Array(100);
    for (const cell of hidden) {
      bySeries[Math.floor(cell / 100)] += 1;
      byStep[cell % 100] += 1;
    }
    // Hypergeometric with mean 50 and standard deviation 5: five of them bound 200 draws.
    for (const count of [...bySeries, ...byStep]) expect(Math.abs(count - 50)).toBeLessThan(25);
  });

  it('refuses shares outside [0, 1) with the value', () => {
    const set = cylinderBellFunnel(3, new Random(1), 8);
    expect(() => hideCells(set, 1, new Random(1))).toThrow(/got 1/);
    expect(() => hideCells(set, Number.NaN, new Random(1))).toThrow(/NaN/);
    expect(hideCells(set, 0, new Random(1)).cells.length).toBe(0);
  });
});

it('masks at random for samples: masked values are 0 and become gaps', () => {
  const set = maskAtRandom(cylinderBellFunnel(10, new Random(1)), 0.4, new Random(2));
  const gaps = gapCells(set);
  expect(gaps.length).toBe(512);
  expect([...gaps].every((cell) => set.values[cell] === 0)).toBe(true);
});

describe('at the edges', () => {
  const one = cylinderBellFunnel(1, new Random(1), 8);
  it.each(Object.entries(mechanisms))('one series, one step, constants and a set without a value: %s', (name, hide) => {
    const shapes = [one, { ...one, values: new Float64Array(8).fill(4) }, { ...one, mask: new Uint8Array(8) }, { ...cylinderBellFunnel(4, new Random(1), 8), n: 4, t: 1, values: Float64Array.of(1, 2, 3, 4), mask: new Uint8Array(4).fill(1), ends: new Int32Array(4).fill(1) }];
    for (const set of shapes) {
      if (name === 'channels') {
        expect(() => hide(set, 0.5, new Random(1))).toThrow('more than one');
        continue;
      }
      const { cells, mask, achieved } = hide(set, 0.5, new Random(1));
      expect(achieved).toBe(cells.length / Math.max(1, sum(set.mask)));
      if (sum(set.mask) > 0) expect(sum(mask)).toBeGreaterThanOrEqual(set.n);
    }
  });
});

describe('hiding for a reason', () => {
  const random = new Random(6);
  const [n, t, d] = [40, 25, 2];
  const values = Float64Array.from({ length: n * t * d }, () => random.normal());
  const base = cylinderBellFunnel(n, new Random(1), t);
  const pair: typeof base = { ...base, d, variables: ['a', 'b'], values, mask: new Uint8Array(n * t * d).fill(1) };
  const mean = (cells: ArrayLike<number>, of: (cell: number) => number): number => Array.from(cells, of).reduce((a, b) => a + b, 0) / cells.length;

  it('takes whole variables of series and leaves each series something', () => {
    const { mask, asked, achieved } = hideChannels(pair, 0.3, new Random(2));
    expect(achieved).toBeLessThanOrEqual(asked);
    expect(achieved).toBeGreaterThan(0.25);
    for (let i = 0; i < n; i++) {
      const shown = [0, 1].map((j) => Array.from({ length: t }, (_, s) => mask[(i * t + s) * d + j]).reduce((a, b) => a + b, 0));
      expect(shown.every((count) => count === 0 || count === t)).toBe(true);
      expect(sum(Uint8Array.from(shown, (count) => Number(count > 0)))).toBeGreaterThan(0);
    }
    expect(() => hideChannels(base, 0.3, new Random(2))).toThrow('more than one');
  });

  it('depends on the first variable, which stays observed', () => {
    const { cells, achieved } = hideByObserved(pair, 0.2, new Random(2));
    expect(achieved).toBeCloseTo(0.2, 3);
    expect(cells.every((cell) => cell % 2 === 1)).toBe(true);
    expect(mean(cells, (cell) => values[cell - 1])).toBeGreaterThan(0.3);
    expect(Math.abs(mean(cells, (cell) => values[cell]))).toBeLessThan(0.15);
    expect(hideByObserved(pair, 0.8, new Random(2)).achieved).toBe(0.5);
  });

  it('depends on the time where there is one variable', () => {
    const { cells } = hideByObserved(base, 0.3, new Random(2));
    expect(mean(cells, (cell) => cell % t)).toBeGreaterThan(t / 2 + 3);
  });

  it('depends on the value itself', () => {
    const { cells, achieved } = hideByValue(pair, 0.3, new Random(2));
    expect(achieved).toBeCloseTo(0.3, 3);
    expect(mean(cells, (cell) => values[cell])).toBeGreaterThan(0.3);
  });

  it('takes blocks of a tenth of the steps, of one variable', () => {
    const long: typeof base = { ...cylinderBellFunnel(20, new Random(1), 100) };
    const { cells, achieved } = hideBlocks(long, 0.1, new Random(4));
    expect(achieved).toBe(0.1);
    const alone = cells.filter((cell, k) => cells[k - 1] !== cell - 1 && cells[k + 1] !== cell + 1);
    const stretches = cells.filter((cell, k) => cells[k - 1] !== cell - 1 || cell % 100 === 0);
    expect(alone.length).toBeLessThanOrEqual(1); // the last block may be cut short
    expect(cells.length / stretches.length).toBeGreaterThan(9);
  });

  it.each(Object.entries(mechanisms))('keeps to the share asked for and leaves every series a cell, also when asked for nearly all: %s', (_, hide) => {
    const gapped = maskAtRandom(pair, 0.5, new Random(8));
    for (const rate of [0, 0.05, 0.3, 0.99]) {
      const { cells, mask, asked, achieved } = hide(gapped, rate, new Random(3));
      expect(asked).toBe(rate);
      expect(achieved).toBe(cells.length / sum(gapped.mask));
      expect(cells.length).toBeLessThanOrEqual(Math.round(rate * sum(gapped.mask)));
      expect(sum(mask)).toBe(sum(gapped.mask) - cells.length);
      for (let i = 0; i < n; i++) expect(sum(mask.subarray(i * t * d, (i + 1) * t * d))).toBeGreaterThan(0);
      expect(hide(gapped, rate, new Random(3)).cells).toEqual(cells);
    }
  });
});
