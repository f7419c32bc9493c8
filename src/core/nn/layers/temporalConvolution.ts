import { add, concat, matMul, pad, reshape, slice, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';

/**
 * Convolution over time, stride 1, "same": as many steps out as in.
 *
 *     y_t = b + Σ_k x_{t + k − before} W_k,   zeros beyond the ends
 *
 * @param x [B, T, I]
 * @param kernel [width · I, O], tap after tap
 * @param bias [1, O] or none
 * @param before taps that look back; a transposed convolution is the one with the taps on the other side
 * @returns [B, T, O]
 */
export function temporalConvolution(x: Tensor3D, kernel: Tensor, bias: Tensor | null, before: number): Tensor3D {
  const [B, T, I] = x.shape;
  const [rows, O] = kernel.shape;
  const width = rows / I;
  const padded = pad(x, [[0, 0], [before, width - 1 - before], [0, 0]]);
  const taps = Array.from({ length: width }, (_, k) => slice(padded, [0, k, 0], [B, T, I]));
  const product = matMul(reshape(concat(taps, 2), [B * T, rows]), kernel);
  return reshape(bias ? add(product, bias) : product, [B, T, O]);
}
