import { div, exp, log, max, mul, neg, sub, sum, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';

/** L = −(1/B) Σ_i Σ_k t_ik ln softmax(y_i)_k; targets t [B, K] are constant, logits y [B, K]. */
export function crossEntropy(targets: Tensor2D, logits: Tensor2D): Scalar {
  const shifted = sub(logits, max(logits, 1, true));
  const logSum = log(sum(exp(shifted), 1, true));
  return div(neg(sum(mul(targets, sub(shifted, logSum)))), logits.shape[0]) as Scalar;
}
