import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';
import { topEigen } from './eigen';
import { gramOfColumns, gramOfRows } from './gram';
import { orthonormalise } from './orthonormalise';
import { finitePoints } from './points';

/** Singular values below this share of the greatest are lost in the rounding of the Gram matrix. */
const RELATIVE_RANK = 1e-7;

export interface SpectralIndicator {
  /** F [N, k], F'F = I; row i belongs to series i. */
  f: Matrix;
  /** C = H F [M, k], the centres of the minibatch form. */
  centres: Matrix;
  /** σ_1 ≥ … ≥ σ_k ≥ 0. */
  singularValues: Float64Array;
}

/**
 * The F-update of the spectral k-means loss (Ky Fan): the relaxed cluster indicator that makes
 * L_km = ‖H‖² − ‖H F‖² least, which is then Σ_{i>k} σ_i².
 *
 *     F = argmax over F'F = I of Tr(F' H'H F) = top-k right singular vectors of H
 *
 * The eigenproblem solved is that of the smaller Gram matrix, in float64. Where singular values vanish, F is
 * completed by any orthonormal columns; they do not change the loss.
 *
 * @param rows the representations as rows [N, M] (H transposed)
 * @param clusters k; more than min(N, M) directions do not exist, so F has min(k, N, M) columns
 * @returns F, C and the singular values. Signs are fixed: the entry of each column of F with the greatest size is positive.
 * @throws InputError when a representation is not finite
 *
 * Source: Zha, He, Ding, Gu and Simon (2001), Spectral relaxation for k-means clustering; Ma et al. (2019, 2021).
 */
export function spectralIndicator(rows: Matrix, clusters: number): SpectralIndicator {
  const { rows: n, columns: m } = rows;
  check(n >= 1 && m >= 1, `the representations are ${n} x ${m}: at least one series and one unit are needed`);
  check(Number.isInteger(clusters) && clusters >= 1, `the number of clusters is ${clusters}: choose a whole number of at least 1`);
  const k = Math.min(clusters, n, m);
  const h = finitePoints(rows);

  const scale = h.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const unit = scale > 0 ? h.map((value) => value / scale) : h;
  const f = m <= n ? leftVectors(unit, n, m, k) : topEigen(gramOfRows(unit, n, m), k).vectors;
  orthonormalise(f, n, k);
  fixSigns(f, n, k);

  const centres = new Float64Array(m * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const value = h[i * m + j];
      for (let c = 0; c < k; c++) centres[j * k + c] += value * f[i * k + c];
    }
  }
  const singularValues = Float64Array.from({ length: k }, (_, c) => {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += centres[j * k + c] ** 2;
    return Math.sqrt(sum);
  });
  return { f: matrix(n, k, f), centres: matrix(m, k, centres), singularValues };
}

/** U = H V S⁻¹ [N, k]; a column is 0 where its singular value vanishes. */
function leftVectors(h: Float64Array, n: number, m: number, k: number): Float64Array {
  const { values, vectors: v } = topEigen(gramOfColumns(h, n, m), k);
  const u = new Float64Array(n * k);
  for (let c = 0; c < k; c++) {
    const sigma = Math.sqrt(Math.max(0, values[c]));
    if (!(sigma > RELATIVE_RANK * Math.sqrt(Math.max(0, values[0])))) continue;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += h[i * m + j] * v[j * k + c];
      u[i * k + c] = sum / sigma;
    }
  }
  return u;
}

function fixSigns(f: Float64Array, n: number, k: number): void {
  for (let c = 0; c < k; c++) {
    let most = 0;
    for (let i = 0; i < n; i++) if (Math.abs(f[i * k + c]) > Math.abs(most)) most = f[i * k + c];
    if (most < 0) for (let i = 0; i < n; i++) f[i * k + c] = -f[i * k + c];
  }
}
