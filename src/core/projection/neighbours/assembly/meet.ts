import { distances } from './lanes';
import { bounds, has, line, listOf, replace } from './lists';

const FOUR: usize = memory.data(16, 16);

/**
 * Offers the points of one group to those of another, both ways; of a group to itself, each pair once.
 *
 * @param own points of a group, side by side, readable up to a multiple of 4
 * @param ownIndices i32 [ownCount]
 * @param ownBounds f32 [ownCount rounded up to 4]: room for the bounds of the group
 * @param other the other group, or the same three addresses again
 */
export function meet(own: usize, ownIndices: usize, ownBounds: usize, ownCount: i32, other: usize, otherIndices: usize, otherBounds: usize, otherCount: i32): void {
  const same = own == other;
  takeBounds(ownBounds, ownIndices, ownCount);
  if (!same) takeBounds(otherBounds, otherIndices, otherCount);
  const bytes = line;
  for (let j = 0; j < otherCount; j++) {
    const point = other + (j as usize) * bytes;
    const atJ = otherBounds + ((j as usize) << 2);
    let boundJ = load<f32>(atJ);
    const end = same ? j : ownCount;
    for (let i = 0; i < end; i += 4) {
      const a = own + (i as usize) * bytes;
      const four = distances(point, a, a + bytes, a + 2 * bytes, a + 3 * bytes, bytes);
      const atI = ownBounds + ((i as usize) << 2);
      const closer = v128.or(f32x4.lt(four, v128.load(atI)), f32x4.lt(four, f32x4.splat(boundJ)));
      let mask = i32x4.bitmask(v128.and(closer, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(end - i))));
      if (mask == 0) continue;
      const indexJ = load<i32>(otherIndices + ((j as usize) << 2));
      v128.store(FOUR, four);
      do {
        const lane = (ctz(mask) << 2) as usize;
        mask &= mask - 1;
        const d = load<f32>(FOUR + lane);
        const indexI = load<i32>(ownIndices + ((i as usize) << 2) + lane);
        offer(indexI, indexJ, d, atI + lane);
        boundJ = offer(indexJ, indexI, d, atJ);
      } while (mask != 0);
    }
  }
  giveBounds(ownBounds, ownIndices, ownCount);
  if (!same) giveBounds(otherBounds, otherIndices, otherCount);
}

/** Offers `j` to the list of `i`, whose bound stands at `at`. @returns the bound */
// @ts-ignore: decorator
@inline
function offer(i: i32, j: i32, d: f32, at: usize): f32 {
  const bound = load<f32>(at);
  if (d >= bound) return bound;
  const row = listOf(i);
  if (has(row, j)) return bound;
  const next = replace(row, bound, j, d);
  store<f32>(at, next);
  return next;
}

function takeBounds(to: usize, indices: usize, count: i32): void {
  for (let a: usize = 0; a < ((count as usize) << 2); a += 4) store<f32>(to + a, load<f32>(bounds + ((load<i32>(indices + a) as usize) << 2)));
}

function giveBounds(from: usize, indices: usize, count: i32): void {
  for (let a: usize = 0; a < ((count as usize) << 2); a += 4) store<f32>(bounds + ((load<i32>(indices + a) as usize) << 2), load<f32>(from + a));
}
