import { describe, expect, it } from 'vitest';
import { Random } from '../lib/random';
import { cylinderBellFunnel, syntheticControl } from './synthetic';
import type { SeriesSet } from './SeriesSet';

/** Mean over all series of class `c` at each step. */
function classMean(set: SeriesSet, c: number): Float64Array {
  const mean = new Float64Array(set.t);
  let count = 0;
  for (let i = 0; i < set.n; i++) {
    if (set.labels!.codes[i] !== c) continue;
    count += 1;
    for (let k = 0; k < set.t; k++) mean[k] += set.values[i * set.t + k];
  }
  return mean.map((value) => value / count);
}

/** E of the noiseless shape of the paper at step s, by summing over all a and b. */
function expectedShape(s: number, shape: (a: number, b: number) => number): number {
  let sum = 0;
  for (let a = 16; a <= 32; a++) for (let l = 32; l <= 96; l++) if (s >= a && s <= a + l) sum += shape(a, a + l);
  return (6 * sum) / (17 * 65);
}

describe('cylinder, bell, funnel', () => {
  it('has the mean of the published formulas at every step', () => {
    const set = cylinderBellFunnel(9000, new Random(3));
    const shapes: ((s: number) => (a: number, b: number) => number)[] = [() => () => 1, (s) => (a, b) => (s - a) / (b - a), (s) => (a, b) => (b - s) / (b - a)];
    shapes.forEach((shape, c) => {
      const mean = classMean(set, c);
      for (let k = 0; k < 128; k++) expect(Math.abs(mean[k] - expectedShape(k + 1, shape(k + 1)))).toBeLessThan(0.3);
    });
  });

  it('is unit noise before the earliest onset', () => {
    const set = cylinderBellFunnel(900, new Random(5));
    let squares = 0;
    for (let i = 0; i < 900; i++) for (let k = 0; k < 15; k++) squares += set.values[i * 128 + k] ** 2;
    expect(squares / 13500).toBeCloseTo(1, 1);
  });
});

describe('synthetic control', () => {
  it('has the mean of the published formulas', () => {
    const set = syntheticControl(12000, new Random(9));
    const means = Array.from({ length: 6 }, (_, c) => classMean(set, c));
    for (let k = 0; k < 60; k++) {
      const s = k + 1;
      const onset = Math.min(Math.max((s - 20) / 20, 0), 1);
      expect(Math.abs(means[0][k] - 30)).toBeLessThan(0.4);
      expect(Math.abs(means[2][k] - 30 - 0.35 * s)).toBeLessThan(0.8);
      expect(Math.abs(means[3][k] - 30 + 0.35 * s)).toBeLessThan(0.8);
      expect(Math.abs(means[4][k] - 30 - 13.75 * onset)).toBeLessThan(1);
      expect(Math.abs(means[5][k] - 30 + 13.75 * onset)).toBeLessThan(1);
    }
  });

  it('keeps the normal class within m ± 3s, with the variance of the uniform', () => {
    const set = syntheticControl(600, new Random(2));
    const normal = [...set.values].filter((_, cell) => set.labels!.codes[Math.floor(cell / 60)] === 0);
    expect(Math.max(...normal.map((x) => Math.abs(x - 30)))).toBeLessThan(6);
    expect(normal.reduce((a, x) => a + (x - 30) ** 2, 0) / normal.length).toBeCloseTo(12, 0);
  });
});

it('is the same for the same seed, and balanced', () => {
  expect(cylinderBellFunnel(30, new Random(1)).values).toEqual(cylinderBellFunnel(30, new Random(1)).values);
  expect(cylinderBellFunnel(30, new Random(1)).values).not.toEqual(cylinderBellFunnel(30, new Random(2)).values);
  for (const set of [cylinderBellFunnel(30, new Random(1)), syntheticControl(30, new Random(1))]) {
    const k = set.labels!.names.length;
    expect(set.labels!.names.map((_, c) => set.labels!.codes.filter((code) => code === c).length)).toEqual(Array(k).fill(30 / k));
    expect(new Set(set.ids).size).toBe(30);
  }
});
