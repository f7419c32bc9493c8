import type { Random } from '../../lib/random';
import { plant } from './forest';
import type { Search } from './search';

/** Points of a group: two groups stay in the nearest cache. */
const GROUP = 64;

/**
 * Offers each point to all others, those near it in a tree first, so that later ones seldom come into its list. Yields
 * the share of the pairs that have met. Cost: O(N²).
 */
export function* allPairsSearch(search: Search, random: Random): Generator<number, void, void> {
  const { n, meet, isDue, rearrange } = search;
  if (n > GROUP) yield* plant(search, random, 0);
  for (const _ of rearrange()) yield 0;
  const groups = Math.ceil(n / GROUP);
  const whole = (groups * (groups + 1)) / 2;
  let done = 0;
  for (let apart = 0; apart < groups; apart++) {
    for (let group = apart; group < groups; group++) {
      const from = group * GROUP;
      const other = from - apart * GROUP;
      meet(from, Math.min(n, from + GROUP), other, other + (apart === 0 ? Math.min(n - other, GROUP) : GROUP));
      done += 1;
      if (isDue()) yield done / whole;
    }
  }
}
