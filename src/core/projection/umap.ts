import { UMAP } from 'umap-js';
import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { Random } from '../lib/random';

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
const LEAST = 4;

/**
 * Uniform manifold approximation and projection by the library umap-js, step by step.
 *
 * @param points x [N, M]
 * @returns the projection [N, M']; yields the share of its epochs that is done. The same seed gives the same result.
 * @throws InputError for fewer than 4 points, or one that is not finite
 * Source: McInnes, Healy and Melville (2018).
 */
export function* umap({ rows: n, columns: m, data }: Matrix, { components, neighbours, minDist, seed }: UmapOptions): Generator<number, Matrix, void> {
  check(n >= LEAST, `UMAP needs at least ${LEAST} series, and there are ${n}.`);
  check(data.every(Number.isFinite), 'UMAP needs finite values.');
  const random = new Random(seed);
  const model = new UMAP({ nComponents: components, nNeighbors: Math.min(neighbours, n - 1), minDist, random: () => random.uniform() });
  const epochs = model.initializeFit(Array.from({ length: n }, (_, i) => Array.from(data.subarray(i * m, (i + 1) * m))));
  for (let epoch = 1; epoch <= epochs; epoch++) {
    model.step();
    if (epoch % 10 === 0) yield epoch / epochs;
  }
  return matrix(n, components, Float64Array.from(model.getEmbedding().flat()));
}
