/** L with L L' = A for a symmetric positive definite A [M, M], row-major; null when A is not. Source: Golub and Van Loan (2013), 4.2. */
export function cholesky(a: Float64Array, m: number): Float64Array | null {
  const l = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * m + j];
      for (let c = 0; c < j; c++) sum -= l[i * m + c] * l[j * m + c];
      if (i !== j) l[i * m + j] = sum / l[j * m + j];
      else if (sum > 0) l[i * m + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return l;
}

/** ‖L⁻¹ v‖² by forward substitution; `v` [M] is overwritten. */
export function solvedNorm(l: Float64Array, v: Float64Array): number {
  const m = v.length;
  let norm = 0;
  for (let i = 0; i < m; i++) {
    let sum = v[i];
    for (let c = 0; c < i; c++) sum -= l[i * m + c] * v[c];
    v[i] = sum / l[i * m + i];
    norm += v[i] * v[i];
  }
  return norm;
}
