/** Matrix products and sums in WGSL, without workgroup memory: sizes and strides are uniforms, so one program serves every shape. */

/** Rows and columns that an invocation makes. */
export const TILE = 4;

/**
 * result [stack · parts, M, N]: the product of each pair of matrices, or of a part of their K. Row, column and matrix
 * strides say where an element lies, so that a transposed factor needs no code of its own; inputs a, b.
 */
export const productCode = `
  fn main() {
    let column = i32(globalId.x) * ${TILE}; let row = i32(globalId.y) * ${TILE};
    let M = uniforms.rows; let N = uniforms.columns; let K = uniforms.depth;
    if (row >= M || column >= N) { return; }
    let at = i32(globalId.z);
    let low = (at % uniforms.parts) * uniforms.chunk;
    let high = min(K, low + uniforms.chunk);
    let stack = at / uniforms.parts;
    let steps = vec4<i32>(0, 1, 2, 3);
    var ai = stack * M * K + low * uniforms.aColumn + min(row + steps, vec4<i32>(M - 1)) * uniforms.aRow;
    var bi = stack * K * N + low * uniforms.bRow + min(column + steps, vec4<i32>(N - 1)) * uniforms.bColumn;
    var s0 = vec4<f32>(0.0); var s1 = s0; var s2 = s0; var s3 = s0;
    for (var k = low; k < high; k++) {
      let v = vec4<f32>(b[bi.x], b[bi.y], b[bi.z], b[bi.w]);
      s0 += a[ai.x] * v; s1 += a[ai.y] * v; s2 += a[ai.z] * v; s3 += a[ai.w] * v;
      ai += vec4<i32>(uniforms.aColumn); bi += vec4<i32>(uniforms.bRow);
    }
    let rows = array<vec4<f32>, 4>(s0, s1, s2, s3);
    for (var i = 0; i < min(${TILE}, M - row); i++) {
      let to_ = (at * M + row + i) * N + column;
      for (var j = 0; j < min(${TILE}, N - column); j++) { result[to_ + j] = rows[i][j]; }
    }
  }`;

/** result [outer, inner] = Σ over the middle axis of x [outer, count, inner]; an invocation an element. */
export const sumCode = `
  fn main(index: i32) {
    if (index >= uniforms.total) { return; }
    let inner = uniforms.inner;
    var at = (index / inner) * uniforms.count * inner + index % inner;
    var sum = 0.0;
    for (var r = 0; r < uniforms.count; r++) { sum += x[at]; at += inner; }
    result[index] = sum;
  }`;
