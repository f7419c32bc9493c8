import { distances } from './lanes';
import { bounds, K, line, listOf, OLD, pointOf, replace, stride } from './lists';

const FOUR: usize = memory.data(16, 16);

/**
 * Offers to point i the first R neighbours of its first R neighbours, but for those old ones of old ones that it was
 * offered before.
 *
 * @param first i32 [N, R]
 * @param seen i32 [N], holding numbers other than `round`
 * @param found room for R² + 3 indices
 * @returns how many came into the list
 */
export function explore(i: i32, first: usize, R: i32, seen: usize, round: i32, found: usize): i32 {
  const row = listOf(i);
  mark(seen, i, round);
  for (let at = row + stride; at < row + stride + ((K as usize) << 2); at += 4) mark(seen, load<i32>(at), round);
  const end = found + neighboursOfNeighbours(i, first, (R << 2) as usize, seen, round, found);
  for (let at = end; ((at - found) & 15) != 0; at += 4) store<i32>(at, i);
  const bytes = line;
  const point = pointOf(i);
  const atBound = bounds + ((i as usize) << 2);
  let bound = load<f32>(atBound);
  let taken = 0;
  for (let at = found; at < end; at += 16) {
    const four = distances(point, pointOf(load<i32>(at)), pointOf(load<i32>(at, 4)), pointOf(load<i32>(at, 8)), pointOf(load<i32>(at, 12)), bytes);
    let mask = i32x4.bitmask(f32x4.lt(four, f32x4.splat(bound)));
    if (mask == 0) continue;
    v128.store(FOUR, four);
    do {
      const lane = (ctz(mask) << 2) as usize;
      mask &= mask - 1;
      const d = load<f32>(FOUR + lane);
      if (at + lane >= end || d >= bound) continue;
      bound = replace(row, bound, load<i32>(at + lane), d);
      taken += 1;
    } while (mask != 0);
  }
  store<f32>(atBound, bound);
  return taken;
}

/** Writes those that point `i` has not seen to `found`. @returns the bytes written */
function neighboursOfNeighbours(i: i32, first: usize, bytes: usize, seen: usize, round: i32, found: usize): usize {
  const own = first + (i as usize) * bytes;
  let end = found;
  for (let a = own; a < own + bytes; a += 4) {
    const via = load<i32>(a);
    const theirs = first + ((via & ~OLD) as usize) * bytes;
    for (let b = theirs; b < theirs + bytes; b += 4) {
      if ((via & load<i32>(b) & OLD) != 0) continue;
      const j = load<i32>(b) & ~OLD;
      if (load<i32>(seen + ((j as usize) << 2)) == round) continue;
      mark(seen, j, round);
      store<i32>(end, j);
      end += 4;
    }
  }
  return end - found;
}

// @ts-ignore: decorator
@inline
function mark(seen: usize, i: i32, round: i32): void {
  store<i32>(seen + ((i as usize) << 2), round);
}
