import { describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { TSNE_EXACT_LIMIT, TSNE_PAIR_LIMIT } from '../../../../ui/panels/map/view';
import { drain } from '../../../lib/drain';
import { matrix } from '../../../lib/matrix';
import { Random } from '../../../lib/random';
import { nearNeighbours } from '../../neighbours/neighbours';
import { jointAffinities } from '../affinities';
import { referenceKernel } from '../reference';
import { createTsne, EXACT_LIMIT } from '../tsne';
import { wasmKernel } from '../wasm';
import { nearKernel, PAIR_LIMIT } from './kernel';
import { createPairRepulsion } from './pairRepulsion';
import { createInterpolatedRepulsion, type Repulsion } from './interpolatedRepulsion';
import { sparseAffinities } from './sparseAffinities';

allowRelaxedSimd();

function blobs(n: number, m: number): Float64Array {
  const random = new Random(1);
  const centres = Float64Array.from({ length: 5 * m }, () => 2 * random.normal());
  return Float64Array.from({ length: n * m }, (_, at) => centres[(Math.floor(at / m) % 5) * m + (at % m)] + random.normal());
}

describe('sparse affinities', () => {
  it('are those of all pairs when every other point is a neighbour', () => {
    const [n, m] = [40, 3];
    const x = blobs(n, m);
    const { offsets, columns, values } = drain(sparseAffinities(drain(nearNeighbours(x, n, m, n - 1)), n, 10));
    const exact = jointAffinities(x, n, m, 10);
    for (let i = 0; i < n; i++) for (let e = offsets[i]; e < offsets[i + 1]; e++) expect(Math.abs(values[e] - exact[i * n + columns[e]])).toBeLessThan(1e-7);
    expect(offsets[n]).toBe(n * (n - 1));
  });

  it('are symmetric with a zero diagonal and sum 1', () => {
    const [n, m] = [300, 4];
    const kernel = nearKernel(n);
    drain(kernel.setPoints(blobs(n, m), m, 15));
    const p = kernel.affinities();
    expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect(p[i * n + j]).toBeCloseTo(i === j ? 0 : p[j * n + i], 9);
  });
});

/** Σ_j w_ij² (y_i − y_j) and Z, by looking at all pairs in float64. */
function allPairs(y: Float64Array): Repulsion {
  const n = y.length / 2;
  const forces = new Float64Array(2 * n);
  let z = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const w = 1 / (1 + (y[2 * i] - y[2 * j]) ** 2 + (y[2 * i + 1] - y[2 * j + 1]) ** 2);
      z += w;
      forces[2 * i] += w * w * (y[2 * i] - y[2 * j]);
      forces[2 * i + 1] += w * w * (y[2 * i + 1] - y[2 * j + 1]);
    }
  }
  return { forces, z };
}

/** The greater of the relative errors of the forces, all together, and of Z. */
function errorOf({ forces, z }: Repulsion, exact: Repulsion): number {
  const length = (v: Float64Array): number => Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
  return Math.max(length(forces.map((value, at) => value - exact.forces[at])) / length(exact.forces), Math.abs(z / exact.z - 1));
}

function mapOf(n: number, size: number): Float64Array {
  const random = new Random(2);
  return Float64Array.from({ length: 2 * n }, () => Math.fround(size * random.normal()));
}

describe.each(['simd', 'relaxed'] as const)('repulsion of pairs, %s', (variant) => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9, 400])('is that of all pairs for %i points on maps small and large', (n) => {
    for (const size of [1e-4, 0.5, 40]) {
      const y = mapOf(n, size);
      expect(errorOf(createPairRepulsion(n, variant)(y), allPairs(y))).toBeLessThan(5e-6);
    }
  });
});

describe('repulsion by interpolation', () => {
  it.each([1e-4, 0.5, 3])('is that of all pairs on a map of size %f', (size) => {
    const y = mapOf(400, size);
    expect(errorOf(createInterpolatedRepulsion(400)(y), allPairs(y))).toBeLessThan(5e-3);
  });

  it('follows a map that grows and shrinks', () => {
    const n = 100;
    const random = new Random(3);
    const shape = Float64Array.from({ length: 2 * n }, () => random.normal());
    const repulsion = createInterpolatedRepulsion(n);
    for (const size of [0.01, 5, 0.5]) {
      const y = shape.map((value) => value * size);
      const fresh = createInterpolatedRepulsion(n)(y);
      expect(Math.abs(repulsion(y).z / fresh.z - 1)).toBeLessThan(1e-2);
    }
  });
});

describe('t-SNE of near neighbours', () => {
  it.each([
    ['pairs', 1.01, createPairRepulsion],
    ['interpolation', 1.06, createInterpolatedRepulsion],
  ] as const)('ends near the divergence of exact t-SNE, with repulsion by %s within a factor of %f', (_, factor, repulsion) => {
    const [n, m] = [300, 6];
    const x = blobs(n, m);
    const judge = wasmKernel(n);
    drain(judge.setPoints(x.map((value) => value / 10), m, 20));
    const ends = [(size: number) => nearKernel(size, repulsion(size)), referenceKernel].map((kernel) => {
      const tsne = createTsne(matrix(n, m, x), { seed: 1, perplexity: 20, kernel });
      tsne.step(400);
      judge.setMap(tsne.map());
      return judge.klDivergence();
    });
    expect(ends[0]).toBeLessThan(factor * ends[1]);
  });

  it('is what a map of many series is made by, and the page says so', () => {
    expect([TSNE_EXACT_LIMIT, TSNE_PAIR_LIMIT]).toEqual([EXACT_LIMIT, PAIR_LIMIT]);
    for (const n of [EXACT_LIMIT + 1, PAIR_LIMIT + 1]) {
      const tsne = createTsne(matrix(n, 2, blobs(n, 2)), { seed: 1, perplexity: 5 });
      tsne.step(2);
      expect(tsne.map().every(Number.isFinite)).toBe(true);
    }
  });
});
