import { describe, expect, it } from 'vitest';
import { contingencyTable } from '../clustering/contingencyTable';
import { Random } from '../lib/random';
import goldens from './__goldens__/metrics.json';
import { adjustedRandIndex } from './adjustedRandIndex';
import { clusteringAccuracy } from './clusteringAccuracy';
import { maskedError } from './maskedError';
import { normalizedMutualInformation } from './normalizedMutualInformation';
import { purity } from './purity';
import { allInOneRandIndex, randIndex } from './randIndex';
import { scoreAll, type Scores } from './scoreAll';

function codes(n: number, k: number, random: Random): Int32Array {
  return Int32Array.from({ length: n }, () => random.integer(k));
}

describe('clustering scores', () => {
  it.each(goldens.cases)('are those of scikit-learn: $name', ({ clusters, classes, scores }) => {
    const ours = scoreAll(clusters, classes) as Scores;
    for (const [key, value] of Object.entries(scores)) expect(ours[key as keyof Scores], key).toBeCloseTo(value, 10);
  });

  it('are those worked out by hand for the table [[3, 1], [1, 2]]', () => {
    // 7 items; pairs: together in both 3 + 0 + 0 + 1 = 4, in clusters 6 + 3 = 9, in classes 6 + 3 = 9, of 21.
    const scores = scoreAll([0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1]) as Scores;
    expect(scores.randIndex).toBeCloseTo((21 + 8 - 18) / 21, 12);
    expect(scores.adjustedRandIndex).toBeCloseTo((4 - 81 / 21) / (9 - 81 / 21), 12);
    expect(scores.accuracy).toBeCloseTo(5 / 7, 12);
    expect(scores.purity).toBeCloseTo(5 / 7, 12);
    expect(scores.allInOneRandIndex).toBeCloseTo(9 / 21, 12);
    expect(scores.allInOneAccuracy).toBe(4 / 7);
    const h = -(4 / 7) * Math.log(4 / 7) - (3 / 7) * Math.log(3 / 7);
    const mi = (3 / 7) * Math.log(21 / 16) + 2 * (1 / 7) * Math.log(7 / 12) + (2 / 7) * Math.log(14 / 9);
    expect(scores.normalizedMutualInformation).toBeCloseTo(mi / h, 12);
  });

  it('count pairs as a loop over all pairs does', () => {
    const random = new Random(3);
    for (let trial = 0; trial < 20; trial++) {
      const a = codes(15, 4, random);
      const b = codes(15, 3, random);
      let agree = 0;
      for (let i = 0; i < 15; i++) for (let j = 0; j < i; j++) if ((a[i] === a[j]) === (b[i] === b[j])) agree++;
      expect(randIndex(contingencyTable(a, b))).toBeCloseTo(agree / 105, 12);
    }
  });

  it('do not change when clusters and classes are renamed or items reordered', () => {
    const random = new Random(4);
    const a = codes(40, 4, random);
    const b = codes(40, 3, random);
    const scores = scoreAll(a, b) as Scores;
    const order = random.shuffle(Array.from({ length: 40 }, (_, i) => i));
    const renamed = scoreAll(order.map((i) => [2, 0, 3, 1][a[i]]), order.map((i) => [1, 2, 0][b[i]])) as Scores;
    for (const key of Object.keys(scores) as (keyof Scores)[]) expect(renamed[key], key).toBeCloseTo(scores[key], 12);
  });

  it('lie on the lattice of two classes: RI = [C(a, 2) + C(n − a, 2)] / C(n, 2) for a right items', () => {
    const random = new Random(5);
    for (const n of [13, 28, 61]) {
      for (let trial = 0; trial < 20; trial++) {
        const scores = scoreAll(codes(n, 2, random), codes(n, 2, random)) as Scores;
        const right = Math.round(scores.accuracy * n);
        expect(scores.accuracy).toBeGreaterThanOrEqual(0.5);
        expect(scores.randIndex).toBeCloseTo((right * (right - 1) + (n - right) * (n - right - 1)) / (n * (n - 1)), 12);
      }
    }
  });

  it('give the floor for all items in one cluster, and nothing above chance', () => {
    const labels = codes(50, 4, new Random(6));
    const scores = scoreAll(new Int32Array(50), labels) as Scores;
    expect(scores.randIndex).toBe(scores.allInOneRandIndex);
    expect(scores.adjustedRandIndex).toBe(0);
    expect(scores.normalizedMutualInformation).toBe(0);
    expect(scores.accuracy).toBe(scores.allInOneAccuracy);
    expect(scores.purity).toBe(scores.allInOneAccuracy);
  });

  it('have an adjusted Rand index of about 0 for chance', () => {
    const random = new Random(7);
    let sum = 0;
    for (let trial = 0; trial < 200; trial++) sum += adjustedRandIndex(contingencyTable(codes(60, 3, random), codes(60, 3, random)));
    expect(Math.abs(sum / 200)).toBeLessThan(0.01);
  });

  it('leave out items without a label, and say nothing for fewer than two', () => {
    expect(scoreAll([0, 1, 0, 1, 1], [0, 1, -1, -1, 1])).toEqual(scoreAll([0, 1, 1], [0, 1, 1]));
    expect(scoreAll([0, 1], [-1, 0])).toBeNull();
    expect(scoreAll([], [])).toBeNull();
  });

  it('of one item, of none, and with a cluster that nothing is in', () => {
    expect(scoreAll([0], [0])).toBeNull();
    const none = contingencyTable([], []);
    expect([randIndex(none), adjustedRandIndex(none), normalizedMutualInformation(none), clusteringAccuracy(none), purity(none)]).toEqual([1, 1, 1, 1, 1]);
    const gap = scoreAll([0, 0, 2, 2], [0, 0, 1, 1]) as Scores;
    expect([gap.randIndex, gap.adjustedRandIndex, gap.normalizedMutualInformation, gap.accuracy, gap.purity]).toEqual([1, 1, 1, 1, 1]);
  });

  it('handle more clusters than classes and fewer', () => {
    expect((scoreAll([0, 1, 2, 3], [0, 0, 1, 1]) as Scores).accuracy).toBe(0.5);
    expect((scoreAll([0, 0, 1, 1], [0, 1, 2, 3]) as Scores).accuracy).toBe(0.5);
    expect(purity(contingencyTable([0, 1, 2, 3], [0, 0, 1, 1]))).toBe(1);
    expect(allInOneRandIndex(contingencyTable([0, 1, 2, 3], [0, 0, 1, 1]))).toBeCloseTo(1 / 3, 12);
  });
});

describe('error on masked cells', () => {
  it('is that of scikit-learn', () => {
    const { estimate, truth, cells, all, chosen } = goldens.errors;
    for (const [found, wanted] of [[maskedError(estimate, truth), all], [maskedError(estimate, truth, cells), chosen]]) {
      expect(found.rmse).toBeCloseTo(wanted.rmse, 12);
      expect(found.mae).toBeCloseTo(wanted.mae, 12);
    }
  });

  it('compares only the cells asked for', () => {
    expect(maskedError([1, 2, 9, 4], [1, 4, 0, 3], [1, 3])).toEqual({ rmse: Math.sqrt(2.5), mae: 1.5 });
    expect(maskedError(Float32Array.of(1, 2), Float64Array.of(1, 5))).toEqual({ rmse: Math.sqrt(4.5), mae: 1.5 });
  });

  it('is not a number for no cells', () => {
    expect(maskedError([1], [2], [])).toEqual({ rmse: Number.NaN, mae: Number.NaN });
  });
});
