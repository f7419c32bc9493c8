import { max, reshape, tile, type Tensor3D } from '@tensorflow/tfjs-core';

/** The greatest of every P steps: [B, T, C] → [B, T / P, C]. P divides T. */
export function maxPool(x: Tensor3D, P: number): Tensor3D {
  const [B, T, C] = x.shape;
  return P === 1 ? x : max(reshape(x, [B, T / P, P, C]), 2);
}

/** Every step P times: [B, S, C] → [B, S P, C]. */
export function upsample(x: Tensor3D, P: number): Tensor3D {
  const [B, S, C] = x.shape;
  return P === 1 ? x : reshape(tile(reshape(x, [B, S, 1, C]), [1, 1, P, 1]), [B, S * P, C]);
}
