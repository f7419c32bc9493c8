/**
 * The heat-map network of DTC: which steps of a series speak for its cluster.
 *
 *     heat = conv_K(upsample(z));  y = softmax(mean over t of heat)
 *
 * Source: methods.md section 3.1, row Hm, in the post-hoc form of 3.3: the encoder is frozen.
 */
import { reshape, sum, div, mul, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { upsample } from '../layers/pooling';
import { temporalConvolution } from '../layers/temporalConvolution';
import { dense, layout, zeros, type Layout } from '../parameters';

const TAPS = 10;
const BEFORE = 5;

export interface HeatMapModel {
  parameters: Layout<'kernel' | 'bias'>;
  /** One class map a cluster: [B, T, K]. */
  heat(parameters: Tensor1D, z: Tensor2D): Tensor3D;
  /** Mean of the maps over the steps of each series, [B, K]; `within` [B, T, 1] is 1 at its steps. */
  logits(heat: Tensor3D, within: Tensor3D): Tensor2D;
}

export function heatMapModel(pooling: number, clusters: number): HeatMapModel {
  const parameters: HeatMapModel['parameters'] = layout({ kernel: dense(TAPS, clusters), bias: zeros(1, clusters) });
  return {
    parameters,
    heat: (theta, z) => temporalConvolution(upsample(reshape(z, [...z.shape, 1]), pooling), parameters.take(theta, 'kernel'), parameters.take(theta, 'bias'), BEFORE),
    logits: (heat, within) => div(sum(mul(heat, within), 1), sum(within, 1)) as Tensor as Tensor2D,
  };
}
