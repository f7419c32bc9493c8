import { add, concat, matMul, pad, reshape, slice, tensor2d, transpose, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';

/**
 * A temporal convolution of a sequence of which every step was repeated P times, without the repeated sequence:
 *
 *     y_{sP + p} = b + Σ_k z_{⌊(sP + p + k − before) / P⌋} W_k = b + Σ_j z_{s + j} V_{jp},   V_{jp} = Σ_{k: ⌊(p + k − before) / P⌋ = j} W_k
 *
 * One product of a few shifted copies of z with V, zeros beyond the ends.
 *
 * @param z [B, S]
 * @param kernel W [taps, O]
 * @param bias b [1, O]
 * @param before taps that look back
 * @param P repetitions
 * @returns [B, S P, O]
 */
export function upsampledConvolution(z: Tensor2D, kernel: Tensor2D, bias: Tensor, before: number, P: number): Tensor3D {
  const [B, S] = z.shape;
  const [taps, O] = kernel.shape;
  const first = Math.floor(-before / P); // least and greatest j
  const last = Math.floor((P - 1 + taps - 1 - before) / P);
  const J = last - first + 1;
  const hit = (row: number, k: number): boolean => Math.floor(((row % P) + k - before) / P) - first === Math.floor(row / P);
  const phases = tensor2d(Float32Array.from({ length: J * P * taps }, (_, at) => Number(hit(Math.floor(at / taps), at % taps))), [J * P, taps]);
  const V = reshape(matMul(phases, kernel), [J, P * O]);
  const padded = pad(z, [[0, 0], [-first, Math.max(0, last)]]);
  const shifted = Array.from({ length: J }, (_, j) => reshape(slice(padded, [0, j], [B, S]), [1, B * S]));
  const columns = transpose(concat(shifted, 0)); // [B S, J]
  return add(reshape(matMul(columns, V), [B, S * P, O]), bias);
}
