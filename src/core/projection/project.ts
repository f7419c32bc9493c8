import { matrix, type Matrix } from '../lib/matrix';
import { type Pca, pcaSteps } from './pca';
import type { TsneKernel } from './tsne/kernel';
import { createTsne, type Tsne } from './tsne/tsne';
import type { createUmap } from './umapMap';

declare const performance: { now(): number };

export interface ProjectorOptions {
  method: 'tsne' | 'umap' | 'pca';
  seed: number;
  /** For t-SNE; null or left out: 30, at most (N − 1) / 3. */
  perplexity?: number | null;
  /** The twin of t-SNE that computes. Default: as createTsne chooses. */
  kernel?: (n: number) => TsneKernel;
  /** Makes the map of UMAP, which needs it; handed in, so that its library is loaded only where it is asked for. */
  umap?: typeof createUmap;
}

/** A map that is refined in steps. */
export interface Layout extends Pick<Tsne, 'n' | 'iteration' | 'done' | 'map' | 'ready' | 'prepare' | 'step' | 'update'> {
  /** null where the method has none. */
  klDivergence(): number | null;
}

export interface ProjectOptions {
  /** Refine the map to the end. Default false: one look of `budgetMs`. */
  final?: boolean;
  /** Time to spend on t-SNE. Default 100 ms, or no limit when `final`. 0 gives the map as it stands, at first that of PCA, on which some milliseconds are spent all the same. */
  budgetMs?: number;
  /** Asked every few milliseconds; true ends the refinement at once. */
  shouldStop?: () => boolean;
}

export interface Projection {
  /** [N, 2], centred, mean squared radius 1 (all 0 when all points coincide); null while PCA of wide latents is under way. */
  map: Float32Array | null;
  method: 'pca' | 'tsne' | 'umap';
  /** Share of the affinities of these latents that are made; below 1 the map stands still. 1 for PCA. */
  ready: number;
  /** Steps of t-SNE or UMAP so far; 0 for PCA. */
  iteration: number;
  /** Of this map when `done`, else of a map at most {@link STALE} steps before; null for PCA and UMAP, and while affinities are made. */
  klDivergence: number | null;
  /** Calling again with the same latents would not change it. */
  done: boolean;
}

export interface Projector {
  /**
   * The map of latents [N, width]. The same array again goes on with its map; another array of as many series moves
   * the map on from where it stands, so that axes are stable from epoch to epoch; another N starts afresh.
   *
   * @throws InputError when a latent is not finite, or there are more series than t-SNE or UMAP takes
   */
  project(latents: Float32Array, width: number, options?: ProjectOptions): Projection;
}

/** Pairs of points in one uninterrupted stretch: a few milliseconds. */
const STRETCH = 5e6;

/** Milliseconds that PCA gets at each call. */
const FIRST_LOOK = 25;

/** The divergence costs as much as two steps, so it is not computed for every look at a large map. */
const STALE = 25;

/** One projector for the worker and the command line: PCA, or t-SNE or UMAP warm-started from its last map. UMAP of a handful of series is PCA. */
export function createProjector({ method, seed, perplexity, kernel, umap }: ProjectorOptions): Projector {
  if (method === 'umap' && !umap) throw new Error('a projector by UMAP needs the maker of its maps');
  let last: Float32Array | null = null;
  let layout: Layout | null = null;
  let arranging: Generator<void, Pca, void> | null = null;
  let scores: Float64Array | undefined;
  let divergence: { iteration: number; value: number | null } = { iteration: 0, value: null };

  const divergenceOf = (map: Layout): number | null => {
    const { iteration, done } = map;
    const age = iteration - divergence.iteration;
    if (age < 0 || age >= STALE || done || divergence.iteration === 0) divergence = { iteration, value: map.klDivergence() };
    return divergence.value;
  };

  /** Goes on with PCA until then. @returns whether it is done */
  const arrange = (until: number, shouldStop: () => boolean): boolean => {
    while (arranging) {
      const { done, value } = arranging.next();
      if (done) {
        scores = value.map;
        arranging = null;
      } else if (performance.now() >= until || shouldStop()) return false;
    }
    return true;
  };

  /** Takes up latents that are other than the last. @returns whether there is a map */
  const take = (points: Matrix, latents: Float32Array, until: number, shouldStop: () => boolean): boolean => {
    const isOther = latents !== last;
    last = latents;
    try {
      if (layout !== null && layout.n === points.rows) {
        if (isOther) {
          layout.update(points);
          divergence.iteration = 0;
        }
        return true;
      }
      layout = null;
      if (isOther) arranging = pcaSteps(points, method === 'pca' ? scores : undefined);
      if (!arrange(Math.max(until, performance.now() + FIRST_LOOK), shouldStop)) return false;
      if (method === 'tsne') layout = createTsne(points, { seed, perplexity, scores, kernel });
      if (method === 'umap') layout = umap!(points, { seed, scores: scores! });
      return true;
    } catch (error) {
      last = null;
      throw error;
    }
  };

  return {
    project(latents, width, { final = false, budgetMs = final ? Number.POSITIVE_INFINITY : 100, shouldStop = () => false } = {}) {
      const points = matrix(latents.length / width, width, latents);
      const until = performance.now() + budgetMs;
      if (!take(points, latents, until, shouldStop)) return { map: null, method: 'pca', ready: 0, iteration: 0, klDivergence: null, done: false };
      if (layout === null) return { map: unitRadius(scores!), method: 'pca', ready: 1, iteration: 0, klDivergence: null, done: true };
      const steps = Math.max(1, Math.min(50, Math.round(STRETCH / (layout.n * layout.n))));
      while (!layout.done && performance.now() < until && !shouldStop()) {
        if (layout.ready < 1) layout.prepare();
        else layout.step(steps);
      }
      const { ready, iteration, done } = layout;
      return { map: unitRadius(layout.map()), method: iteration > 0 ? method : 'pca', ready, iteration, klDivergence: iteration > 0 && ready === 1 ? divergenceOf(layout) : null, done };
    },
  };
}

function unitRadius(map: Float64Array): Float32Array {
  const n = map.length / 2;
  const centre = [0, 0];
  for (let at = 0; at < 2 * n; at++) centre[at % 2] += map[at] / n;
  let squares = 0;
  for (let at = 0; at < 2 * n; at++) squares += (map[at] - centre[at % 2]) ** 2 / n;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  const unit = new Float32Array(2 * n);
  for (let at = 0; at < 2 * n; at++) unit[at] = (map[at] - centre[at % 2]) * scale;
  return unit;
}
