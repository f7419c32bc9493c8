import { spectralIndicator } from '../../clustering/spectralIndicator';
import { matrix } from '../../lib/matrix';

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

/** The rows of F for the series of a batch of B, [B, K]; zeros in padding rows. */
export function rowsOfF(f: Float32Array, series: Int32Array, B: number, N: number): Float32Array {
  const K = f.length / N;
  const rows = new Float32Array(B * K);
  for (const [b, i] of series.entries()) rows.set(f.subarray(i * K, (i + 1) * K), b * K);
  return rows;
}
