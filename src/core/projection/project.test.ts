import { describe, expect, it } from 'vitest';
import { InputError } from '../lib/assert';
import { Random } from '../lib/random';
import { UMAP_LIMIT } from './limits';
import { createProjector } from './project';
import { createUmap } from './umapMap';

const N = 60;
const M = 5;

function latents(seed: number, noise = 0): Float32Array {
  const random = new Random(seed);
  const other = new Random(99);
  const centres = Float64Array.from({ length: 3 * M }, () => 3 * random.normal());
  return Float32Array.from({ length: N * M }, (_, at) => centres[(Math.floor(at / M) % 3) * M + (at % M)] + random.normal() + noise * other.normal());
}

function likeness(a: Float32Array | null, b: Float32Array | null): number {
  if (a === null || b === null) expect.fail('there is no map');
  let dot = 0;
  for (let i = 0; i < a.length; i++) dot += a[i] * b[i];
  return dot / (a.length / 2);
}

describe('projector', () => {
  it('gives the PCA map at once, then t-SNE, and says when it is done', () => {
    const data = latents(1);
    const projector = createProjector({ method: 'tsne', seed: 1 });
    const first = projector.project(data, M, { budgetMs: 0 });
    expect(first).toMatchObject({ method: 'pca', iteration: 0, klDivergence: null, done: false });
    const pca = createProjector({ method: 'pca', seed: 1 }).project(data, M);
    expect(likeness(first.map, pca.map)).toBeGreaterThan(0.999);
    const last = projector.project(data, M, { final: true });
    expect(last).toMatchObject({ method: 'tsne', done: true });
    expect(last.iteration).toBeGreaterThan(250);
    expect(last.klDivergence).toBeGreaterThan(0);
    expect(projector.project(data, M, { final: true })).toEqual(last);
  });

  it('gives centred maps of mean squared radius 1', () => {
    for (const method of ['pca', 'tsne'] as const) {
      const { map } = createProjector({ method, seed: 1 }).project(latents(1), M, { final: true });
      expect(likeness(map, map)).toBeCloseTo(1, 5);
      expect(map!.reduce((sum, value, at) => sum + (at % 2 === 0 ? value : 0), 0) / N).toBeCloseTo(0, 5);
    }
  });

  it('keeps its axes from epoch to epoch', () => {
    for (const method of ['pca', 'tsne'] as const) {
      const projector = createProjector({ method, seed: 1 });
      let before = projector.project(latents(1), M, { final: true }).map;
      for (let epoch = 1; epoch <= 4; epoch++) {
        const { map } = projector.project(latents(1, 0.2 * epoch), M, { final: true });
        expect(likeness(before, map)).toBeGreaterThan(0.85);
        before = map;
      }
    }
  });

  it('stops when asked, and goes on with the same latents', () => {
    const data = latents(2);
    const projector = createProjector({ method: 'tsne', seed: 1 });
    projector.project(data, M, { budgetMs: 0 });
    let asked = 0; // once before the affinities
    const stopped = projector.project(data, M, { final: true, shouldStop: () => ++asked > 4 });
    expect(stopped.iteration).toBe(150);
    expect(stopped.done).toBe(false);
    const last = projector.project(data, M, { final: true });
    expect(last.done).toBe(true);
    expect(last.iteration).toBeGreaterThan(150);
    expect(last.map).toEqual(createProjector({ method: 'tsne', seed: 1 }).project(data, M, { final: true }).map);
  });

  it('reports the divergence of the latents at hand', () => {
    const projector = createProjector({ method: 'tsne', seed: 1 });
    const before = projector.project(latents(1), M, { final: true }).klDivergence;
    const other = latents(7);
    expect(projector.project(other, M, { budgetMs: 0 })).toMatchObject({ ready: 0, klDivergence: null });
    let asked = 0;
    const at = projector.project(other, M, { shouldStop: () => ++asked > 1 }).klDivergence;
    expect(at).toBeGreaterThan(2 * (before as number));
    expect(projector.project(other, M, { final: true }).klDivergence).toBeLessThan(at as number);
  });

  it('makes affinities in stretches between which it can be left, and goes on with them', () => {
    const random = new Random(3);
    const data = Float32Array.from({ length: 1000 * M }, () => random.normal());
    const projector = createProjector({ method: 'tsne', seed: 1 });
    projector.project(data, M, { budgetMs: 0 });
    let asked = 0;
    const left = projector.project(data, M, { final: true, shouldStop: () => ++asked > 10 });
    expect(left).toMatchObject({ method: 'pca', iteration: 0, klDivergence: null, done: false });
    expect(left.ready).toBeGreaterThan(0.1);
    expect(left.ready).toBeLessThan(0.9);
    asked = 0;
    const before = projector.project(data.slice(), M, { final: true, shouldStop: () => ++asked > 1 });
    expect(before.ready).toBeLessThan(left.ready);
    expect(before.map).toEqual(left.map);
    const stop = (most: number) => ({ final: true, shouldStop: () => ++asked > most });
    asked = 0;
    const last = projector.project(data, M, stop(60));
    const fresh = createProjector({ method: 'tsne', seed: 1 });
    fresh.project(data, M, { budgetMs: 0 });
    asked = 0;
    expect(fresh.project(data, M, stop(60))).toEqual(last);
    expect(last).toMatchObject({ method: 'tsne', ready: 1 });
  });

  it('leaves PCA half done when asked, without a map, and goes on with it', () => {
    for (const method of ['pca', 'tsne'] as const) {
      const projector = createProjector({ method, seed: 1 });
      const data = latents(1);
      expect(projector.project(data, M, { shouldStop: () => true })).toEqual({ map: null, method: 'pca', ready: 0, iteration: 0, klDivergence: null, done: false });
      expect(projector.project(data, M, { budgetMs: 0 })).toEqual(createProjector({ method, seed: 1 }).project(data, M, { budgetMs: 0 }));
    }
  });

  it('starts afresh when the number of series changes', () => {
    const projector = createProjector({ method: 'tsne', seed: 1 });
    projector.project(latents(1), M, { final: true });
    expect(projector.project(latents(1).slice(0, 20 * M), M, { budgetMs: 0 }).iteration).toBe(0);
  });

  it.each([1, 2, 3])('draws %i series', (n) => {
    const { map } = createProjector({ method: 'tsne', seed: 1 }).project(latents(1).slice(0, n * M), M, { final: true });
    expect(map).toHaveLength(2 * n);
    expect(map!.every(Number.isFinite)).toBe(true);
  });

  it('refuses latents that are not finite', () => {
    const data = latents(1);
    data[3] = Number.NaN;
    for (const method of ['pca', 'tsne'] as const) {
      const projector = createProjector({ method, seed: 1 });
      for (const _ of [1, 2]) expect(() => projector.project(data, M)).toThrow(InputError);
      projector.project(latents(1), M, { budgetMs: 0 });
      for (const _ of [1, 2]) expect(() => projector.project(data, M)).toThrow(InputError);
    }
  });
});

