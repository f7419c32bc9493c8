/**
 * Convolution over time and max-pooling as one: y_s = max_p (x ∗ W)_{sP + p}. What is not the greatest is neither kept
 * nor differentiated. On backends without the fused kernel it is composed of its two layers, which are its plain twin.
 */
import { customGrad, engine, getBackend, getKernel, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { check } from '../../lib/assert';
import { POOLED_CONVOLUTION, POOLED_CONVOLUTION_GRAD, type PooledConvolutionShape } from '../kernels/pooledConvolution';
import { maxPool } from './pooling';
import { temporalConvolution } from './temporalConvolution';

/**
 * @param x [B, T, I], a constant: no gradient flows to it
 * @param kernel W [taps · I, O], tap after tap
 * @param before taps that look back, see temporalConvolution
 * @param pooling P, a divisor of T
 * @returns [B, T / P, O]; of equal values the first one takes the gradient
 * @throws InputError when a shape does not fit
 */
export function pooledConvolution(x: Tensor3D, kernel: Tensor2D, before: number, pooling: number): Tensor3D {
  const [B, T, I] = x.shape;
  const [rows, O] = kernel.shape;
  check(T % pooling === 0, `pooledConvolution: ${pooling} pooled steps do not divide T = ${T}`);
  check(rows % I === 0, `pooledConvolution: kernel [${kernel.shape}] must have a multiple of ${I} rows`);
  if (!getKernel(POOLED_CONVOLUTION, getBackend())) return maxPool(temporalConvolution(x, kernel, null, before), pooling);
  const shape: PooledConvolutionShape = { batch: B, steps: T, inputs: I, filters: O, taps: rows / I, before, pooling };
  const attributes = shape as unknown as Record<string, never>;
  const run = customGrad((...args) => {
    const kernel = args[0] as Tensor;
    const save = args[1] as unknown as (tensors: Tensor[]) => void;
    const [greatest, winners] = engine().runKernel(POOLED_CONVOLUTION, { x, kernel }, attributes) as Tensor[];
    save([x, winners]);
    return {
      value: greatest,
      gradFunc: (gradient: Tensor, saved: Tensor[]) => {
        const [x, winners] = saved;
        return [engine().runKernel(POOLED_CONVOLUTION_GRAD, { x, winners, gradient }, attributes) as Tensor];
      },
    };
  });
  return run(kernel) as Tensor3D;
}
