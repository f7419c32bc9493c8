import { UMAP } from 'umap-js';
import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import type { Neighbours } from './neighbours/neighbours';

export interface UmapOptions {
  /** M', width of the projection. */
  components: number;
  /** Neighbours of each point; at most N − 1 are taken. */
  neighbours: number;
  /** Least distance of two points in the projection. */
  minDist: number;
  seed: number;
}

/** Each point needs a few neighbours. */
export const UMAP_LEAST = 4;

/** A fit under way. */
export interface UmapFit {
  /** Epochs in all. */
  epochs: number;
  /** Takes one epoch; none after the last. */
  step(): void;
  /** [N][M']; the rows of the projection itself: what is written there is gone on from. */
  rows(): number[][];
}

/**
 * Sets up a fit of the library umap-js, in one stretch: the graph of the points, and a random start.
 *
 * @param points x [N, M]
 * @param known the nearest others of each point, as many as `neighbours` less one; found by the library where left out
 */
export function fitUmap({ rows: n, columns: m, data }: Matrix, { components, neighbours, minDist, epochs, learningRate }: Omit<UmapOptions, 'seed'> & { epochs?: number; learningRate?: number }, random: Random, known?: Neighbours): UmapFit {
  const model = new UMAP({ nComponents: components, nNeighbors: Math.min(neighbours, n - 1), minDist, nEpochs: epochs, learningRate, random: () => random.uniform() });
  if (known) {
    const k = known.indices.length / n;
    const lists = <T>(of: (at: number) => T, own: (i: number) => T): T[][] => Array.from({ length: n }, (_, i) => [own(i), ...Array.from({ length: k }, (_, a) => of(i * k + a))]);
    model.setPrecomputedKNN(lists((at) => known.indices[at], (i) => i), lists((at) => Math.sqrt(known.distances[at]), () => 0));
  }
  const all = model.initializeFit(Array.from({ length: n }, (_, i) => Array.from(data.subarray(i * m, (i + 1) * m))));
  return { epochs: all, step: () => void model.step(), rows: () => model.getEmbedding() };
}

/**
 * Uniform manifold approximation and projection by the library umap-js, step by step.
 *
 * @param points x [N, M]
 * @returns the projection [N, M']; yields the share of its epochs that is done. The same seed gives the same result.
 * @throws InputError for fewer than 4 points, or one that is not finite
 * Source: McInnes, Healy and Melville (2018).
 */
export function* umap(points: Matrix, { seed, ...options }: UmapOptions): Generator<number, Matrix, void> {
  const n = points.rows;
  check(n >= UMAP_LEAST, `UMAP needs at least ${UMAP_LEAST} series, and there are ${n}.`);
  check(points.data.every(Number.isFinite), 'UMAP needs finite values.');
  const fit = fitUmap(points, options, new Random(seed));
  for (let epoch = 1; epoch <= fit.epochs; epoch++) {
    fit.step();
    if (epoch % 10 === 0) yield epoch / fit.epochs;
  }
  return matrix(n, options.components, Float64Array.from(fit.rows().flat()));
}
