export interface LbfgsOptions {
  /** Steps at most. */
  maxIterations: number;
  /** Relative fall of the value that ends the steps. Default 1e-9. */
  tolerance?: number;
}

/** Pairs of steps and gradient changes that are kept. */
const MEMORY = 8;
/** Share of the fall that the slope promises, which a step must reach. */
const ARMIJO = 1e-4;
const HALVINGS = 30;

/**
 * Limited-memory BFGS with a backtracking line search: a local minimum of a smooth function; the value never rises.
 *
 * @param f value and gradient at x; both finite
 * @param x0 start, not changed
 * Source: Nocedal and Wright (2006), Numerical optimization, algorithms 3.1 and 7.4.
 */
export function lbfgs(f: (x: Float64Array) => { value: number; gradient: Float64Array }, x0: Float64Array, { maxIterations, tolerance = 1e-9 }: LbfgsOptions): Float64Array {
  let x = x0;
  let { value, gradient } = f(x);
  const pairs: { s: Float64Array; y: Float64Array; sy: number }[] = [];
  for (let step = 0; step < maxIterations; step++) {
    const direction = descent(gradient, pairs);
    const slope = dot(direction, gradient);
    if (!(slope < 0)) break;
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let next = x;
    let found: ReturnType<typeof f> | null = null;
    for (let halving = 0; halving < HALVINGS && found === null; halving++, length /= 2) {
      next = x.map((value, at) => value + length * direction[at]);
      const there = f(next);
      if (there.value <= value + ARMIJO * length * slope) found = there;
    }
    if (found === null) break;
    const s = next.map((value, at) => value - x[at]);
    const y = found.gradient.map((value, at) => value - gradient[at]);
    const sy = dot(s, y);
    if (sy > 1e-12 * dot(y, y)) pairs.push({ s, y, sy });
    if (pairs.length > MEMORY) pairs.shift();
    const fall = value - found.value;
    x = next;
    ({ value, gradient } = found);
    if (fall <= tolerance * Math.max(1, Math.abs(value))) break;
  }
  return x;
}

/** −H g by the two loops, H the inverse Hessian that the pairs tell of. */
function descent(gradient: Float64Array, pairs: readonly { s: Float64Array; y: Float64Array; sy: number }[]): Float64Array {
  const q = gradient.map((value) => -value);
  const shares = pairs.map(() => 0);
  for (let p = pairs.length - 1; p >= 0; p--) {
    shares[p] = dot(pairs[p].s, q) / pairs[p].sy;
    add(q, -shares[p], pairs[p].y);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = last.sy / dot(last.y, last.y);
    for (let at = 0; at < q.length; at++) q[at] *= scale;
  }
  pairs.forEach(({ s, y, sy }, p) => add(q, shares[p] - dot(y, q) / sy, s));
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

function add(to: Float64Array, share: number, what: Float64Array): void {
  for (let at = 0; at < to.length; at++) to[at] += share * what[at];
}
