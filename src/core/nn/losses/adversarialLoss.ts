import { div, maximum, mul, neg, sigmoid, softplus, sub, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { withSlope } from '../gradients';

/**
 * How badly filled cells pass as observed, non-saturating: mean over the missing cells.
 *
 *     L_adv = -Σ (v - m) log σ(a) / Σ (v - m)  =  Σ (v - m) softplus(-a) / Σ (v - m)
 *     dL_adv/da = -(v - m) σ(-a) / Σ (v - m)
 *
 * @param logits a, [B, T, D]; the discriminator's weights are constants here
 * @param mask m, [B, T, D]; 1 = observed
 * @param within v, [B, T, D]; 1 = the cell belongs to the series
 * Differs: the slides have the saturating log(1 - D) and the official code a sum over T and D (section 5.6).
 * Source: methods.md section 5.2.
 */
export function adversarialLoss(logits: Tensor, mask: Tensor, within: Tensor): Scalar {
  return withSlope(logits, (logits) => {
    const missing = sub(within, mask); // [B, T, D]
    const share = div(missing, maximum(sum(missing), 1));
    const opposite = neg(logits);
    return { value: sum(mul(share, softplus(opposite))), slope: neg(mul(share, sigmoid(opposite))) };
  });
}
