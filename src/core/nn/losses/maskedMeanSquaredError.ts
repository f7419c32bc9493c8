import { div, maximum, mul, sub, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { withSlope } from '../gradients';

/**
 * Mean squared error over the observed cells: L_pre with the imputation, L_rec with the decoder's output.
 *
 *     L = Σ m (x̂ - x)² / Σ m        dL/dx̂ = 2 m (x̂ - x) / Σ m
 *
 * @param x observed values, [B, T, D], a constant; finite where m is 0
 * @param estimate x̂, [B, T, D]
 * @param mask m, [B, T, D], a constant
 * @returns a scalar; 0 when nothing is observed.
 * Source: methods.md section 5.2 with the normaliser of 5.6.
 */
export function maskedMeanSquaredError(x: Tensor, estimate: Tensor, mask: Tensor): Scalar {
  return withSlope(estimate, (estimate) => {
    const count = maximum(sum(mask), 1);
    const error = sub(estimate, x);
    const seen = mul(mask, error);
    return { value: div(sum(mul(seen, error)), count), slope: mul(seen, div(2, count)) };
  });
}
