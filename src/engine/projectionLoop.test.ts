import { describe, expect, it } from 'vitest';
import { createProjector, type Projector, type ProjectorOptions } from '../core/projection/project';
import { createUmap } from '../core/projection/umapMap';
import { createProjectionLoop } from './projectionLoop';
import type { MappingEvent, ProjectionEvent } from './protocol';
import { nextTurn } from './turn';

const N = 30;
const WIDTH = 4;

/** Two clouds, moved a little by the epoch. */
function latents(epoch: number): Float32Array {
  return Float32Array.from({ length: N * WIDTH }, (_, at) => (at < (N * WIDTH) / 2 ? 0 : 5) + Math.sin(at * 12.9898) + epoch / 50);
}

/** A projector of which every look takes ten steps, whatever the machine, after `looks` at affinities; done after 200 on the same array. */
function tenSteps(looks: number): typeof createProjector {
  return ({ method }: ProjectorOptions): Projector => {
    let last: Float32Array | null = null;
    let iteration = 0;
    let since = 0;
    let looked = 0;
    return {
      project(points, width, options) {
        if (points !== last) [since, looked] = [0, 0];
        last = points;
        const works = method === 'tsne' && options?.budgetMs !== 0;
        const steps = works && looked === looks ? 10 : 0;
        if (works && looked < looks) looked += 1;
        iteration += steps;
        since += steps;
        const ready = method === 'tsne' && looks > 0 ? looked / looks : 1;
        return { map: new Float32Array((2 * points.length) / width), method: iteration > 0 ? 'tsne' : 'pca', ready, iteration, klDivergence: null, done: method === 'pca' || since >= 200 };
      },
    };
  };
}

function begin(method: ProjectorOptions['method'] = 'tsne', acknowledge = true, create: typeof createProjector = tenSteps(0)) {
  const maps: ProjectionEvent[] = [];
  const told: MappingEvent[] = [];
  let clock = 0;
  const loop = createProjectionLoop(
    (event) => {
      if (event.kind === 'mapping') return void told.push(structuredClone(event));
      maps.push(structuredClone(event));
      if (acknowledge) loop.handle({ kind: 'ack', runId: event.runId, epoch: event.epoch });
    },
    { createProjector: create, now: () => (clock += 30), nextTurn },
  );
  loop.handle({ kind: 'configure', runId: 1, seed: 1, perplexity: null, method });
  const project = (epoch: number, final = false) => loop.handle({ kind: 'project', runId: 1, epoch, latents: latents(epoch), latentWidth: WIDTH, final });
  return { loop, maps, told, project };
}

