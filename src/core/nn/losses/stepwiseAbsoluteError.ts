import { add, div, mul, relu, sub, sum, type Scalar, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';

const EPSILON = 1e-5;

/**
 * Mean over the steps of the absolute error on the cells observed at each.
 *
 *     L = 1/T Σ_t [ Σ m |x − x̂| / (Σ m + 1e-5) ],    inner sums over series and variables
 *
 * @param x [B, T, D], finite where m is 0; estimate x̂ [B, T, D]; mask m [B, T, D]
 * @returns a scalar; 0 when nothing is observed
 * Source: methods.md section 6; Cao et al. (2018), eq. 6.
 */
export function stepwiseAbsoluteError(x: Tensor3D, estimate: Tensor3D, mask: Tensor3D): Scalar {
  const overStep = (y: Tensor): Tensor => sum(y, [0, 2]);
  const errors = div(overStep(mul(mask, absolute(sub(x, estimate)))), add(overStep(mask), EPSILON));
  return div(sum(errors), x.shape[1]) as Scalar;
}

/** |a|, of operations that have a gradient under Node too. */
export function absolute(a: Tensor): Tensor {
  return add(relu(a), relu(mul(a, -1)));
}
