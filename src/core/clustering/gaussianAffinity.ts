import { check } from '../lib/assert';
import { matrix, type Matrix } from '../lib/matrix';

/**
 * Affinity of a distance matrix:
 *
 *     a_ij = exp(−d_ij² / (2 σ²))
 *
 * @param distances d [N, N]
 * @param scale σ, in the unit of the distances; the median distance of two different series when left out
 * @returns [N, N] in [0, 1], diagonal 1; all 1 when the median is 0
 * @throws InputError unless σ is above 0
 */
export function gaussianAffinity(distances: Matrix, scale?: number): Matrix {
  check(scale === undefined || scale > 0, `The scale of the affinity is ${scale}: choose a number above 0.`);
  const n = distances.rows;
  const sigma = scale ?? median(distances);
  return matrix(n, n, Float64Array.from(distances.data, (d) => (sigma > 0 ? Math.exp(-((d / sigma) ** 2) / 2) : Number(d === 0 || sigma === 0))));
}

function median({ rows: n, data }: Matrix): number {
  const all = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) all[at++] = data[i * n + j];
  all.sort();
  const half = all.length >> 1;
  if (all.length === 0) return 0;
  return all.length % 2 === 1 ? all[half] : (all[half - 1] + all[half]) / 2;
}
