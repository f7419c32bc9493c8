import { greatest } from './lanes';

/** The points [N, line / 4], and the nearest that were found of each: a row of S squared distances, then of S indices. */
export let points: usize = 0;
export let lists: usize = 0;
/** f32 [N]: the greatest distance in each list. */
export let bounds: usize = 0;
/** Neighbours wanted, and S = K rounded up to 4. */
export let K: i32 = 0;
/** Bytes of a point, and of S numbers. */
export let line: usize = 0;
export let stride: usize = 0;

/** Says where everything is. @param width numbers of a point, a multiple of 4 */
export function begin(x: usize, width: i32, wanted: i32, toLists: usize, toBounds: usize): void {
  points = x;
  lists = toLists;
  bounds = toBounds;
  K = wanted;
  line = (width << 2) as usize;
  stride = (((wanted + 3) & ~3) << 2) as usize;
}

/**
 * Empties the list of point i. A free place has distance infinity; padding has minus infinity, so that it is never the
 * one to be replaced.
 */
export function empty(i: i32): void {
  const row = listOf(i);
  const end = (K << 2) as usize;
  for (let at: usize = 0; at < stride; at += 4) {
    store<f32>(row + at, at < end ? Infinity : -Infinity);
    store<i32>(row + stride + at, -1);
  }
  store<f32>(bounds + ((i as usize) << 2), Infinity);
}

// @ts-ignore: decorator
@inline
export function listOf(i: i32): usize {
  return lists + (i as usize) * 2 * stride;
}

// @ts-ignore: decorator
@inline
export function pointOf(i: i32): usize {
  return points + (i as usize) * line;
}

/** Whether `j` is in the list at `row`. */
// @ts-ignore: decorator
@inline
export function has(row: usize, j: i32): bool {
  const wanted = i32x4.splat(j);
  let found = i32x4.splat(0);
  for (let at = row + stride; at < row + 2 * stride; at += 16) found = v128.or(found, i32x4.eq(v128.load(at), wanted));
  return v128.any_true(found);
}

/** Puts `j` at distance `d` into the place of the farthest in the list at `row`, of distance `bound`. @returns the new bound */
export function replace(row: usize, bound: f32, j: i32, d: f32): f32 {
  const farthest = f32x4.splat(bound);
  let at = row;
  let mask = i32x4.bitmask(f32x4.eq(v128.load(at), farthest));
  while (mask == 0) {
    at += 16;
    mask = i32x4.bitmask(f32x4.eq(v128.load(at), farthest));
  }
  at += (ctz(mask) << 2) as usize;
  store<f32>(at, d);
  store<i32>(at + stride, j);
  let most = v128.load(row);
  for (let next = row + 16; next < row + stride; next += 16) most = f32x4.pmax(most, v128.load(next));
  return greatest(most);
}

/** Set in an index of `first` that stood in its row before. */
// @ts-ignore: decorator
@inline export const OLD: i32 = 1 << 30;

/**
 * Sorts the list of point i, the nearest first, and writes its first R indices to row i of `first` [N, R].
 *
 * @param again whether the row holds those of an earlier time, which are marked where they still stand
 */
export function sort(i: i32, first: usize, R: i32, again: bool): void {
  const end = (K << 2) as usize;
  const row = listOf(i);
  for (let a: usize = 4; a < end; a += 4) {
    const d = load<f32>(row + a);
    const j = load<i32>(row + stride + a);
    let at = a;
    for (; at > 0 && load<f32>(row + at - 4) > d; at -= 4) {
      store<f32>(row + at, load<f32>(row + at - 4));
      store<i32>(row + stride + at, load<i32>(row + stride + at - 4));
    }
    store<f32>(row + at, d);
    store<i32>(row + stride + at, j);
  }
  const bytes = (R << 2) as usize;
  const own = first + (i as usize) * bytes;
  if (again) for (let at: usize = 0; at < bytes; at += 4) mark(row + stride + at, own, bytes);
  memory.copy(own, row + stride, bytes);
  if (again) for (let at: usize = 0; at < bytes; at += 4) store<i32>(row + stride + at, load<i32>(row + stride + at) & ~OLD);
}

/** Marks the index at `at` when it stands in a row. */
function mark(at: usize, row: usize, bytes: usize): void {
  const wanted = load<i32>(at);
  for (let other = row; other < row + bytes; other += 4) {
    if ((load<i32>(other) & ~OLD) == wanted) return store<i32>(at, wanted | OLD);
  }
}

/** The points of `indices` side by side. */
export function gather(indices: usize, count: i32, to: usize): void {
  for (let a: usize = 0; a < (count as usize); a++) memory.copy(to + a * line, pointOf(load<i32>(indices + (a << 2))), line);
}
