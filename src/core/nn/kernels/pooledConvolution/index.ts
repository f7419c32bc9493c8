/** The names and sizes of the kernels of a convolution over time with max-pooling. */

/** Inputs x, kernel; attributes PooledConvolutionShape; outputs [greatest, winners (int32)]. */
export const POOLED_CONVOLUTION = 'LacunaPooledConvolution';
/** Inputs x, winners, gradient; attributes PooledConvolutionShape; output the gradient for the kernel. */
export const POOLED_CONVOLUTION_GRAD = 'LacunaPooledConvolutionGrad';

export interface PooledConvolutionShape {
  batch: number;
  steps: number;
  inputs: number;
  filters: number;
  taps: number;
  before: number;
  pooling: number;
}
