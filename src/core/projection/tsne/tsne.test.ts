import { describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../cli/relaxedSimd';
import { InputError } from '../../lib/assert';
import { drain } from '../../lib/drain';
import { matrix, type Matrix } from '../../lib/matrix';
import { Random } from '../../lib/random';
import goldens from '../__goldens__/projection.json';
import type { TsneKernel } from './kernel';
import { referenceKernel } from './reference';
import { createTsne, TSNE_LIMIT, type Tsne } from './tsne';
import { wasmKernel } from './wasm';

allowRelaxedSimd();

const N = goldens.points.length;
const M = goldens.points[0].length;
const points = Float64Array.from(goldens.points.flat());
const golden = matrix(N, M, points);
const unit = points.map((value) => value / 8);
const PLAIN = { exaggeration: 1, momentum: 0, learningRate: 0 };

function blobs(n: number, m: number, seed: number): Matrix {
  const random = new Random(seed);
  const centres = Float64Array.from({ length: 3 * m }, () => 4 * random.normal());
  return matrix(n, m, Float64Array.from({ length: n * m }, (_, at) => centres[(Math.floor(at / m) % 3) * m + (at % m)] + random.normal()));
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

describe.each([
  { name: 'reference', create: referenceKernel, digits: 9, affinity: 1e-7 },
  { name: 'WebAssembly', create: (n: number) => wasmKernel(n, 'simd'), digits: 5, affinity: 1e-6 },
  { name: 'WebAssembly with fused multiply-add', create: (n: number) => wasmKernel(n, 'relaxed'), digits: 5, affinity: 1e-6 },
])('t-SNE kernel, $name twin', ({ create, digits, affinity }) => {
  const ready = (): TsneKernel => {
    const kernel = create(N);
    drain(kernel.setPoints(unit, M, goldens.perplexity));
    kernel.setMap(goldens.map);
    return kernel;
  };

  it('has the affinities of scikit-learn', () => {
    const p = ready().affinities();
    let at = 0;
    for (let i = 0; i < N; i++) for (let j = i + 1; j < N; j++) expect(Math.abs(p[i * N + j] - goldens.affinities[at++])).toBeLessThan(affinity);
  });

  it('has symmetric affinities of zero diagonal that sum to 1', () => {
    const p = ready().affinities();
    expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    for (let i = 0; i < N; i++) {
      expect(p[i * N + i]).toBe(0);
      for (let j = 0; j < i; j++) expect(p[i * N + j]).toBe(p[j * N + i]);
    }
  });

  it('has the divergence and gradient of scikit-learn', () => {
    const kernel = ready();
    expect(kernel.klDivergence()).toBeCloseTo(goldens.klDivergence, 5);
    kernel.iterate(1, PLAIN);
    expect(farthest(kernel.map(), Float64Array.from(goldens.map))).toBeLessThan(1e-6);
    expect(farthest(kernel.gradient(), goldens.gradient)).toBeLessThan(1e-5);
  });

  it('moves by momentum and gains as stated', () => {
    const kernel = ready();
    kernel.iterate(1, { exaggeration: 2, momentum: 0.5, learningRate: 10 });
    const first = kernel.gradient();
    const map = kernel.map();
    map.forEach((value, at) => expect(value - goldens.map[at]).toBeCloseTo(-10 * 0.8 * first[at], digits - 1));
    kernel.iterate(1, { exaggeration: 2, momentum: 0.5, learningRate: 10 });
    const second = kernel.gradient();
    kernel.map().forEach((value, at) => {
      const velocity = -8 * first[at];
      if (Math.abs(velocity * second[at]) < 1e-9) return;
      const gain = velocity * second[at] < 0 ? 1 : 0.64;
      expect(value - map[at]).toBeCloseTo(0.5 * velocity - 10 * gain * second[at], digits - 1);
    });
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 33])('gives every conditional the wanted perplexity whatever N is: %i neighbours', (neighbours) => {
    const n = neighbours + 1;
    const kernel = create(n);
    drain(kernel.setPoints(blobs(n, 3, n).data.map((value) => value / 20) as Float64Array, 3, Math.max(1, neighbours / 3)));
    const p = kernel.affinities();
    expect(p.every((value) => value >= 0)).toBe(true);
    expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  it('shares affinities equally among equal points', () => {
    const kernel = create(9);
    drain(kernel.setPoints(new Float64Array(18), 2, 2));
    const p = kernel.affinities();
    p.forEach((value, at) => expect(value).toBeCloseTo(at % 10 === 0 ? 0 : 1 / 72, 6));
  });
});

describe('t-SNE twins', () => {
  it('reference has the gradient of finite differences', () => {
    const kernel = referenceKernel(N);
    drain(kernel.setPoints(unit, M, goldens.perplexity));
    kernel.setMap(goldens.map);
    kernel.iterate(1, PLAIN);
    const gradient = kernel.gradient();
    const map = Float64Array.from(goldens.map);
    const epsilon = 1e-5;
    for (let at = 0; at < map.length; at += 7) {
      const kept = map[at];
      const [up, down] = [kept + epsilon, kept - epsilon].map((value) => {
        map[at] = value;
        kernel.setMap(map);
        return kernel.klDivergence();
      });
      map[at] = kept;
      expect((up - down) / (2 * epsilon)).toBeCloseTo(gradient[at], 6);
    }
  });

  it.each(['simd', 'relaxed'] as const)('agree on the gradient whatever N is, on maps small and large: %s', (variant) => {
    for (const n of [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 30, 131]) {
      const data = blobs(n, 5, n).data.map((value) => value / 20) as Float64Array;
      for (const size of [1e-4, 1, 40]) {
        const random = new Random(n);
        const map = Float64Array.from({ length: 2 * n }, () => size * random.normal());
        const [slow, fast] = [referenceKernel(n), wasmKernel(n, variant)].map((kernel) => {
          drain(kernel.setPoints(data, 5, Math.max(1, (n - 1) / 3)));
          kernel.setMap(map);
          kernel.iterate(1, { exaggeration: 3, momentum: 0, learningRate: 0 });
          return kernel.gradient();
        });
        expect(farthest(fast, slow)).toBeLessThan(1e-4 * Math.max(...slow.map(Math.abs)) + 1e-12);
      }
    }
  });

  it.each([2, 3, 4, 5, 9])('agree on the divergence of %i points far apart', (n) => {
    const random = new Random(n);
    const far = Float64Array.from({ length: 2 * n }, () => 1e4 * random.normal());
    const [slow, fast] = [referenceKernel(n), wasmKernel(n)].map((kernel) => {
      drain(kernel.setPoints(blobs(n, 3, n).data.map((value) => value / 20) as Float64Array, 3, Math.max(1, (n - 1) / 3)));
      kernel.setMap(far);
      return kernel.klDivergence();
    });
    expect(fast).toBeCloseTo(slow, 4);
  });

  it.each([5, 16, 61])('agree on affinities, first steps and divergence for %i points', (n) => {
    const data = blobs(n, 7, n).data.map((value) => value / 20) as Float64Array;
    const random = new Random(n);
    const start = Float64Array.from({ length: 2 * n }, () => random.normal());
    const [slow, fast] = [referenceKernel(n), wasmKernel(n)].map((kernel) => {
      drain(kernel.setPoints(data, 7, Math.max(1, (n - 1) / 4)));
      kernel.setMap(start);
      kernel.iterate(20, { exaggeration: 4, momentum: 0.5, learningRate: n / 20 });
      return kernel;
    });
    expect(farthest(fast.affinities(), slow.affinities())).toBeLessThan(2e-6);
    expect(farthest(fast.map(), slow.map())).toBeLessThan(1e-3);
    expect(fast.klDivergence()).toBeCloseTo(slow.klDivergence(), 3);
  });

  it.each([
    ['reference', referenceKernel],
    ['WebAssembly', wasmKernel],
  ] as const)('%s ends as low as scikit-learn after 1000 steps', (_, kernel) => {
    const larger = matrix(goldens.larger.length, goldens.larger[0].length, Float64Array.from(goldens.larger.flat()));
    const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const ours = [1, 2, 3, 4].map((seed) => {
      const tsne = createTsne(larger, { seed, perplexity: goldens.largerPerplexity, kernel });
      tsne.step(1000);
      return tsne.klDivergence();
    });
    expect(Math.abs(mean(ours) / mean(goldens.finalKl) - 1)).toBeLessThan(0.03);
  });
});

describe('t-SNE', () => {
  const kernel = (n: number): TsneKernel => wasmKernel(n);

  it('is the same for the same seed, and pulls groups apart', () => {
    const data = blobs(90, 5, 3);
    const [one, two] = [1, 1].map((seed) => {
      const tsne = createTsne(data, { seed, perplexity: 10, kernel });
      tsne.step(1000);
      return tsne.map();
    });
    expect(two).toEqual(one);
    let within = 0;
    let between = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 90; i++) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let j = 0; j < 90; j++) {
        const gap = Math.hypot(one[2 * i] - one[2 * j], one[2 * i + 1] - one[2 * j + 1]);
        if (i % 3 !== j % 3) between = Math.min(between, gap);
        else if (i !== j) nearest = Math.min(nearest, gap);
      }
      within = Math.max(within, nearest);
    }
    expect(between).toBeGreaterThan(within);
  });

  it('takes the same way in many short steps as in one', () => {
    const runs = [[300], [1, 99, 50, 150]].map((parts) => {
      const tsne = createTsne(golden, { seed: 1, perplexity: 8, kernel });
      for (const steps of parts) tsne.step(steps);
      return tsne.map();
    });
    expect(runs[1]).toEqual(runs[0]);
  });

  it('starts from PCA, keeps its map when the points change, and moves on from there', () => {
    const tsne = createTsne(blobs(60, 4, 1), { seed: 1, kernel });
    tsne.step(1000);
    expect(tsne.done).toBe(true);
    const before = tsne.map();
    const changed = blobs(60, 4, 1);
    const random = new Random(5);
    changed.data.forEach((_, at) => (changed.data[at] += 0.3 * random.normal()));
    tsne.update(changed);
    expect(tsne.map()).toEqual(before);
    expect(tsne.done).toBe(false);
    const kl = tsne.klDivergence();
    tsne.step(500);
    expect(tsne.klDivergence()).toBeLessThan(kl);
    expect(tsne.done).toBe(true);
    const after = tsne.map();
    let [dot, a, b] = [0, 0, 0];
    before.forEach((value, at) => {
      dot += value * after[at];
      a += value * value;
      b += after[at] * after[at];
    });
    expect(dot / Math.sqrt(a * b)).toBeGreaterThan(0.9);
  });

  it('goes on from a given map without early exaggeration', () => {
    const cold = createTsne(golden, { seed: 1, perplexity: 8, kernel });
    cold.step(1000);
    const warm = createTsne(golden, { seed: 2, perplexity: 8, start: cold.map(), kernel });
    const kl = warm.klDivergence();
    warm.step(20);
    expect(warm.klDivergence()).toBeLessThan(kl * 1.01);
  });

  it('does not depend on the scale or place of the points', () => {
    const moved = matrix(N, M, points.map((value) => 1e-9 * value + 1e-3) as Float64Array);
    const [one, two] = [golden, moved].map((data) => {
      const tsne = createTsne(data, { seed: 1, perplexity: 8, kernel });
      tsne.step(10);
      return tsne.map();
    });
    expect(farthest(one, two)).toBeLessThan(1e-3 * Math.max(...one.map(Math.abs)));
  });

  const ends = (tsne: Tsne): void => {
    tsne.step(1200);
    expect(tsne.map().every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(tsne.klDivergence())).toBe(true);
  };

  it.each([
    ['all zeros', matrix(20, 3)],
    ['many duplicates', matrix(30, 2, Float64Array.from({ length: 60 }, (_, at) => (at < 50 ? 1 : at)))],
    ['two distinct points', matrix(10, 1, Float64Array.from({ length: 10 }, (_, i) => i % 2))],
    ['one point', matrix(1, 4, Float64Array.of(1, 2, 3, 4))],
    ['two points', blobs(2, 3, 1)],
    ['three points', blobs(3, 3, 1)],
    ['four points of which three are equal', matrix(4, 1, Float64Array.of(5, 5, 5, 6))],
    ['an outlier', matrix(20, 1, Float64Array.from({ length: 20 }, (_, i) => (i === 0 ? 1e12 : i)))],
    ['huge coordinates', matrix(8, 2, blobs(8, 2, 1).data.map((value) => value * 1e150) as Float64Array)],
    ['tiny coordinates', matrix(8, 2, blobs(8, 2, 1).data.map((value) => value * 1e-150) as Float64Array)],
  ])('stays finite for %s in both twins', (_, data) => {
    ends(createTsne(data, { seed: 1 }));
    ends(createTsne(data, { seed: 1, kernel: referenceKernel }));
  });

  it('parts equal points', () => {
    const tsne = createTsne(matrix(20, 3), { seed: 1 });
    tsne.step(1000);
    const map = tsne.map();
    expect(new Set(Array.from({ length: 20 }, (_, i) => map[2 * i].toFixed(3))).size).toBeGreaterThan(10);
  });

  it('limits the perplexity to (N − 1) / 3', () => {
    expect(createTsne(blobs(10, 2, 1), { seed: 1, perplexity: 50 }).perplexity).toBe(3);
    expect(createTsne(blobs(2, 2, 1), { seed: 1 }).perplexity).toBe(1);
    expect(createTsne(blobs(200, 2, 1), { seed: 1 }).perplexity).toBe(30);
  });

  it('refuses too many series and points that are not finite', () => {
    expect(() => createTsne(matrix(TSNE_LIMIT + 1, 1), { seed: 1 })).toThrow(InputError);
    expect(() => createTsne(matrix(2, 1, Float64Array.of(0, Number.NaN)), { seed: 1 })).toThrow(InputError);
  });
});
