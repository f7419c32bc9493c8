import { topEigenSteps } from '../clustering/eigen';
import { gramOfColumnsSteps, gramOfRowsSteps } from '../clustering/gram';
import { check } from '../lib/assert';
import { drain } from '../lib/drain';
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
  return drain(pcaSteps(points, previous));
}

/** The same with rests, a few a second at least. */
export function* pcaSteps(points: Matrix, previous?: ArrayLike<number>): Generator<void, Pca, void> {
  const { rows: n, columns: m } = points;
  const x = centred(points);
  const axes = Math.min(2, n, m);
  const map = new Float64Array(2 * n);
  let total = 0;
  for (const value of x) total += value * value;
  if (total === 0) return { map, explained: [0, 0] };

  const gram = yield* m <= n ? gramOfColumnsSteps(x, n, m) : gramOfRowsSteps(x, n, m);
  const { values, vectors } = yield* topEigenSteps(gram, axes);
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
  for (let i = 0, at = 0; i < n; i++) {
    for (let c = 0; c < m; c++, at++) {
      if (!Number.isFinite(data[at])) check(false, `latent ${c + 1} of series ${i + 1} is ${data[at]}: only finite numbers can be drawn on a map`);
      mean[c] += data[at] / n;
    }
  }
  const x = new Float64Array(n * m);
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < m; c++, at++) x[at] = data[at] - mean[c];
  return x;
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
