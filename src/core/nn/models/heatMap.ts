/**
 * The heat-map network of DTC: which steps of a series speak for its cluster.
 *
 *     heat = conv_K(upsample(z));  y = softmax(mean over t of heat)
 *
 * Source: methods.md section 3.1, row Hm, in the post-hoc form of 3.3: the encoder is frozen.
 */
import { add, matMul, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { upsampledConvolution } from '../layers/upsampledConvolution';
import { dense, layout, zeros, type Layout } from '../parameters';

const TAPS = 10;
const BEFORE = 5;

export interface HeatMapModel {
  parameters: Layout<'kernel' | 'bias'>;
  /** One class map a cluster: [B, T, K]. */
  heat(parameters: Tensor1D, z: Tensor2D): Tensor3D;
  /** What each tap sees of z [S] on average over the steps `start` to `end` of a series, [taps]. */
  seen(z: Float32Array, start: number, end: number): Float32Array;
  /** Mean of the maps over the steps of each series, [B, K], of what its taps see [B, taps]: the maps are linear in it. */
  logits(parameters: Tensor1D, seen: Tensor2D): Tensor2D;
}

export function heatMapModel(pooling: number, clusters: number): HeatMapModel {
  const parameters: HeatMapModel['parameters'] = layout({ kernel: dense(TAPS, clusters), bias: zeros(1, clusters) });
  const weights = (theta: Tensor1D): [kernel: Tensor2D, bias: Tensor] => [parameters.take(theta, 'kernel') as Tensor2D, parameters.take(theta, 'bias')];
  return {
    parameters,
    heat: (theta, z) => upsampledConvolution(z, ...weights(theta), BEFORE, pooling),
    seen: (z, start, end) =>
      Float32Array.from({ length: TAPS }, (_, tap) => {
        let sum = 0;
        for (let t = start; t < end; t++) sum += z[Math.floor((t + tap - BEFORE) / pooling)] ?? 0;
        return sum / (end - start);
      }),
    logits(theta, seen) {
      const [kernel, bias] = weights(theta);
      return add(matMul(seen, kernel), bias);
    },
  };
}
