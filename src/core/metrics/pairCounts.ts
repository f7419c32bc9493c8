import type { Matrix } from '../lib/matrix';

/** n (n − 1) / 2. */
export function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}

/** Pairs of items that are together: in both partitions, in the rows' one, in the columns' one, and all pairs there are. */
export interface PairCounts {
  both: number;
  rows: number;
  columns: number;
  all: number;
}

/** Counts pairs of items from a contingency table n_ab (exact: whole numbers below 2⁵³). */
export function pairCounts(table: Matrix): PairCounts {
  const { rows, columns } = marginals(table);
  return { both: together(table.data), rows: together(rows), columns: together(columns), all: pairs(total(table)) };
}

function together(groups: Matrix['data']): number {
  let sum = 0;
  for (const n of groups) sum += pairs(n);
  return sum;
}

/** n, the items a contingency table counts. */
export function total(table: Matrix): number {
  let n = 0;
  for (const count of table.data) n += count;
  return n;
}

/** Row and column sums of a contingency table. */
export function marginals(table: Matrix): { rows: Float64Array; columns: Float64Array } {
  const rows = new Float64Array(table.rows);
  const columns = new Float64Array(table.columns);
  table.data.forEach((count, at) => {
    rows[Math.floor(at / table.columns)] += count;
    columns[at % table.columns] += count;
  });
  return { rows, columns };
}
