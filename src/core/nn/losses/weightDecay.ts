import { mul, sum, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core';
import { withSlope } from '../gradients';

/**
 * L₂ penalty on the kernels of a parameter vector.
 *
 *     L = w/2 Σ k θ²        dL/dθ = w k θ
 *
 * @param parameters θ, [P]
 * @param kernels k, [P], a constant; 1 where a kernel lies, 0 where a bias does
 * @param weight w
 */
export function weightDecay(parameters: Tensor1D, kernels: Tensor1D, weight: number): Scalar {
  return withSlope(parameters, (theta) => {
    const slope = mul(mul(kernels, theta), weight);
    return { value: mul(sum(mul(slope, theta)), 0.5), slope };
  });
}
