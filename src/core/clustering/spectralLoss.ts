import type { Matrix } from '../lib/matrix';

/**
 * Spectral k-means loss of the full set:
 *
 *     L_km = ‖H‖² − ‖H F‖²
 *
 * @param rows the representations as rows [N, M] (H transposed)
 * @param f F [N, k]
 * @returns Σ_{i>k} σ_i² for F of {@link spectralIndicator}; the within-cluster sum of squares of k-means for normalised
 *   indicators F_ij = 1/√n_j
 *
 * Source: methods.md, Spectral k-means loss.
 */
export function spectralLoss(rows: Matrix, f: Matrix): number {
  let loss = 0;
  for (const value of rows.data) loss += value * value;
  for (let j = 0; j < rows.columns; j++) {
    for (let c = 0; c < f.columns; c++) {
      let projected = 0;
      for (let i = 0; i < rows.rows; i++) projected += rows.data[i * rows.columns + j] * f.data[i * f.columns + c];
      loss -= projected * projected;
    }
  }
  return loss;
}

/**
 * Its centre form for a minibatch, with F and C constant:
 *
 *     L_b = ‖ H_b − C F_b' ‖²
 *
 * @param rows the batch's representations as rows [B, M]
 * @param centres C = H F [M, k] of the last F-update
 * @param f the batch's rows of F [B, k]
 * @returns L_b; over all batches these add up to L_km right after an update
 */
export function centreLoss(rows: Matrix, centres: Matrix, f: Matrix): number {
  let loss = 0;
  for (let i = 0; i < rows.rows; i++) {
    for (let j = 0; j < rows.columns; j++) {
      let difference = rows.data[i * rows.columns + j];
      for (let c = 0; c < f.columns; c++) difference -= centres.data[j * f.columns + c] * f.data[i * f.columns + c];
      loss += difference * difference;
    }
  }
  return loss;
}
