import { drain } from '../lib/drain';
import type { Matrix } from '../lib/matrix';
import { checkClusterCount, checkSymmetric } from './checks';

export type Linkage = 'single' | 'complete' | 'average' | 'ward';
export const linkages: readonly Linkage[] = ['single', 'complete', 'average', 'ward'];

/** A dendrogram: merge m joins the clusters `left[m] < right[m]` into cluster N + m; clusters 0..N-1 are the series. */
export interface Dendrogram {
  /** N, number of series. */
  readonly n: number;
  /** [N − 1] each; heights ascend. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly heights: Float64Array;
  /** Series in the merged cluster. */
  readonly sizes: Int32Array;
}

/**
 * Agglomerative clustering: the two nearest clusters are merged until one is left. After merging x and y, the distance
 * to any other cluster k is (Lance and Williams)
 *
 *     single    min(d_xk, d_yk)
 *     complete  max(d_xk, d_yk)
 *     average   (n_x d_xk + n_y d_yk) / (n_x + n_y)
 *     ward      √( ((n_x + n_k) d²_xk + (n_y + n_k) d²_yk − n_k d²_xy) / (n_x + n_y + n_k) )
 *
 * by chains of nearest neighbours, O(N²).
 *
 * @param distances d [N, N] of any distance; Ward's criterion is the growth of the within-cluster sum of squares when it is Euclidean
 * @returns the dendrogram, as scipy.cluster.hierarchy.linkage gives it
 * @throws InputError when the distances are not finite and symmetric
 *
 * Source: Lance and Williams (1967); Murtagh (1983), A survey of recent advances in hierarchical clustering algorithms.
 */
export function hierarchical(distances: Matrix, linkage: Linkage): Dendrogram {
  return drain(hierarchicalSteps(distances, linkage));
}

/** The same merge by merge: yields the share of them that is done, so that a long computation can be paused or left. */
export function* hierarchicalSteps(distances: Matrix, linkage: Linkage): Generator<number, Dendrogram, void> {
  checkSymmetric(distances, 'distances');
  const n = distances.rows;
  const square = linkage === 'ward';
  const d = Float64Array.from(distances.data, (value) => (square ? value * value : value));
  const size = new Int32Array(n).fill(1);
  const merges: { a: number; b: number; height: number }[] = [];
  const chain: number[] = [];
  while (merges.length < n - 1) {
    if (chain.length === 0) chain.push(size.findIndex((count) => count > 0));
    const x = chain[chain.length - 1];
    // On ties the one before in the chain, so that chains end.
    let y = chain.length > 1 ? chain[chain.length - 2] : -1;
    let least = y < 0 ? Number.POSITIVE_INFINITY : d[x * n + y];
    for (let k = 0; k < n; k++) {
      if (k === x || size[k] === 0 || d[x * n + k] >= least) continue;
      least = d[x * n + k];
      y = k;
    }
    if (y !== chain[chain.length - 2]) {
      chain.push(y);
      continue;
    }
    chain.length -= 2;
    merges.push({ a: x, b: y, height: square ? Math.sqrt(least) : least });
    merge(d, n, size, x, y, linkage);
    yield merges.length / (n - 1);
  }
  return dendrogram(n, merges);
}

/** Cluster y becomes the union of x and y; x is gone. */
function merge(d: Float64Array, n: number, size: Int32Array, x: number, y: number, linkage: Linkage): void {
  const nx = size[x];
  const ny = size[y];
  const xy = d[x * n + y];
  for (let k = 0; k < n; k++) {
    if (k === x || k === y || size[k] === 0) continue;
    const value = lanceWilliams[linkage](d[x * n + k], d[y * n + k], xy, nx, ny, size[k]);
    d[y * n + k] = value;
    d[k * n + y] = value;
  }
  size[x] = 0;
  size[y] = nx + ny;
}

const lanceWilliams: Record<Linkage, (xk: number, yk: number, xy: number, nx: number, ny: number, nk: number) => number> = {
  single: (xk, yk) => Math.min(xk, yk),
  complete: (xk, yk) => Math.max(xk, yk),
  average: (xk, yk, _, nx, ny) => (nx * xk + ny * yk) / (nx + ny),
  ward: (xk, yk, xy, nx, ny, nk) => ((nx + nk) * xk + (ny + nk) * yk - nk * xy) / (nx + ny + nk),
};

/** Merges in order of height; `a` and `b` are any series of the two clusters. */
function dendrogram(n: number, merges: { a: number; b: number; height: number }[]): Dendrogram {
  merges.sort((p, q) => p.height - q.height);
  const root = disjointSets(n);
  const cluster = Int32Array.from({ length: n }, (_, i) => i);
  const count = new Int32Array(n).fill(1);
  const tree = { n, left: new Int32Array(n - 1), right: new Int32Array(n - 1), heights: new Float64Array(n - 1), sizes: new Int32Array(n - 1) };
  merges.forEach(({ a, b, height }, m) => {
    const p = root.of(a);
    const q = root.of(b);
    tree.left[m] = Math.min(cluster[p], cluster[q]);
    tree.right[m] = Math.max(cluster[p], cluster[q]);
    tree.heights[m] = height;
    tree.sizes[m] = count[p] + count[q];
    root.join(p, q);
    count[q] = tree.sizes[m];
    cluster[q] = n + m;
  });
  return tree;
}

/** K clusters: the last K − 1 merges undone. @returns [N] in 0..K-1, numbered by their first series; InputError unless K is from 1 to N */
export function cutTree(tree: Dendrogram, k: number): Int32Array {
  const { n, left, right } = tree;
  checkClusterCount(k, n);
  const root = disjointSets(2 * n - 1);
  for (let m = 0; m < n - k; m++) {
    root.join(left[m], n + m);
    root.join(right[m], n + m);
  }
  const number = new Map<number, number>();
  return Int32Array.from({ length: n }, (_, i) => {
    const cluster = root.of(i);
    if (!number.has(cluster)) number.set(cluster, number.size);
    return number.get(cluster)!;
  });
}

function disjointSets(n: number): { of(i: number): number; join(a: number, b: number): void } {
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const of = (i: number): number => {
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  };
  return { of, join: (a, b) => void (parent[of(a)] = of(b)) };
}
