import { check } from '../lib/assert';
import { drain } from '../lib/drain';
import type { Random } from '../lib/random';
import { checkClusterCount } from './checks';

/** What k-means needs of a space that is not a vector space: N items, prototypes C. */
export interface PrototypeSpace<C> {
  /** Cost of item i in the cluster of a prototype; finite, least for items at the prototype. */
  cost(i: number, centre: C): number;
  /** The same of all items [N], but for rounding. */
  costs(centre: C): Float64Array;
  /** A prototype at item i. */
  start(i: number): C;
  /** A prototype of the members that costs no more than `previous` where the method can promise it. */
  centre(members: readonly number[], previous: C): C;
}

export interface AlternateOptions<C> {
  /** Seeded starts; the one of least cost wins. */
  restarts: number;
  /** Rounds of one start at most. */
  maxIterations: number;
  /** K prototypes to start from, instead of the seeded starts. */
  start?: readonly C[];
}

export interface AlternateResult<C> {
  /** [N] in 0..K-1: the cluster of least cost. */
  assignments: Int32Array;
  /** K prototypes. */
  centres: C[];
  /** Σ_i cost(i, its prototype). */
  inertia: number;
  iterations: number;
}

/**
 * k-means in any space: items go to the prototype of least cost, prototypes move to their members, until no item
 * changes its cluster. The round of least total cost is the result. An empty cluster starts again at the item that
 * costs most; it stays empty only when no item costs more than at a prototype of its own.
 *
 * Seeding: each further prototype is an item drawn in proportion to its cost above that at its own prototype.
 * Source: Lloyd (1982); Arthur and Vassilvitskii (2007).
 */
export function alternate<C>(n: number, k: number, random: Random, space: PrototypeSpace<C>, options: AlternateOptions<C>): AlternateResult<C> {
  return drain(alternateSteps(n, k, random, space, options));
}

/** The same step by step: yields the share that is done at most, so that a long computation can be paused or left. */
export function* alternateSteps<C>(n: number, k: number, random: Random, space: PrototypeSpace<C>, { restarts, maxIterations, start }: AlternateOptions<C>): Generator<number, AlternateResult<C>, void> {
  checkClusterCount(k, n);
  const own = new Float64Array(n);
  check(start === undefined || start.length === k, `There are ${start?.length} prototypes to start ${k} clusters from.`);
  const starts = start ? 1 : Math.max(1, restarts);
  for (let i = 0; i < n; i++) {
    own[i] = space.cost(i, space.start(i));
    yield 0;
  }
  let best: AlternateResult<C> | null = null;
  for (let r = 0; r < starts; r++) {
    const first = start ? [...start] : yield* seed(n, k, random, space, own, r / starts);
    const rounds = settle(n, first, space, own, maxIterations);
    let round = rounds.next();
    for (; !round.done; round = rounds.next()) yield (r + round.value) / starts;
    if (best === null || round.value.inertia < best.inertia) best = round.value;
  }
  return best!;
}

function* settle<C>(n: number, first: C[], space: PrototypeSpace<C>, own: Float64Array, maxIterations: number): Generator<number, AlternateResult<C>, void> {
  let centres = first;
  let best: AlternateResult<C> | null = null;
  let previous: Int32Array | null = null;
  for (let iterations = 0; ; iterations++) {
    const share = iterations / maxIterations;
    const { assignments, costs } = yield* assign(n, centres, space, own, share);
    const inertia = costs.reduce((sum, cost) => sum + cost, 0);
    if (best === null || inertia < best.inertia) best = { assignments, centres, inertia, iterations };
    const settled = previous?.every((c, i) => c === assignments[i]) ?? false;
    if (settled || iterations >= maxIterations) return best;
    previous = assignments;
    const members: number[][] = centres.map(() => []);
    assignments.forEach((c, i) => members[c].push(i));
    const next: C[] = [];
    for (const [c, centre] of centres.entries()) {
      yield share;
      next.push(members[c].length === 0 ? centre : space.centre(members[c], centre));
    }
    centres = next;
  }
}

/** Changes `centres` where a cluster is empty. */
function* assign<C>(n: number, centres: C[], space: PrototypeSpace<C>, own: Float64Array, share: number): Generator<number, { assignments: Int32Array; costs: Float64Array }, void> {
  const assignments = new Int32Array(n);
  const costs = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  for (const [c, centre] of centres.entries()) {
    yield share;
    space.costs(centre).forEach((cost, i) => {
      if (cost < costs[i]) {
        costs[i] = cost;
        assignments[i] = c;
      }
    });
  }
  const count = new Int32Array(centres.length);
  for (const c of assignments) count[c]++;
  for (let c = 0; c < centres.length; c++) {
    if (count[c] > 0) continue;
    let farthest = -1;
    let most = 1e-9;
    for (let i = 0; i < n; i++) {
      if (count[assignments[i]] < 2 || costs[i] - own[i] <= most) continue;
      most = costs[i] - own[i];
      farthest = i;
    }
    if (farthest < 0) continue;
    count[assignments[farthest]]--;
    count[c] = 1;
    centres[c] = space.start(farthest);
    assignments[farthest] = c;
    costs[farthest] = own[farthest];
  }
  return { assignments, costs };
}

function* seed<C>(n: number, k: number, random: Random, space: PrototypeSpace<C>, own: Float64Array, share: number): Generator<number, C[], void> {
  const centres = [space.start(random.integer(n))];
  const weights = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  while (centres.length < k) {
    yield share;
    space.costs(centres[centres.length - 1]).forEach((cost, i) => {
      weights[i] = Math.min(weights[i], Math.max(0, cost - own[i]));
    });
    let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    let drawn = left > 0 ? weights.findLastIndex((weight) => weight > 0) : random.integer(n);
    for (let i = 0; i < n && left > 0; i++) {
      left -= weights[i];
      if (left <= 0) drawn = i;
    }
    centres.push(space.start(drawn));
  }
  return centres;
}
