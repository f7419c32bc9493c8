import type { Random } from '../../../lib/random';

/** Points in a leaf at most, trees, and how many neighbours' neighbours are looked at in the second pass. */
const LEAF = 64;
const TREES = 8;
const REACH = 16;

export interface Neighbours {
  /** [N, k]; the nearest found first. */
  indices: Int32Array;
  /** [N, k]; squared distances. */
  distances: Float64Array;
}

/**
 * About the k nearest neighbours of each point: the nearest of those that share a leaf with it in some tree of a
 * random-projection forest, then the nearest among these and the neighbours of its neighbours.
 *
 * @param x points [N, M]
 * @param k at most min(N − 1, LEAF − 1), so that a leaf always has enough
 *
 * Cost: O(N log N). Source: Dasgupta and Freund (2008); Dong, Moses and Li (2011).
 */
export function nearNeighbours(x: Float64Array, n: number, m: number, k: number, random: Random): Neighbours {
  const found = { indices: new Int32Array(n * k), distances: new Float64Array(n * k) };
  const forest = Array.from({ length: TREES }, () => plant(x, n, m, Math.max(LEAF, 2 * k), random));
  const search = searcher(x, m, k, n);
  for (let i = 0; i < n; i++) {
    search.begin(i);
    for (const { order, start, end } of forest) for (let at = start[i]; at < end[i]; at++) search.offer(order[at]);
    search.write(found);
  }
  const first = found.indices.slice();
  const reach = Math.min(REACH, k);
  for (let i = 0; i < n; i++) {
    search.begin(i);
    for (let a = 0; a < k; a++) search.offer(first[i * k + a]);
    for (let a = 0; a < reach; a++) for (let b = 0; b < reach; b++) search.offer(first[first[i * k + a] * k + b]);
    search.write(found);
  }
  return found;
}

/** The points in the order of the leaves, and the leaf of each point. */
interface Tree {
  order: Int32Array;
  start: Int32Array;
  end: Int32Array;
}

/** Splits the points by the side of a plane midway between two of them, until a part has at most `leaf`. */
function plant(x: Float64Array, n: number, m: number, leaf: number, random: Random): Tree {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const [start, end] = [new Int32Array(n), new Int32Array(n)];
  const side = new Float64Array(n);
  const parts: [number, number][] = [[0, n]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [from, to] = part;
    if (to - from <= leaf) {
      for (let at = from; at < to; at++) {
        start[order[at]] = from;
        end[order[at]] = to;
      }
      continue;
    }
    const pick = (): number => order[from + Math.floor(random.uniform() * (to - from))] * m;
    const [a, b] = [pick(), pick()];
    for (let at = from; at < to; at++) {
      const p = order[at] * m;
      let s = 0;
      for (let c = 0; c < m; c++) s += (x[p + c] - 0.5 * (x[a + c] + x[b + c])) * (x[b + c] - x[a + c]);
      side[at] = s;
    }
    let middle = from;
    for (let at = from; at < to; at++) {
      if (side[at] >= 0) continue;
      [order[at], order[middle]] = [order[middle], order[at]];
      [side[at], side[middle]] = [side[middle], side[at]];
      middle += 1;
    }
    const least = (to - from) >> 3; // a lopsided split would cost depth: halve the part as it stands instead
    if (middle - from < least || to - middle < least) middle = (from + to) >> 1;
    parts.push([from, middle], [middle, to]);
  }
  return { order, start, end };
}

/** Keeps the k nearest of the points that are offered to point i, each point once. */
function searcher(x: Float64Array, m: number, k: number, n: number) {
  const seen = new Int32Array(n).fill(-1);
  const indices = new Int32Array(k);
  const distances = new Float64Array(k);
  let own = 0;
  let round = -1;
  let count = 0;
  return {
    begin(i: number): void {
      own = i;
      round += 1;
      count = 0;
      seen[i] = round;
    },
    offer(j: number): void {
      if (seen[j] === round) return;
      seen[j] = round;
      const bound = count === k ? distances[k - 1] : Number.POSITIVE_INFINITY;
      let d = 0;
      for (let c = 0, p = own * m, q = j * m; c < m && d < bound; ) {
        const stop = Math.min(m, c + 16);
        for (; c < stop; c++, p++, q++) {
          const gap = x[p] - x[q];
          d += gap * gap;
        }
      }
      if (d >= bound) return;
      let at = count < k ? count++ : k - 1;
      for (; at > 0 && distances[at - 1] > d; at--) {
        distances[at] = distances[at - 1];
        indices[at] = indices[at - 1];
      }
      distances[at] = d;
      indices[at] = j;
    },
    write(to: Neighbours): void {
      to.indices.set(indices, own * k);
      to.distances.set(distances, own * k);
    },
  };
}
