import { matMul, mul, square, sub, sum, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';
import { withSlope } from '../gradients';

/**
 * Spectral k-means loss of a full batch. Rows are samples here, so H is [N, M] (the transpose of methods.md).
 *
 *     L_km = ‖H‖² - ‖F'H‖²        dL/dH = 2 (I - FF') H
 *
 * @param h H, [N, M]
 * @param f F, [N, K], F'F = I, a constant
 * Source: methods.md section 8.1; Ma et al. (2019), eq. 4.
 */
export function spectralKMeans(h: Tensor2D, f: Tensor2D): Scalar {
  return withSlope(h, (h) => {
    const centres = matMul(f, h as Tensor2D, true); // F'H, [K, M]
    return { value: sub(sum(square(h)), sum(square(centres))), slope: mul(sub(h, matMul(f, centres)), 2) };
  });
}

/**
 * The share of a minibatch in the spectral k-means loss, centre form. The shares add up to L_km, and their
 * gradients to its gradient, at the moment F was updated.
 *
 *     L_b = ‖H_b - F_b C'‖²,  C = H'F  [M, K]        dL_b/dH_b = 2 (H_b - F_b C')
 *
 * @param h H_b, [B, M]
 * @param f F_b, the rows of F for this batch, [B, K], constants
 * @param centres C, [M, K], constants
 * @param rows [B, 1]; 0 for rows that only pad the batch
 * Source: methods.md section 8.1.
 */
export function spectralKMeansShare(h: Tensor2D, f: Tensor2D, centres: Tensor2D, rows: Tensor2D): Scalar {
  return withSlope(h, (h) => {
    const distances = mul(rows, sub(h, matMul(f, centres, false, true))); // rows² = rows
    return { value: sum(square(distances)), slope: mul(distances, 2) };
  });
}