describe('projector by UMAP', () => {
  const umapProjector = (seed = 1) => createProjector({ method: 'umap', seed, umap: createUmap });

  it('gives the PCA map at once, then UMAP, which repeats itself from its seed', () => {
    const data = latents(1);
    const projector = umapProjector();
    const first = projector.project(data, M, { budgetMs: 0 });
    expect(first).toMatchObject({ method: 'pca', iteration: 0, ready: 0, done: false });
    expect(likeness(first.map, createProjector({ method: 'pca', seed: 1 }).project(data, M).map)).toBeGreaterThan(0.999);
    const last = projector.project(data, M, { final: true });
    expect(last).toMatchObject({ method: 'umap', iteration: 500, klDivergence: null, ready: 1, done: true });
    expect(projector.project(data, M, { final: true })).toEqual(last);
    expect(umapProjector().project(data, M, { final: true })).toEqual(last);
    expect(umapProjector(2).project(data, M, { final: true }).map).not.toEqual(last.map);
  });

  it('lays series beside their neighbours', () => {
    const data = latents(1);
    const map = umapProjector().project(data, M, { final: true }).map!;
    const nearest = (of: Float32Array, width: number, i: number): number[] => {
      const apart = (j: number): number => Array.from({ length: width }, (_, c) => (of[i * width + c] - of[j * width + c]) ** 2).reduce((a, b) => a + b);
      return Array.from({ length: N }, (_, j) => j).filter((j) => j !== i).sort((a, b) => apart(a) - apart(b)).slice(0, 10);
    };
    const kept = (of: Float32Array): number => Array.from({ length: N }, (_, i) => nearest(data, M, i).filter((j) => nearest(of, 2, i).includes(j)).length / 10).reduce((a, b) => a + b) / N;
    expect(kept(map)).toBeGreaterThan(0.6); // by chance 0.17
    expect(kept(map)).toBeGreaterThan(kept(createProjector({ method: 'pca', seed: 1 }).project(data, M).map!));
  });

  it('keeps its axes from epoch to epoch', () => {
    const projector = umapProjector();
    let before = projector.project(latents(1), M, { final: true }).map;
    for (let epoch = 1; epoch <= 3; epoch++) {
      const { map, iteration } = projector.project(latents(1, 0.2 * epoch), M, { final: true });
      expect(likeness(before, map)).toBeGreaterThan(0.85);
      expect(iteration).toBe(500 + 200 * epoch);
      before = map;
    }
  });

  it('stops when asked, and goes on with the same latents', () => {
    const data = latents(2);
    const projector = umapProjector();
    let asked = 0;
    const left = projector.project(data, M, { final: true, shouldStop: () => ++asked > 6 });
    expect(left.done).toBe(false);
    expect(left.iteration).toBeLessThan(300);
    expect(projector.project(data, M, { final: true })).toEqual(umapProjector().project(data, M, { final: true }));
  });

  it.each([1, 3, 4, 5])('draws %i series, the fewest by PCA', (n) => {
    const { map, method } = umapProjector().project(latents(1).slice(0, n * M), M, { final: true });
    expect(map).toHaveLength(2 * n);
    expect(map!.every(Number.isFinite)).toBe(true);
    expect(method).toBe(n < 4 ? 'pca' : 'umap');
  });

  it('draws series that all coincide, and refuses too many', () => {
    const { map } = umapProjector().project(new Float32Array(20 * M).fill(3), M, { final: true });
    expect(map!.every(Number.isFinite)).toBe(true);
    expect(() => umapProjector().project(new Float32Array(UMAP_LIMIT + 1), 1, { budgetMs: 0 })).toThrow(`UMAP takes at most ${UMAP_LIMIT} series, and there are ${UMAP_LIMIT + 1}`);
  });
});
