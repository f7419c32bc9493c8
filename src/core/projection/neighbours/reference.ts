import type { Neighbours } from './neighbours';

/** The plain twin of the search for near neighbours: float64, all pairs, obvious. */
export function referenceNeighbours(x: Float64Array, n: number, m: number, k: number): Neighbours {
  const indices = new Int32Array(n * k);
  const distances = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    const all = Float64Array.from({ length: n }, (_, j) => {
      let d = 0;
      for (let c = 0; c < m; c++) d += (x[i * m + c] - x[j * m + c]) ** 2;
      return d;
    });
    const nearest = Array.from(all.keys()).filter((j) => j !== i).sort((a, b) => all[a] - all[b]).slice(0, k);
    indices.set(nearest, i * k);
    distances.set(nearest.map((j) => all[j]), i * k);
  }
  return { indices, distances };
}
