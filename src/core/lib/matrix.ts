/** A dense row-major matrix: `data[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array | Float32Array;
}

export function matrix(rows: number, columns: number, data: Matrix['data'] = new Float64Array(rows * columns)): Matrix {
  if (data.length !== rows * columns) {
    throw new Error(`a ${rows} x ${columns} matrix needs ${rows * columns} numbers, got ${data.length}`);
  }
  return { rows, columns, data };
}

/** Row `i` as a view. */
export function row(m: Matrix, i: number): Matrix['data'] {
  return m.data.subarray(i * m.columns, (i + 1) * m.columns);
}
