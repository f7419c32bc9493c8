import { add, div, sum, type Tensor2D } from '@tensorflow/tfjs-core';

/** k = (1 + s)^{−1}. */
export const studentKernel = (s: Tensor2D): Tensor2D => div(1, add(s, 1));

/**
 * The Student-t kernel with one degree of freedom: how much each series belongs to each cluster.
 *
 *     q_ij = (1 + s_ij)^{−1} / Σ_j' (1 + s_ij')^{−1}
 *
 * @param s siml, or siml² for the kernel of DEC, [B, K]
 * @returns q [B, K]; rows sum to 1
 * Source: methods.md section 3.3.
 */
export function softAssignment(s: Tensor2D): Tensor2D {
  const kernel = studentKernel(s);
  return div(kernel, sum(kernel, 1, true));
}
