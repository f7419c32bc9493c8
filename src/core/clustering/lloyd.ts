import { squaredDistance } from './points';

export interface LloydResult {
  assignments: Int32Array;
  centroids: Float64Array;
  inertia: number;
  iterations: number;
}

/**
 * Lloyd's iteration from given centroids until no assignment changes, with Hamerly's bounds.
 *
 * Each point keeps an upper bound on the distance to its own centroid and a lower bound on the distance to any
 * other; after a step of the centroids both are moved by how far the centroids went, and the distances are computed
 * only when the bounds cross. The result is that of the plain iteration. A cluster that loses all its points takes
 * the point farthest from its centroid; when every point sits on its centroid (fewer than K distinct points) it
 * stays empty.
 *
 * @param x points (x) [N, M], float64
 * @param start centroids (μ) [K, M]; not changed
 * @returns assignments [N], each to its nearest centroid; inertia Σ ‖x − μ‖²
 *
 * Source: Lloyd (1982); Hamerly (2010), Making k-means even faster.
 */
export function lloyd(x: Float64Array, n: number, m: number, start: Float64Array, maxIterations: number): LloydResult {
  const k = start.length / m;
  let mu: Float64Array = start.slice();
  const own = new Int32Array(n);
  const upper = new Float64Array(n);
  const lower = new Float64Array(n);
  const half = new Float64Array(k);
  const drift = new Float64Array(k);

  const search = (i: number): void => {
    let d1 = Number.POSITIVE_INFINITY;
    let d2 = Number.POSITIVE_INFINITY;
    let nearest = own[i];
    for (let j = 0; j < k; j++) {
      const d = squaredDistance(x, i, mu, j, m);
      if (d < d1) {
        d2 = d1;
        d1 = d;
        nearest = j;
      } else if (d < d2) d2 = d;
    }
    own[i] = nearest;
    upper[i] = Math.sqrt(d1);
    lower[i] = Math.sqrt(d2);
  };
  for (let i = 0; i < n; i++) search(i);

  let iterations = 0;
  for (let changed = true; changed && iterations < maxIterations; iterations++) {
    const next = means(x, n, m, mu, own, (i) => {
      lower[i] = 0;
      upper[i] = Number.POSITIVE_INFINITY;
    });
    let far = 0;
    for (let j = 0; j < k; j++) {
      drift[j] = Math.sqrt(squaredDistance(next, j, mu, j, m));
      far = Math.max(far, drift[j]);
    }
    mu = next;
    halfGaps(mu, k, m, half);
    changed = false;
    for (let i = 0; i < n; i++) {
      const j = own[i];
      upper[i] += drift[j];
      lower[i] -= far;
      const bound = Math.max(half[j], lower[i]);
      if (upper[i] < bound) continue;
      upper[i] = Math.sqrt(squaredDistance(x, i, mu, j, m));
      if (upper[i] < bound) continue;
      search(i);
      if (own[i] !== j) changed = true;
    }
  }

  let inertia = 0;
  for (let i = 0; i < n; i++) inertia += squaredDistance(x, i, mu, own[i], m);
  return { assignments: own, centroids: mu, inertia, iterations };
}

/** The mean of each cluster's points; an empty cluster takes the point farthest from its centroid, told to `moved`. */
function means(x: Float64Array, n: number, m: number, mu: Float64Array, own: Int32Array, moved: (i: number) => void): Float64Array {
  const k = mu.length / m;
  const count = new Int32Array(k);
  for (let i = 0; i < n; i++) count[own[i]]++;
  for (let j = 0; j < k; j++) {
    if (count[j] > 0) continue;
    let farthest = -1;
    let most = 0;
    for (let i = 0; i < n; i++) {
      if (count[own[i]] < 2) continue;
      const d = squaredDistance(x, i, mu, own[i], m);
      if (d > most) {
        most = d;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    count[own[farthest]]--;
    own[farthest] = j;
    count[j] = 1;
    moved(farthest);
  }
  const next = new Float64Array(k * m);
  for (let i = 0; i < n; i++) {
    const to = own[i] * m;
    const from = i * m;
    for (let c = 0; c < m; c++) next[to + c] += x[from + c];
  }
  for (let j = 0; j < k; j++) {
    if (count[j] === 0) next.set(mu.subarray(j * m, (j + 1) * m), j * m);
    else for (let c = j * m; c < (j + 1) * m; c++) next[c] /= count[j];
  }
  return next;
}

/** Half the distance of each centroid to the nearest other one. */
function halfGaps(mu: Float64Array, k: number, m: number, half: Float64Array): void {
  half.fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      const gap = Math.sqrt(squaredDistance(mu, a, mu, b, m)) / 2;
      if (gap < half[a]) half[a] = gap;
      if (gap < half[b]) half[b] = gap;
    }
  }
}
