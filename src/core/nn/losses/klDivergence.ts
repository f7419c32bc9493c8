import { add, div, log, mul, sub, sum, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';

/** So that ln 0 is never taken. */
const LEAST = 1e-12;

/**
 * L_c = KL(P ‖ Q) = (1/B) Σ_i Σ_j p_ij ln(p_ij / q_ij).
 *
 * @param p target [B, K]; a constant @param q soft assignment [B, K]
 * Source: methods.md section 3.3.
 */
export function klDivergence(p: Tensor2D, q: Tensor2D): Scalar {
  return div(sum(mul(p, sub(log(add(p, LEAST)), log(add(q, LEAST))))), p.shape[0]) as Scalar;
}
