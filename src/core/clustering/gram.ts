import { drain } from '../lib/drain';
import { matrix, type Matrix } from '../lib/matrix';

/** Rows of the data taken at once, so that a panel stays in the cache. */
const PANEL = 64;

/** A'A [M, M] for a [N, M], summed in float64. */
export function gramOfColumns(a: Float64Array, n: number, m: number): Matrix {
  return drain(gramOfColumnsSteps(a, n, m));
}

/** A'A with a rest after each panel. */
export function* gramOfColumnsSteps(a: Float64Array, n: number, m: number): Generator<void, Matrix, void> {
  const width = m + (m & 1);
  const g = new Float64Array(width * width);
  const panel = new Float64Array(PANEL * width);
  for (let from = 0; from < n; from += PANEL) {
    const rows = Math.min(PANEL, n - from);
    for (let r = 0; r < rows; r++) panel.set(a.subarray((from + r) * m, (from + r + 1) * m), r * width);
    addPanel(g, panel, rows, width);
    yield;
  }
  const full = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) full[i * m + j] = g[Math.min(i, j) * width + Math.max(i, j)];
  return matrix(m, m, full);
}

/** Adds panel' panel to the upper triangle of g in tiles of 2 x 2; `width` is even. */
function addPanel(g: Float64Array, panel: Float64Array, rows: number, width: number): void {
  for (let i = 0; i < width; i += 2) {
    for (let j = i; j < width; j += 2) {
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let r = 0, p = i, q = j; r < rows; r++, p += width, q += width) {
        const a0 = panel[p];
        const a1 = panel[p + 1];
        const b0 = panel[q];
        const b1 = panel[q + 1];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s10 += a1 * b0;
        s11 += a1 * b1;
      }
      const at = i * width + j;
      g[at] += s00;
      g[at + 1] += s01;
      g[at + width] += s10;
      g[at + width + 1] += s11;
    }
  }
}

/** A A' [N, N] for a [N, M], summed in float64. */
export function gramOfRows(a: Float64Array, n: number, m: number): Matrix {
  return drain(gramOfRowsSteps(a, n, m));
}

/** A A' with a rest after each panel. */
export function gramOfRowsSteps(a: Float64Array, n: number, m: number): Generator<void, Matrix, void> {
  const transposed = new Float64Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) transposed[j * n + i] = a[i * m + j];
  return gramOfColumnsSteps(transposed, m, n);
}
