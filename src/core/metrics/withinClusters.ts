import { check } from '../lib/assert';
import type { Matrix } from '../lib/matrix';
import { clusterCount } from './silhouette';

/** The clusters of points: those that hold any, with their centres and spreads. */
export interface WithinClusters {
  /** Points in each cluster that is not empty. */
  sizes: number[];
  /** Mean of each. */
  centres: Float64Array[];
  /** Mean Euclidean distance of its points to its centre. */
  scatters: number[];
  /** Σ of the squared distances of all points to their centres. */
  sumOfSquares: number;
}

/** Points x [N, M] by cluster; −1 leaves a point out. Throws an InputError when the sizes differ. */
export function withinClusters({ rows: n, columns: m, data: x }: Matrix, assignments: ArrayLike<number>): WithinClusters {
  check(n === assignments.length, `There are ${n} points, but ${assignments.length} assignments: both must be of the same series.`);
  const k = clusterCount(assignments);
  const sizes = Array<number>(k).fill(0);
  const centres = Array.from({ length: k }, () => new Float64Array(m));
  const scatters = Array<number>(k).fill(0);
  for (let i = 0; i < n; i++) {
    const c = assignments[i];
    if (c < 0) continue;
    sizes[c]++;
    // A running mean, so that a cluster of equal points has exactly their place.
    for (let j = 0; j < m; j++) centres[c][j] += (x[i * m + j] - centres[c][j]) / sizes[c];
  }
  let sumOfSquares = 0;
  for (let i = 0; i < n; i++) {
    const c = assignments[i];
    if (c < 0) continue;
    let square = 0;
    for (let j = 0; j < m; j++) square += (x[i * m + j] - centres[c][j]) ** 2;
    sumOfSquares += square;
    scatters[c] += Math.sqrt(square) / sizes[c];
  }
  const held = (_: unknown, c: number): boolean => sizes[c] > 0;
  return { sizes: sizes.filter(held), centres: centres.filter(held), scatters: scatters.filter(held), sumOfSquares };
}
