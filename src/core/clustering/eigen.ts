import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import type { Matrix } from '../lib/matrix';

/** The `k` greatest eigenvalues of a symmetric matrix, descending, and their eigenvectors as orthonormal columns [n, k]. */
export interface Eigen {
  values: Float64Array;
  vectors: Float64Array;
}

/** All eigenpairs by tridiagonalisation and QL (ml-matrix), of which the top `k` are returned; O(n³). */
export function topEigen(symmetric: Matrix, k: number): Eigen {
  const n = symmetric.rows;
  const rows = Array.from({ length: n }, (_, i) => symmetric.data.subarray(i * n, (i + 1) * n));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new MlMatrix(rows), { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const vectors = new Float64Array(n * k);
  for (let j = 0; j < k; j++) for (let i = 0; i < n; i++) vectors[i * k + j] = eigenvectorMatrix.get(i, order[j]);
  return { values: Float64Array.from({ length: k }, (_, j) => realEigenvalues[order[j]]), vectors };
}
