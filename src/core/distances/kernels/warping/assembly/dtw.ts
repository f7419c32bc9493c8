import { fence, GROUP, localCosts } from './costs';

/** int32 of one row of a band: where the first lane's band begins, the last one's; where the first one's ends, the last one's. */
// @ts-ignore: decorator
@inline const BAND_BYTES: usize = 16;

/**
 * Squared DTW of one series and eight others, r_ik = c_ik + min(r_{i−1,k−1}, r_{i−1,k}, r_{i,k−1}): the same operations
 * in the same order as the plain twin, hence the same bits.
 *
 * @param r [m + 1, 8], or [n + 1, m + 1, 8] where `stride`, the bytes of a row, is not 0; infinite but for the corner, 0
 * @param costs [m, 8], scratch
 * @param a [n, D]
 * @param b [m, D, 8]
 * @param weights [D + 1, 8] of the costs
 * @param plain there is one variable, and its weight is 1 in every lane
 * @param band [n, 4] int32
 * @param bounds [n, 2, 8], read where the bands of the lanes differ
 */
export function dtw(r: usize, stride: usize, costs: usize, a: usize, n: i32, b: usize, D: i32, weights: usize, plain: bool, band: usize, bounds: usize): void {
  for (let i = 0; i < n; i++) {
    const first = load<i32>(band);
    const to = load<i32>(band, 12);
    const allIn = load<i32>(band, 4);
    const firstOut = load<i32>(band, 8);
    const ragged = first < allIn || firstOut < to;
    if (plain && !ragged) {
      advance(r, r + stride, b, true, v128.load64_splat(a), first, to);
    } else {
      localCosts(costs, a, b, D, weights, first, to);
      if (ragged) {
        const head = min(allIn, to);
        fence(costs, bounds, first, head);
        fence(costs, bounds, max(head, firstOut), to);
      }
      advance(r, r + stride, costs, false, f64x2.splat(0), first, to);
    }
    r += stride;
    a += (D << 3) as usize;
    band += BAND_BYTES;
    bounds += 2 * GROUP;
  }
}

/**
 * One row of the recurrence; `previous` and `next` may be the same.
 *
 * @param source the costs [m, 8]; where `squared`, the values of which (v − value)² is the cost
 */
// @ts-ignore: decorator
@inline
function advance(previous: usize, next: usize, source: usize, squared: bool, v: v128, from: i32, to: i32): void {
  let up = previous + (from as usize) * GROUP;
  let here = next + (from as usize) * GROUP;
  let at = source + (from as usize) * GROUP;
  const end = source + (to as usize) * GROUP;
  let d0 = v128.load(up);
  let d1 = v128.load(up, 16);
  let d2 = v128.load(up, 32);
  let d3 = v128.load(up, 48);
  let l0 = f64x2.splat(Infinity);
  let l1 = l0, l2 = l0, l3 = l0;
  v128.store(here, l0);
  v128.store(here, l0, 16);
  v128.store(here, l0, 32);
  v128.store(here, l0, 48);
  while (at < end) {
    up += GROUP;
    here += GROUP;
    let u = v128.load(up);
    l0 = f64x2.add(cost(v128.load(at), squared, v), f64x2.pmin(l0, f64x2.pmin(d0, u)));
    d0 = u;
    v128.store(here, l0);
    u = v128.load(up, 16);
    l1 = f64x2.add(cost(v128.load(at, 16), squared, v), f64x2.pmin(l1, f64x2.pmin(d1, u)));
    d1 = u;
    v128.store(here, l1, 16);
    u = v128.load(up, 32);
    l2 = f64x2.add(cost(v128.load(at, 32), squared, v), f64x2.pmin(l2, f64x2.pmin(d2, u)));
    d2 = u;
    v128.store(here, l2, 32);
    u = v128.load(up, 48);
    l3 = f64x2.add(cost(v128.load(at, 48), squared, v), f64x2.pmin(l3, f64x2.pmin(d3, u)));
    d3 = u;
    v128.store(here, l3, 48);
    at += GROUP;
  }
}

// @ts-ignore: decorator
@inline
function cost(found: v128, squared: bool, v: v128): v128 {
  if (!squared) return found;
  const c = f64x2.sub(v, found);
  return f64x2.mul(c, c);
}
