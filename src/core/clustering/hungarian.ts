import type { Matrix } from '../lib/matrix';

/**
 * The assignment problem: a one-to-one matching of rows to columns with the least total cost, by shortest
 * augmenting paths with dual potentials, O(n² m).
 *
 * @param cost finite costs [rows, columns]
 * @returns for each row its column; −1 for the rows left over when there are more rows than columns
 *
 * Source: Kuhn (1955); Jonker and Volgenant (1987), A shortest augmenting path algorithm for dense and sparse
 * linear assignment problems.
 */
export function hungarian(cost: Matrix): Int32Array {
  const { rows, columns, data } = cost;
  if (rows <= columns) return match(rows, columns, (i, j) => data[i * columns + j]);
  const rowOf = match(columns, rows, (j, i) => data[i * columns + j]);
  const columnOf = new Int32Array(rows).fill(-1);
  rowOf.forEach((i, j) => (columnOf[i] = j));
  return columnOf;
}

/** For n <= m. Row and column n (m) are virtual: the root of each search tree. */
function match(n: number, m: number, cost: (i: number, j: number) => number): Int32Array {
  const u = new Float64Array(n + 1);
  const v = new Float64Array(m + 1);
  const rowAt = new Int32Array(m + 1).fill(n);
  const before = new Int32Array(m + 1);
  for (let row = 0; row < n; row++) {
    const slack = new Float64Array(m + 1).fill(Number.POSITIVE_INFINITY);
    const reached = new Uint8Array(m + 1);
    rowAt[m] = row;
    let column = m;
    do {
      reached[column] = 1;
      const i = rowAt[column];
      let step = Number.POSITIVE_INFINITY;
      let next = -1;
      for (let j = 0; j < m; j++) {
        if (reached[j]) continue;
        const reduced = cost(i, j) - u[i] - v[j];
        if (reduced < slack[j]) {
          slack[j] = reduced;
          before[j] = column;
        }
        if (slack[j] < step) {
          step = slack[j];
          next = j;
        }
      }
      for (let j = 0; j <= m; j++) {
        if (reached[j]) {
          u[rowAt[j]] += step;
          v[j] -= step;
        } else slack[j] -= step;
      }
      column = next;
    } while (rowAt[column] !== n);
    while (column !== m) {
      rowAt[column] = rowAt[before[column]];
      column = before[column];
    }
  }
  const columnOf = new Int32Array(n).fill(-1);
  for (let j = 0; j < m; j++) if (rowAt[j] !== n) columnOf[rowAt[j]] = j;
  return columnOf;
}
