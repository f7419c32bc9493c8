import { describe, expect, it } from 'vitest';
import { matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { hungarian } from './hungarian';
import { clusterNumbers, matchClusters, renumberRows } from './matchClusters';

function* permutations(items: number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const first of items) for (const rest of permutations(items.filter((i) => i !== first))) yield [first, ...rest];
}

describe('Hungarian method', () => {
  it.each([[1, 1], [2, 2], [3, 3], [5, 5], [6, 6], [2, 5], [5, 2], [6, 4]])('is as cheap as the best of all matchings, %i x %i', (rows, columns) => {
    const random = new Random(rows * 10 + columns);
    for (let trial = 0; trial < 20; trial++) {
      const cost = matrix(rows, columns, Float64Array.from({ length: rows * columns }, () => random.integer(20) - 10));
      const columnOf = hungarian(cost);
      const used = columnOf.filter((j) => j >= 0);
      expect(used.length).toBe(Math.min(rows, columns));
      expect(new Set(used).size).toBe(used.length);
      const total = columnOf.reduce((sum, j, i) => sum + (j < 0 ? 0 : cost.data[i * columns + j]), 0);
      const size = Math.max(rows, columns);
      let best = Number.POSITIVE_INFINITY;
      for (const order of permutations(Array.from({ length: size }, (_, i) => i))) {
        best = Math.min(best, order.reduce((sum, j, i) => sum + (i < rows && j < columns ? cost.data[i * columns + j] : 0), 0));
      }
      expect(total).toBe(best);
    }
  });
});

describe('matching clusters between epochs', () => {
  it('gives a renumbered partition its old numbers back', () => {
    const random = new Random(1);
    const previous = Int32Array.from({ length: 90 }, () => random.integer(5));
    const shuffled = Int32Array.of(3, 0, 4, 2, 1);
    const current = previous.map((c) => shuffled[c]);
    expect(Array.from(matchClusters(current, previous, 5))).toEqual(Array.from(previous));
  });

  it('follows the greatest overlap when points have moved, also past an empty cluster', () => {
    const previous = Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2);
    const current = Int32Array.of(2, 2, 2, 2, 0, 0, 2, 0);
    expect(Array.from(clusterNumbers(current, previous, 3))).toEqual([1, 2, 0]);
  });

  it('keeps the numbers of clusters that are empty on both sides', () => {
    expect(Array.from(clusterNumbers(Int32Array.of(1, 1), Int32Array.of(1, 1), 4))).toEqual([0, 1, 2, 3]);
  });

  it('numbers the first partition by size', () => {
    expect(Array.from(clusterNumbers(Int32Array.of(2, 2, 1, 2, 0, 0), null, 4))).toEqual([1, 2, 0, 3]);
  });

  it('moves the centroids along', () => {
    const moved = renumberRows(matrix(3, 1, new Float64Array([10, 11, 12])), Int32Array.of(1, 2, 0));
    expect(Array.from(moved.data)).toEqual([12, 10, 11]);
  });
});
