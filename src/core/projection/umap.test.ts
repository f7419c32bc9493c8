import { describe, expect, it } from 'vitest';
import { kMeans } from '../clustering/kMeans';
import { drain } from '../lib/drain';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { scoreAll } from '../metrics/scoreAll';
import { umap } from './umap';

const options = { components: 2, neighbours: 15, minDist: 0, seed: 1 };

/** Two rings, one around the other, which k-means cannot tell apart. */
function rings(n: number): { points: Matrix; labels: Int32Array } {
  const random = new Random(2);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
  const data = Float64Array.from({ length: 2 * n }, () => 0.05 * random.normal());
  labels.forEach((label, i) => {
    const angle = (2 * Math.PI * i) / n;
    data[2 * i] += (1 + 2 * label) * Math.cos(angle);
    data[2 * i + 1] += (1 + 2 * label) * Math.sin(angle);
  });
  return { points: matrix(n, 2, data), labels };
}

describe('UMAP', () => {
  it('pulls apart what hangs together, and repeats itself from its seed', () => {
    const { points, labels } = rings(120);
    const map = drain(umap(points, options));
    const ari = (of: Matrix): number => scoreAll(kMeans(of, 2, new Random(1)).assignments, labels)!.adjustedRandIndex;
    expect(ari(map)).toBeGreaterThan(ari(points) + 0.1);
    expect(drain(umap(points, options)).data).toEqual(map.data);
  });

  it('takes a handful of points, and says when there are too few', () => {
    const { points } = rings(5);
    expect(drain(umap(points, options)).data.every(Number.isFinite)).toBe(true);
    expect(() => drain(umap(rings(3).points, options))).toThrow('at least 4 series, and there are 3');
  });
});
