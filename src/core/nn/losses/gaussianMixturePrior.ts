import { add, div, exp, log, logSumExp, mul, neg, reshape, softplus, square, sub, sum, type Scalar, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';

/** The mixture of Gaussians that is the prior of a latent z. */
export interface MixturePrior {
  /** log φ up to a constant, [K]. */
  logits: Tensor1D;
  /** μ, [K, M]. */
  means: Tensor2D;
  /** s before softplus, [K, M]. */
  spreads: Tensor2D;
}

/**
 * How far the posterior N(μ̃, s̃) of each series lies from the mixture, in nats a series (the negative of the last
 * terms of the evidence lower bound).
 *
 *     γ_c ∝ φ_c N(z; μ_c, s_c)
 *     L = ½ Σ_c γ_c Σ_d [log s_c + s̃ / s_c + (μ̃ − μ_c)² / s_c] − Σ_c γ_c (log φ_c − log γ_c) − ½ Σ_d (1 + log s̃)
 *
 * @param mu μ̃ [B, M], logVariance log s̃ [B, M], z a draw from the posterior [B, M]
 * @returns a scalar, the mean over the batch
 * Source: methods.md section 7; Jiang et al. (2017), VaDE, eq. 16; de Jong et al. (2019), VaDER.
 */
export function gaussianMixturePrior(mu: Tensor2D, logVariance: Tensor2D, z: Tensor2D, { logits, means, spreads }: MixturePrior): Scalar {
  const [B, M] = mu.shape;
  const [K] = means.shape;
  const each = (x: Tensor): Tensor => reshape(x, [B, 1, M]);
  const components = (x: Tensor): Tensor => reshape(x, [1, K, M]);
  const variances = components(softplus(spreads)); // s_c
  const logVariances = log(variances);
  const offsets = components(means);
  const squares = (x: Tensor2D): Tensor => div(square(sub(each(x), offsets)), variances); // (x − μ_c)² / s_c
  const logWeights = logSoftmax(reshape(logits, [1, K]));
  // log φ_c + log N(z; μ_c, s_c) up to a constant of all components
  const logJoint = sub(logWeights, mul(sum(add(logVariances, squares(z)), 2), 0.5)); // [B, K]
  const logGamma = logSoftmax(logJoint as Tensor2D);
  const gamma = exp(logGamma);
  const spread = mul(sum(add(add(logVariances, div(each(exp(logVariance)), variances)), squares(mu)), 2), 0.5); // [B, K]
  const prior = sum(mul(gamma, sub(spread, sub(logWeights, logGamma))), 1); // [B]
  const entropy = mul(sum(add(logVariance, 1), 1), 0.5);
  return div(sum(sub(prior, entropy)), B) as Scalar;
}

/** log of the softmax over the last axis. */
function logSoftmax(x: Tensor2D): Tensor2D {
  return add(x, neg(logSumExp(x, 1, true))) as Tensor2D;
}
