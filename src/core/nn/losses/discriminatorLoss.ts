import { div, maximum, mul, softplus, sub, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/**
 * How badly the discriminator tells observed from filled cells: mean binary cross-entropy over valid cells.
 *
 *     L_D = -Σ v [m log σ(a) + (1 - m) log(1 - σ(a))] / Σ v  =  Σ v [softplus(a) - m a] / Σ v
 *
 * @param logits a, [B, T, D]
 * @param mask m, [B, T, D]; 1 = observed
 * @param within v, [B, T, D]; 1 = the cell belongs to the series
 * Source: methods.md section 5.2.
 */
export function discriminatorLoss(logits: Tensor, mask: Tensor, within: Tensor): Scalar {
  const entropy = sub(softplus(logits), mul(mask, logits)); // [B, T, D]
  return div(sum(mul(within, entropy)), maximum(sum(within), 1)) as Scalar;
}
