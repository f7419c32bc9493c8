/**
 * The sharpened target of DEC and DTC, over the full set; a constant for the gradient.
 *
 *     p_ij = (q_ij² / f_j) / Σ_j' (q_ij'² / f_j'),   f_j = Σ_i q_ij
 *
 * @param q [N, K]
 * @returns p [N, K]; rows sum to 1
 * Source: methods.md section 3.3.
 */
export function targetDistribution(q: Float32Array, K: number): Float32Array {
  const N = q.length / K;
  const f = new Float64Array(K);
  q.forEach((value, at) => (f[at % K] += value));
  const p = new Float32Array(N * K);
  for (let i = 0; i < N; i++) {
    let total = 0;
    for (let j = 0; j < K; j++) total += q[i * K + j] ** 2 / Math.max(f[j], Number.MIN_VALUE);
    for (let j = 0; j < K; j++) p[i * K + j] = q[i * K + j] ** 2 / Math.max(f[j], Number.MIN_VALUE) / total;
  }
  return p;
}
