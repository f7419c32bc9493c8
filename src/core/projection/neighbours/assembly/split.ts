import { sum } from '../../../lib/assembly/lanes';
import { multiplyAdd } from '../../../lib/assembly/multiplyAdd';
import { line, pointOf } from './lists';

/**
 * Parts the points in `order` [N] from `from` to `to` by the plane midway between points `a` and `b`: those nearer to
 * `a` come first afterwards.
 *
 * @param normal f32, room for a point
 * @returns where those nearer to `b` begin
 */
export function split(order: usize, from: i32, to: i32, a: i32, b: i32, normal: usize): i32 {
  const one = pointOf(a);
  const two = pointOf(b);
  let middle = f32x4.splat(0);
  for (let c: usize = 0; c < line; c += 16) {
    const gap = f32x4.sub(v128.load(two + c), v128.load(one + c));
    v128.store(normal + c, gap);
    middle = multiplyAdd(f32x4.add(v128.load(two + c), v128.load(one + c)), gap, middle);
  }
  const threshold = <f32>0.5 * sum(middle);
  let boundary = order + ((from as usize) << 2);
  for (let at = boundary; at < order + ((to as usize) << 2); at += 4) {
    const index = load<i32>(at);
    if (sum(along(pointOf(index), normal)) >= threshold) continue;
    store<i32>(at, load<i32>(boundary));
    store<i32>(boundary, index);
    boundary += 4;
  }
  return ((boundary - order) >> 2) as i32;
}

/** Products of the coordinates, four sums. */
// @ts-ignore: decorator
@inline
function along(point: usize, normal: usize): v128 {
  let s = f32x4.splat(0);
  for (let c: usize = 0; c < line; c += 16) s = multiplyAdd(v128.load(point + c), v128.load(normal + c), s);
  return s;
}
