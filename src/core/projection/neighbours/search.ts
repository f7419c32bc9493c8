import { instantiateWasm, wasmMemory, wasmVariant } from '../../lib/wasm';
import type { Neighbours } from './neighbours';
import { wasmBase64 } from './neighbours.wasm';

interface Exports {
  begin(x: number, width: number, k: number, lists: number, bounds: number): void;
  empty(i: number): void;
  gather(indices: number, count: number, to: number): void;
  meet(own: number, ownIndices: number, ownBounds: number, ownCount: number, other: number, otherIndices: number, otherBounds: number, otherCount: number): void;
  split(order: number, from: number, to: number, a: number, b: number, normal: number): number;
  sort(i: number, first: number, reach: number, again: boolean): void;
  explore(i: number, first: number, reach: number, seen: number, round: number, found: number): number;
}

/** The module's own data lies below. */
const BASE = 65536;
/** Products of coordinates in one uninterrupted stretch: a few milliseconds. */
const STRETCH = 8e6;
/** What it takes to put a point into a list, in products. */
const PLACE = 500;

/** A search for near neighbours under way: points, the nearest found of each so far, and ways to find more. */
export interface Search {
  readonly n: number;
  readonly k: number;
  /** All points, in the order in which they are spoken of below; free to be changed. */
  readonly order: Int32Array;
  /** Offers the points from `from` to `to` in the order to those from `other` to `otherTo`, both ways; a group may meet itself. */
  meet(from: number, to: number, other: number, otherTo: number): void;
  /** Parts a stretch of the order by the plane midway between points a and b. @returns where those nearer to b begin */
  split(from: number, to: number, a: number, b: number): number;
  /** Numbers the points anew, as they stand in the order: what stands together then lies together. Empties all lists. */
  rearrange(): Generator<void, void, void>;
  /** Puts the nearest of point i first; {@link explore} looks at them as they were then. */
  sort(i: number): void;
  /** Offers to point i the nearest of its nearest. @returns how many came in */
  explore(i: number): number;
  /** Whether a few milliseconds of work were done since it last said so. */
  isDue(): boolean;
  /** What was found; yields when it is due. */
  neighbours(): Generator<void, Neighbours, void>;
}

/**
 * A search that begins with {@link Search.rearrange}.
 *
 * @param x points [N, M]
 * @param k neighbours wanted of each
 * @param most points of a group at most
 * @param reach how many of the nearest are explored, at most k
 */
export function createSearch(x: Float64Array, n: number, m: number, k: number, most: number, reach: number): Search {
  const width = (m + 3) & ~3;
  const stride = (k + 3) & ~3;
  const room = (most + 3) & ~3;
  let top = BASE;
  const allot = (numbers: number): number => {
    const at = top;
    top += (4 * numbers + 15) & ~15;
    return at;
  };
  const [points, lists, bounds, orders] = [n * width, 2 * n * stride, n, n].map(allot);
  const [seen, first, found, normal] = [n, n * reach, reach * reach + 3, width].map(allot);
  const [own, ownBounds, other, otherBounds] = [room * width, room, room * width, room].map(allot);
  const memory = wasmMemory(top);
  const wasm = instantiateWasm<Exports>(wasmBase64, memory, wasmVariant());
  const floats = new Float32Array(memory.buffer);
  const integers = new Int32Array(memory.buffer);
  const order = new Int32Array(memory.buffer, orders, n);
  /** By the number that a point has here, the one that it came with. */
  const names = new Int32Array(n);
  let round = 1;
  let work = 0;
  let explored = false;

  const number = (): void => order.forEach((_, i) => (order[i] = i));
  number();
  names.set(order);
  wasm.begin(points, width, k, lists, bounds);
  const isDue = (): boolean => {
    if (work < STRETCH) return false;
    work = 0;
    return true;
  };

  return {
    n,
    k,
    order,
    meet(from, to, otherFrom, otherTo) {
      const same = from === otherFrom;
      const indices = orders + 4 * from;
      const otherIndices = orders + 4 * otherFrom;
      wasm.gather(indices, to - from, own);
      if (!same) wasm.gather(otherIndices, otherTo - otherFrom, other);
      wasm.meet(own, indices, ownBounds, to - from, same ? own : other, otherIndices, same ? ownBounds : otherBounds, otherTo - otherFrom);
      work += (to - from) * ((same ? 0.5 : 1) * (otherTo - otherFrom) * width + 10 * PLACE);
    },
    split(from, to, a, b) {
      work += (to - from) * width;
      return wasm.split(orders, from, to, a, b, normal);
    },
    *rearrange() {
      names.set(order.map((i) => names[i]));
      number();
      for (let i = 0; i < n; i++) {
        for (let c = 0, to = points / 4 + i * width; c < m; c++) floats[to + c] = x[names[i] * m + c];
        wasm.empty(i);
        work += 5 * (width + k);
        if (isDue()) yield;
      }
    },
    sort(i) {
      work += 10 * PLACE;
      wasm.sort(i, first, reach, explored);
    },
    explore(i) {
      work += reach * reach * width;
      explored = true;
      return wasm.explore(i, first, reach, seen, round++, found);
    },
    isDue,
    *neighbours() {
      const indices = new Int32Array(n * k);
      const distances = new Float32Array(n * k);
      for (let i = 0; i < n; i++) {
        this.sort(i);
        const row = lists / 4 + 2 * i * stride;
        const to = names[i] * k;
        for (let a = 0; a < k; a++) indices[to + a] = names[integers[row + stride + a]];
        distances.set(floats.subarray(row, row + k), to);
        if (isDue()) yield;
      }
      return { indices, distances };
    },
  };
}