describe('projection loop', () => {
  it('gives PCA at once, then streams t-SNE of the last epoch to the end', async () => {
    const { loop, maps, project } = begin();
    project(1, true);
    expect(maps.map(({ method }) => method)).toEqual(['pca']);
    await loop.idle();
    expect(maps.length).toBeGreaterThan(2);
    expect(maps.at(-1)).toMatchObject({ epoch: 1, method: 'tsne', iteration: 200 });
    const iterations = maps.map(({ iteration }) => iteration);
    expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
    expect(maps.at(-1)?.map).toHaveLength(2 * N);
  });

  it('gives PCA alone when asked to', async () => {
    const { loop, maps, project } = begin('pca');
    project(1, true);
    await loop.idle();
    expect(maps.map(({ method }) => method)).toEqual(['pca']);
  });

  it('leaves an epoch for a newer one and skips those between', async () => {
    const { loop, maps, project } = begin();
    for (const epoch of [1, 2, 3]) project(epoch, epoch === 3);
    await loop.idle();
    expect([...new Set(maps.map(({ epoch }) => epoch))]).toEqual([1, 3]);
  });

  it('goes on with the map of an epoch when that epoch becomes the last', async () => {
    const { loop, maps, project } = begin();
    project(1);
    await loop.idle();
    expect(maps.at(-1)!.iteration).toBeLessThan(200);
    project(1, true);
    await loop.idle();
    expect(maps.at(-1)!.iteration).toBe(200);
    expect(maps.filter(({ method }) => method === 'pca')).toHaveLength(1);
  });

  it('never has two maps on the way but for the last of an epoch', async () => {
    const { loop, maps, project } = begin('tsne', false);
    project(1, true);
    await loop.idle();
    expect(maps).toHaveLength(2);
  });

  it('tells how many of the affinities are made when they take long, and then streams maps', async () => {
    const { loop, maps, told, project } = begin('tsne', true, tenSteps(60));
    project(1, true);
    await loop.idle();
    expect(told.length).toBeGreaterThan(3);
    expect(told.every(({ runId, epoch, ready }) => runId === 1 && epoch === 1 && ready > 0 && ready < 1)).toBe(true);
    expect(told.map(({ ready }) => ready)).toEqual(told.map(({ ready }) => ready).sort((a, b) => a - b));
    expect(maps[0]).toMatchObject({ method: 'pca', iteration: 0 });
    expect(maps.at(-1)).toMatchObject({ method: 'tsne', iteration: 200 });
  });

  it('waits for the first map, and leaves it for another projection', async () => {
    const late = (options: ProjectorOptions): Projector => {
      let looks = 0;
      const then = tenSteps(0)(options);
      return { project: (points, width, given) => ((looks += 1) < 5 ? { map: null, method: 'pca', ready: 0, iteration: 0, klDivergence: null, done: false } : then.project(points, width, given)) };
    };
    const { loop, maps, project } = begin('tsne', true, late);
    project(1);
    await nextTurn();
    project(2);
    await loop.idle();
    expect(maps[0]).toMatchObject({ epoch: 1, method: 'pca' });
    expect(maps.at(-1)).toMatchObject({ epoch: 2, method: 'tsne' });
    loop.handle({ kind: 'configure', runId: 2, seed: 1, perplexity: null, method: 'tsne' });
    project(3);
    loop.handle({ kind: 'configure', runId: 3, seed: 1, perplexity: null, method: 'pca' });
    await loop.idle();
    expect(maps.every(({ epoch }) => epoch < 3)).toBe(true);
  });

  it('says nothing of affinities that are soon made', async () => {
    const { loop, told, project } = begin('tsne', true, tenSteps(3));
    project(1, true);
    await loop.idle();
    expect(told).toEqual([]);
  });

  it('refines an epoch for as long as its affinities took before it leaves it for a newer one', async () => {
    const { loop, maps, project } = begin('tsne', true, tenSteps(12));
    project(1);
    project(2);
    project(3);
    await loop.idle();
    const last = (epoch: number): number => maps.findLast((map) => map.epoch === epoch)?.iteration ?? 0;
    expect(last(1)).toBeGreaterThanOrEqual(110);
    expect(last(1)).toBeLessThan(200);
    expect(last(2)).toBe(0);
    expect(last(3)).toBeGreaterThan(last(1));
  });

  it('leaves affinities at once for the last epoch, and for another projection', async () => {
    const { loop, maps, project } = begin('tsne', true, tenSteps(1000));
    project(1);
    await nextTurn();
    project(2, true);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    loop.handle({ kind: 'configure', runId: 2, seed: 1, perplexity: null, method: 'pca' });
    loop.handle({ kind: 'project', runId: 2, epoch: 5, latents: latents(5), latentWidth: WIDTH, final: true });
    await loop.idle();
    expect(maps.map(({ runId, epoch, method }) => [runId, epoch, method])).toEqual([[1, 1, 'pca'], [1, 2, 'pca'], [2, 5, 'pca']]);
  });

  it('moves the map of real latents by t-SNE, reproducibly', async () => {
    const run = async () => {
      const { loop, maps, project } = begin('tsne', true, createProjector);
      project(1, true);
      await loop.idle();
      return maps.at(-1)!;
    };
    const [first, second] = [await run(), await run()];
    expect(first.map).toEqual(second.map);
    expect(first.klDivergence).toBeGreaterThan(0);
  });

  it('moves the map of real latents by UMAP, on from the last epoch, and gives way to a newer one', async () => {
    const { loop, maps, project } = begin('umap', true, (options) => createProjector({ ...options, umap: createUmap }));
    project(1);
    project(2);
    project(3, true);
    await loop.idle();
    expect(maps[0]).toMatchObject({ epoch: 1, method: 'pca' });
    expect(maps.some(({ epoch }) => epoch === 2)).toBe(false);
    expect(maps.at(-1)).toMatchObject({ epoch: 3, method: 'umap', klDivergence: null });
    const { iteration } = maps.at(-1)!;
    project(3, true);
    await loop.idle();
    expect(maps.at(-1)!.iteration).toBe(iteration);
  });

  it('rejects latents that are not finite', async () => {
    const { loop } = begin('tsne', true, createProjector);
    loop.handle({ kind: 'project', runId: 1, epoch: 1, latents: new Float32Array(N * WIDTH).fill(Number.NaN), latentWidth: WIDTH, final: true });
    await expect(loop.idle()).rejects.toThrow(/finite/);
  });
});
