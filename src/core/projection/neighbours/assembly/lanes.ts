import { laneSums } from '../../../lib/assembly/lanes';
import { multiplyAdd } from '../../../lib/assembly/multiplyAdd';

/** The greatest of four lanes. */
// @ts-ignore: decorator
@inline
export function greatest(v: v128): f32 {
  const two = f32x4.pmax(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
}

/** Squared distances of the point at `p` to those at `a`, `b`, `c` and `d`, of `bytes` each. */
// @ts-ignore: decorator
@inline
export function distances(p: usize, a: usize, b: usize, c: usize, d: usize, bytes: usize): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(p + at);
    const g0 = f32x4.sub(v128.load(a + at), x);
    const g1 = f32x4.sub(v128.load(b + at), x);
    const g2 = f32x4.sub(v128.load(c + at), x);
    const g3 = f32x4.sub(v128.load(d + at), x);
    s0 = multiplyAdd(g0, g0, s0);
    s1 = multiplyAdd(g1, g1, s1);
    s2 = multiplyAdd(g2, g2, s2);
    s3 = multiplyAdd(g3, g3, s3);
  }
  return laneSums(s0, s1, s2, s3);
}
