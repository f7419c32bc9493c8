import { describe, expect, it } from 'vitest';
import { TSNE_EXACT_LIMIT } from '../../../../ui/panels/map/view';
import { matrix } from '../../../lib/matrix';
import { Random } from '../../../lib/random';
import { jointAffinities } from '../affinities';
import { referenceKernel } from '../reference';
import { createTsne, EXACT_LIMIT } from '../tsne';
import { wasmKernel } from '../wasm';
import { interpolatedKernel } from './kernel';
import { nearNeighbours } from './neighbours';
import { createRepulsion } from './repulsion';
import { sparseAffinities } from './sparseAffinities';

function blobs(n: number, m: number): Float64Array {
  const random = new Random(1);
  const centres = Float64Array.from({ length: 5 * m }, () => 2 * random.normal());
  return Float64Array.from({ length: n * m }, (_, at) => centres[(Math.floor(at / m) % 5) * m + (at % m)] + random.normal());
}

/** The k nearest of point i, by looking at all. */
function exactNeighbours(x: Float64Array, n: number, m: number, i: number, k: number): number[] {
  const distance = (j: number): number => x.subarray(j * m, (j + 1) * m).reduce((sum, value, c) => sum + (value - x[i * m + c]) ** 2, 0);
  return Array.from({ length: n }, (_, j) => j)
    .filter((j) => j !== i)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, k);
}

describe('near neighbours', () => {
  it('are nearly all of the nearest, nearest first, never the point itself, and the same for the same seed', () => {
    const [n, m, k] = [1200, 12, 45];
    const x = blobs(n, m);
    const { indices, distances } = nearNeighbours(x, n, m, k, new Random(1));
    let hits = 0;
    for (let i = 0; i < n; i += 12) {
      const own = indices.subarray(i * k, (i + 1) * k);
      expect(new Set(own).size).toBe(k);
      expect(own.includes(i)).toBe(false);
      for (let a = 1; a < k; a++) expect(distances[i * k + a]).toBeGreaterThanOrEqual(distances[i * k + a - 1]);
      const exact = new Set(exactNeighbours(x, n, m, i, k));
      hits += own.reduce((count, j) => count + Number(exact.has(j)), 0);
    }
    expect(hits / (100 * k)).toBeGreaterThan(0.95);
    expect(nearNeighbours(x, n, m, k, new Random(1)).indices).toEqual(indices);
  });

  it('are found among points that coincide', () => {
    const { indices } = nearNeighbours(new Float64Array(400), 200, 2, 30, new Random(1));
    for (let i = 0; i < 200; i++) expect(new Set(indices.subarray(i * 30, (i + 1) * 30)).size).toBe(30);
  });
});

describe('sparse affinities', () => {
  it('are those of all pairs when every other point is a neighbour', () => {
    const [n, m] = [40, 3];
    const x = blobs(n, m);
    const { offsets, columns, values } = sparseAffinities(nearNeighbours(x, n, m, n - 1, new Random(1)), n, 10);
    const exact = jointAffinities(x, n, m, 10);
    for (let i = 0; i < n; i++) for (let e = offsets[i]; e < offsets[i + 1]; e++) expect(Math.abs(values[e] - exact[i * n + columns[e]])).toBeLessThan(1e-9);
    expect(offsets[n]).toBe(n * (n - 1));
  });

  it('are symmetric with a zero diagonal and sum 1', () => {
    const [n, m] = [300, 4];
    const kernel = interpolatedKernel(n);
    kernel.setPoints(blobs(n, m), m, 15);
    const p = kernel.affinities();
    expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect(p[i * n + j]).toBeCloseTo(i === j ? 0 : p[j * n + i], 12);
  });
});

describe('repulsion by interpolation', () => {
  it.each([1e-4, 0.5, 3])('is that of all pairs on a map of size %f', (size) => {
    const n = 400;
    const random = new Random(2);
    const y = Float64Array.from({ length: 2 * n }, () => size * random.normal());
    const { forces, z } = createRepulsion(n)(y);
    let total = 0;
    const exact = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (i === j) continue;
        const w = 1 / (1 + (y[2 * i] - y[2 * j]) ** 2 + (y[2 * i + 1] - y[2 * j + 1]) ** 2);
        total += w;
        exact[2 * i] += w * w * (y[2 * i] - y[2 * j]);
        exact[2 * i + 1] += w * w * (y[2 * i + 1] - y[2 * j + 1]);
      }
    }
    const length = (v: Float64Array): number => Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
    expect(length(forces.map((value, at) => value - exact[at])) / length(exact)).toBeLessThan(5e-3);
    expect(Math.abs(z / total - 1)).toBeLessThan(5e-3);
  });

  it('follows a map that grows and shrinks', () => {
    const n = 100;
    const random = new Random(3);
    const shape = Float64Array.from({ length: 2 * n }, () => random.normal());
    const repulsion = createRepulsion(n);
    for (const size of [0.01, 5, 0.5]) {
      const y = shape.map((value) => value * size);
      const fresh = createRepulsion(n)(y);
      expect(Math.abs(repulsion(y).z / fresh.z - 1)).toBeLessThan(1e-2);
    }
  });
});

describe('interpolated t-SNE', () => {
  it('ends within 6 % of the divergence of exact t-SNE, by the measure of all pairs', () => {
    const [n, m] = [300, 6];
    const x = blobs(n, m);
    const judge = wasmKernel(n);
    judge.setPoints(x.map((value) => value / 10), m, 20);
    const ends = [interpolatedKernel, referenceKernel].map((kernel) => {
      const tsne = createTsne(matrix(n, m, x), { seed: 1, perplexity: 20, kernel });
      tsne.step(400);
      judge.setMap(tsne.map());
      return judge.klDivergence();
    });
    expect(ends[0]).toBeLessThan(1.06 * ends[1]);
  });

  it('is what a map of many series is made by, and the page says so', () => {
    expect(TSNE_EXACT_LIMIT).toBe(EXACT_LIMIT);
    const n = EXACT_LIMIT + 1;
    const tsne = createTsne(matrix(n, 2, blobs(n, 2)), { seed: 1, perplexity: 5 });
    tsne.step(2);
    expect(tsne.map().every(Number.isFinite)).toBe(true);
  });
});
