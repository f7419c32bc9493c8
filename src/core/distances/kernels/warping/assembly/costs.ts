/** Bytes of one float64 in each of the eight lanes of a group. */
// @ts-ignore: decorator
@inline export const GROUP: usize = 64;

/** Bytes of the shares of a cell's three neighbours. */
// @ts-ignore: decorator
@inline export const CELL: usize = 3 * GROUP;

/**
 * Local costs of step x of one series and the steps from <= k < to of eight others.
 *
 *     c_k = s Σ_j w_j (x_j − b_kj)²
 *
 * @param costs [m, 8]
 * @param x [D]
 * @param b [m, D, 8]
 * @param weights [D + 1, 8]: w, and s in the last row
 */
export function localCosts(costs: usize, x: usize, b: usize, D: i32, weights: usize, from: i32, to: i32): void {
  const line = (D as usize) * GROUP;
  const scale = weights + line;
  for (let lanes: usize = 0; lanes < GROUP; lanes += 16) {
    const s = v128.load(scale + lanes);
    let at = b + (from as usize) * line + lanes;
    let cost = costs + (from as usize) * GROUP + lanes;
    for (let k = from; k < to; k++) {
      let sum = f64x2.splat(0);
      for (let j: usize = 0, w = weights + lanes; w < scale; j += 8, w += GROUP, at += GROUP) {
        const difference = f64x2.sub(v128.load64_splat(x + j), v128.load(at));
        sum = f64x2.add(sum, f64x2.mul(v128.load(w), f64x2.mul(difference, difference)));
      }
      v128.store(cost, f64x2.mul(s, sum));
      cost += GROUP;
    }
  }
}

/**
 * Makes the costs infinite at the steps from <= k < to that lie outside of a lane's own band.
 *
 * @param bounds [2, 8]: first step in the band, and first step behind it
 */
export function fence(costs: usize, bounds: usize, from: i32, to: i32): void {
  const never = f64x2.splat(Infinity);
  for (let k = from; k < to; k++) {
    const here = f64x2.splat(<f64>k);
    for (let lanes: usize = 0; lanes < GROUP; lanes += 16) {
      const inside = v128.and(f64x2.ge(here, v128.load(bounds + lanes)), f64x2.lt(here, v128.load(bounds + lanes, GROUP)));
      const at = costs + (k as usize) * GROUP + lanes;
      v128.store(at, v128.bitselect(v128.load(at), never, inside));
    }
  }
}
