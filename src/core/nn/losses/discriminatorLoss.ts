import { div, maximum, mul, sigmoid, softplus, sub, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { withSlope } from '../gradients';

/**
 * How badly the discriminator tells observed from filled cells: mean binary cross-entropy over valid cells.
 *
 *     L_D = -Σ v [m log σ(a) + (1 - m) log(1 - σ(a))] / Σ v  =  Σ v [softplus(a) - m a] / Σ v
 *     dL_D/da = v (σ(a) - m) / Σ v
 *
 * @param logits a, [B, T, D]
 * @param mask m, [B, T, D]; 1 = observed
 * @param within v, [B, T, D]; 1 = the cell belongs to the series
 * Source: methods.md section 5.2.
 */
export function discriminatorLoss(logits: Tensor, mask: Tensor, within: Tensor): Scalar {
  return withSlope(logits, (logits) => {
    const share = div(within, maximum(sum(within), 1)); // v / Σ v
    const entropy = sub(softplus(logits), mul(mask, logits)); // [B, T, D]
    return { value: sum(mul(share, entropy)), slope: mul(share, sub(sigmoid(logits), mask)) };
  });
}
