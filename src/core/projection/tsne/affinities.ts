const TOLERANCE = 1e-7;
const MOST_STEPS = 100;
const GREATEST_PRECISION = 1e30;

/**
 * Joint affinities of t-SNE, plain float64.
 *
 *     p_{j|i} = exp(−β_i ‖x_i − x_j‖²) / Σ_{k≠i} exp(−β_i ‖x_i − x_k‖²),   H(p_{·|i}) = ln(perplexity)
 *     p_ij = (p_{j|i} + p_{i|j}) / 2N
 *
 * β_i is found by Newton's method in ln β_i (dH/d ln β = −β² Var of the squared distances), kept within a shrinking
 * bracket. Where more points coincide with x_i than the perplexity asks for, they share p_{·|i} equally.
 *
 * @param x points [N, M]
 * @returns P [N, N]: symmetric, zero diagonal, sum 1
 *
 * Source: van der Maaten and Hinton (2008), Visualizing data using t-SNE, equations 1 and section 3.1.
 */
export function jointAffinities(x: Float64Array, n: number, m: number, perplexity: number): Float64Array {
  const p = new Float64Array(n * n);
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < n; j++) {
      let d = 0;
      for (let c = 0; c < m; c++) d += (x[i * m + c] - x[j * m + c]) ** 2;
      distances[j] = d;
      if (j !== i) least = Math.min(least, d);
    }
    for (let j = 0; j < n; j++) distances[j] -= least;
    conditional(distances, i, Math.log(perplexity), p.subarray(i * n, (i + 1) * n));
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const joint = (p[i * n + j] + p[j * n + i]) / (2 * n);
      p[i * n + j] = joint;
      p[j * n + i] = joint;
    }
  }
  return p;
}

/** Fills `p` with the conditional of point `own` (−1: of none of these), given its squared distances above their least. */
export function conditional(d: Float64Array, own: number, target: number, p: Float64Array): void {
  const n = d.length;
  let spread = 0;
  for (let j = 0; j < n; j++) if (j !== own) spread += d[j];
  let beta = spread > 0 ? n / spread : 1;
  let below = 0;
  let above = Number.POSITIVE_INFINITY;
  let total = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    total = 0;
    let mean = 0;
    let square = 0;
    for (let j = 0; j < n; j++) {
      const e = j === own ? 0 : Math.exp(-beta * d[j]);
      p[j] = e;
      total += e;
      mean += d[j] * e;
      square += d[j] * d[j] * e;
    }
    mean /= total;
    const variance = square / total - mean * mean;
    const excess = Math.log(total) + beta * mean - target;
    if (spread === 0 || Math.abs(excess) < TOLERANCE || beta >= GREATEST_PRECISION) break;
    if (excess > 0) below = beta;
    else above = beta;
    let next = beta * Math.exp(Math.max(-2, Math.min(2, excess / (beta * beta * variance))));
    if (!(next > below && next < above)) next = above === Number.POSITIVE_INFINITY ? beta * 2 : (below + above) / 2;
    beta = Math.min(next, GREATEST_PRECISION);
  }
  for (let j = 0; j < n; j++) p[j] /= total;
}
