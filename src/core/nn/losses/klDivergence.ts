import { add, div, log, mul, sub, sum, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';
import { withSlope } from '../gradients';
import { softAssignment, studentKernel } from './softAssignment';

/** So that ln 0 is never taken. */
const LEAST = 1e-12;

/**
 * L_c = KL(P ‖ Q) = (1/B) Σ_i Σ_j p_ij ln(p_ij / q_ij),  q_ij = k_ij / Σ_j' k_ij',  k = (1 + s)^{−1}
 *
 *     dL_c/ds_ij = (1/B) k_ij (p_ij − q_ij)
 *
 * @param p target [B, K], a constant; rows sum to 1 @param s siml or siml² [B, K], see softAssignment
 * Source: methods.md section 3.3.
 */
export function klDivergence(p: Tensor2D, s: Tensor2D): Scalar {
  const B = p.shape[0];
  return withSlope(s, (s) => {
    const q = softAssignment(s as Tensor2D);
    const value = div(sum(mul(p, sub(log(add(p, LEAST)), log(add(q, LEAST))))), B) as Scalar;
    return { value, slope: mul(studentKernel(s as Tensor2D), div(sub(p, q), B)) };
  });
}
