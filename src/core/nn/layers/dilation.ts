import { pad, reshape, slice, transpose, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';

/**
 * Splits every sequence into its d interleaved subsequences (t mod d), stacked on the batch axis, so that a
 * plain recurrence over them is the dilated recurrence h_t = GRU(x_t, h_{t-d}).
 *
 *     [B, T, I] -> pad T with zeros to T_p = d ceil(T / d) -> [B, T_p / d, d, I] -> [B, d, T_p / d, I] -> [B d, T_p / d, I]
 *
 * Source: methods.md section 2.5.
 */
export function interleave(x: Tensor3D, d: number): Tensor3D {
  const [B, T, I] = x.shape;
  const S = Math.ceil(T / d);
  const padded = S * d === T ? x : pad(x, [[0, 0], [0, S * d - T], [0, 0]]);
  return reshape(transpose(reshape(padded, [B, S, d, I]), [0, 2, 1, 3]), [B * d, S, I]);
}

/** The inverse of interleave: [B d, S, I] -> [B, T, I]. */
export function deinterleave(x: Tensor3D, d: number, T: number): Tensor3D {
  const [rows, S, I] = x.shape;
  const B = rows / d;
  const joined: Tensor = reshape(transpose(reshape(x, [B, d, S, I]), [0, 2, 1, 3]), [B, S * d, I]);
  return S * d === T ? (joined as Tensor3D) : slice(joined as Tensor3D, [0, 0, 0], [B, T, I]);
}

/** Sequences split into subsequences, and how: outermost split first. */
export interface Subsequences {
  /** [rows, S, I] */
  x: Tensor3D;
  /** Each split: into how many, and how many steps there were before it. */
  splits: readonly { by: number; steps: number }[];
}

/**
 * The subsequences of dilation d. Those of a divisor of d are split on where they lie, so that nothing is joined and
 * split again between two layers: subsequence p of dilation c, split by q, gives those that start at p, p + c, ...
 */
export function dilate({ x, splits }: Subsequences, d: number): Subsequences {
  const c = splits.reduce((product, { by }) => product * by, 1);
  if (d === c) return { x, splits };
  if (d % c === 0) return { x: interleave(x, d / c), splits: [...splits, { by: d / c, steps: x.shape[1] }] };
  const joined = splits.reduceRight((parts, { by, steps }) => deinterleave(parts, by, steps), x);
  return dilate({ x: joined, splits: [] }, d);
}
