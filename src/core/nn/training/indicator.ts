import { spectralIndicator } from '../../clustering/spectralIndicator';
import { matrix } from '../../lib/matrix';
import type { Random } from '../../lib/random';

/** F [N, K], one row a series, and the centres C = H'F [M, K] (methods.md 8.1); constants until the next update. */
export interface Indicator {
  f: Float32Array;
  centres: Float32Array;
}

/** F and C of the representations H [N, M]. */
export function updateF(latents: Float32Array, N: number, M: number, K: number): Indicator {
  const { f, centres } = spectralIndicator(matrix(N, M, latents), K);
  return { f: Float32Array.from(f.data), centres: Float32Array.from(centres.data) };
}

/** F with its rows in another order, so that it belongs to other series, and the centres that follow from it (methods.md 4.7). */
export function misleadingF({ f }: Indicator, latents: Float32Array, N: number, M: number, random: Random): Indicator {
  const K = f.length / N;
  const order = Int32Array.from({ length: N }, (_, i) => i);
  random.shuffle(order);
  const shuffled = new Float32Array(N * K);
  const centres = new Float32Array(M * K);
  for (let i = 0; i < N; i++) {
    shuffled.set(f.subarray(order[i] * K, (order[i] + 1) * K), i * K);
    for (let m = 0; m < M; m++) for (let k = 0; k < K; k++) centres[m * K + k] += latents[i * M + m] * shuffled[i * K + k];
  }
  return { f: shuffled, centres };
}

/** The rows of F for the series of a batch of B, [B, K]; zeros in padding rows. */
export function rowsOfF(f: Float32Array, series: Int32Array, B: number, N: number): Float32Array {
  const K = f.length / N;
  const rows = new Float32Array(B * K);
  for (const [b, i] of series.entries()) rows.set(f.subarray(i * K, (i + 1) * K), b * K);
  return rows;
}
