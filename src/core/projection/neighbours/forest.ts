import type { Random } from '../../lib/random';
import type { Search } from './search';

const TREES = 12;
/** Points of a leaf at most; or so many that both halves hold a point and its neighbours. */
const LEAF = 64;
/** Rounds of exploring at most; none follows one that changed less than a share of ENOUGH of the neighbours. */
const ROUNDS = 3;
const ENOUGH = 0.01;
/** Neighbours whose neighbours are looked at. */
export const REACH = 30;
/** What a round takes, in trees. */
const ROUND_COST = 5;

export function leafOf(k: number): number {
  return Math.max(LEAF, 2 * (k + 1));
}

/**
 * Offers each point to those that share a leaf with it in some tree of a random-projection forest, then in rounds to
 * the nearest neighbours of its nearest neighbours. Yields the share of the work that is done at most.
 *
 * Cost: O(N log N). Source: Dasgupta and Freund (2008), Random projection trees and low dimensional manifolds; Dong,
 * Moses and Li (2011), Efficient k-nearest neighbor graph construction for generic similarity measures.
 */
export function* forestSearch(search: Search, random: Random): Generator<number, void, void> {
  const { n, k, meet, isDue, rearrange, sort, explore } = search;
  const whole = TREES + ROUNDS * ROUND_COST;
  for (let tree = 0; tree < TREES; tree++) {
    const leaves = yield* plant(search, random, tree / whole);
    if (tree === 0) for (const _ of rearrange()) yield 0;
    for (const [from, to] of leaves) {
      meet(from, to, from, to);
      if (isDue()) yield (tree + to / n) / whole;
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < n; i++) {
      sort(i);
      if (isDue()) yield (TREES + round * ROUND_COST) / whole;
    }
    let changed = 0;
    for (let i = 0; i < n; i++) {
      changed += explore(i);
      if (isDue()) yield (TREES + (round + i / n) * ROUND_COST) / whole;
    }
    if (changed < ENOUGH * n * k) return;
  }
}

/**
 * Splits the points by planes midway between two of them until a part is a leaf. Parts hold at least k + 1 points, so
 * that each finds k.
 */
export function* plant({ n, k, order, split, isDue }: Search, random: Random, share: number): Generator<number, [number, number][], void> {
  const leaf = leafOf(k);
  const leaves: [number, number][] = [];
  const parts: [number, number][] = [[0, n]];
  order.forEach((_, at) => (order[at] = at));
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [from, to] = part;
    if (to - from <= leaf) {
      leaves.push(part);
      continue;
    }
    const pick = (): number => order[from + random.integer(to - from)];
    let middle = split(from, to, pick(), pick());
    if (isDue()) yield share;
    const least = Math.max((to - from) >> 3, k + 1); // a lopsided split would cost depth: halve the part as it stands instead
    if (middle - from < least || to - middle < least) middle = (from + to) >> 1;
    parts.push([middle, to], [from, middle]);
  }
  return leaves;
}
