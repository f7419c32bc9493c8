import { topEigen } from '../clustering/eigen';
import { gramOfColumns, gramOfRows } from '../clustering/gram';
import { check } from '../lib/assert';
import type { Matrix } from '../lib/matrix';

export interface Pca {
  /** Scores on the first two principal axes [N, 2], centred. Axes that do not exist hold 0. */
  map: Float64Array;
  /** Share of the variance on each axis; 0 when there is none. */
  explained: [number, number];
}

/**
 * Principal component analysis in two dimensions, by the eigenvectors of the smaller Gram matrix in float64.
 *
 *     map = (X − x̄) V,  V = top-2 right singular vectors of X − x̄
 *
 * @param points x [N, M]
 * @param previous a map [N, 2] to be like: each axis is turned to point the same way. Without one, the score of
 *   greatest size on each axis is positive.
 * @throws InputError when a coordinate is not finite
 *
 * Source: Pearson (1901); Hotelling (1933).
 */
export function pca(points: Matrix, previous?: ArrayLike<number>): Pca {
  const { rows: n, columns: m } = points;
  const x = centred(points);
  const axes = Math.min(2, n, m);
  const map = new Float64Array(2 * n);
  let total = 0;
  for (const value of x) total += value * value;
  if (total === 0) return { map, explained: [0, 0] };

  const { values, vectors } = topEigen(m <= n ? gramOfColumns(x, n, m) : gramOfRows(x, n, m), axes);
  for (let a = 0; a < axes; a++) {
    const length = Math.sqrt(Math.max(0, values[a]));
    for (let i = 0; i < n; i++) {
      let score = 0;
      if (m <= n) for (let j = 0; j < m; j++) score += x[i * m + j] * vectors[j * axes + a];
      else score = vectors[i * axes + a] * length;
      map[2 * i + a] = score;
    }
    if (pointsBack(map, a, previous)) for (let i = 0; i < n; i++) map[2 * i + a] = -map[2 * i + a];
  }
  return { map, explained: [Math.max(0, values[0]) / total, axes > 1 ? Math.max(0, values[1]) / total : 0] };
}

/** The points around their mean, in float64. Throws an InputError at the first coordinate that is not finite. */
export function centred({ rows: n, columns: m, data }: Matrix): Float64Array {
  const mean = new Float64Array(m);
  for (let at = 0; at < n * m; at++) {
    if (!Number.isFinite(data[at])) check(false, `latent ${(at % m) + 1} of series ${Math.floor(at / m) + 1} is ${data[at]}: only finite numbers can be drawn on a map`);
    mean[at % m] += data[at] / n;
  }
  return Float64Array.from({ length: n * m }, (_, at) => data[at] - mean[at % m]);
}

function pointsBack(map: Float64Array, axis: number, previous?: ArrayLike<number>): boolean {
  if (previous !== undefined && previous.length === map.length) {
    let agreement = 0;
    for (let at = axis; at < map.length; at += 2) agreement += map[at] * previous[at];
    return agreement < 0;
  }
  let most = 0;
  for (let at = axis; at < map.length; at += 2) if (Math.abs(map[at]) > Math.abs(most) * (1 + 1e-9)) most = map[at];
  return most < 0;
}
