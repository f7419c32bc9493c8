import { Random } from '../../lib/random';
import { allPairsSearch } from './allPairs';
import { forestSearch, leafOf, REACH } from './forest';
import { createSearch } from './search';

/** Up to so many points all pairs are compared, which takes as long as some twenty steps of t-SNE. */
export const ALL_PAIRS_LIMIT = 20_000;
/** The forest is drawn from this seed: the same points have the same neighbours. */
const SEED = 1;

export interface Neighbours {
  /** [N, k]; the nearest first. */
  indices: Int32Array;
  /** [N, k]; squared distances. */
  distances: Float32Array;
}

/**
 * The k nearest neighbours of each point by Euclidean distance in float32: all of them up to {@link ALL_PAIRS_LIMIT}
 * points, nearly all beyond.
 *
 * @param x points [N, M], finite, of size at most 1
 * @param k at most N − 1
 * @returns the neighbours; yields the share of the work that is done, every few milliseconds
 */
export function* nearNeighbours(x: Float64Array, n: number, m: number, k: number, allPairs = n <= ALL_PAIRS_LIMIT): Generator<number, Neighbours, void> {
  const search = createSearch(x, n, m, k, leafOf(k), Math.min(REACH, k));
  for (const _ of search.rearrange()) yield 0;
  const random = new Random(SEED);
  yield* allPairs ? allPairsSearch(search, random) : forestSearch(search, random);
  for (const found = search.neighbours(); ; yield 1) {
    const { done, value } = found.next();
    if (done) return value;
  }
}
