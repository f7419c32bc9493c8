import { div, maximum, mul, square, sub, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Mean squared error over the observed cells: L_pre with the imputation, L_rec with the decoder's output.
 *
 *     L = Σ m (x - x̂)² / Σ m
 *
 * @param x observed values, [B, T, D]; finite where m is 0
 * @param estimate x̂, [B, T, D]
 * @param mask m, [B, T, D]
 * @returns a scalar; 0 when nothing is observed.
 * Source: methods.md section 5.2 with the normaliser of 5.6.
 */
export function maskedMeanSquaredError(x: Tensor, estimate: Tensor, mask: Tensor): Scalar {
  return div(sum(mul(mask, square(sub(x, estimate)))), maximum(sum(mask), 1)) as Scalar;
}
