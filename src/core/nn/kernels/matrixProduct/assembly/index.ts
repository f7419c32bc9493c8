/**
 * A matrix product in WebAssembly SIMD over tfjs's own memory: every argument is an address in it. Either factor may be
 * transposed by its strides. The columns of the product lie in the SIMD lanes. The module has no data of its own (a
 * test says so).
 */
import { multiplyAdd } from '../../../../lib/assembly/multiplyAdd';

/** Columns of one tile, and of one panel of B. */
const COLUMNS: i32 = 8;
/** Rows of one tile. */
const ROWS: i32 = 4;
/** Depth of one panel: it stays in the first cache. */
const DEPTH: i32 = 512;

/** Working memory in bytes: a panel of B, and a tile of C for what is left over at the edges. */
export function workBytes(): i32 {
  return ((DEPTH * COLUMNS) << 2) + ((ROWS * COLUMNS) << 2);
}

/** A product that several threads share; written by wasm.ts. */
@unmanaged
class Call {
  M: i32;
  N: i32;
  K: i32;
  a: usize;
  aRow: i32;
  aColumn: i32;
  b: usize;
  bRow: i32;
  bColumn: i32;
  c: usize;
  /** Working memory of each job. */
  work: usize;
  jobs: i32;
}

/** The rows of C that are a job's: whole tiles, so that each element is summed as in one piece. */
export function share(job: i32, call: Call): void {
  const tiles = (call.M + ROWS - 1) / ROWS;
  const first = ((tiles * job) / call.jobs) * ROWS;
  const rows = min(((tiles * (job + 1)) / call.jobs) * ROWS, call.M) - first;
  multiply(rows, call.N, call.K, call.a + ((first * call.aRow) << 2), call.aRow, call.aColumn, call.b, call.bRow, call.bColumn, call.c + ((first * call.N) << 2), call.work + workBytes() * job);
}

/** C [M, N] = A B: element (m, k) of A lies at m aRow + k aColumn, (k, n) of B at k bRow + n bColumn, in floats. */
export function multiply(M: i32, N: i32, K: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32, c: usize, work: usize): void {
  if (K == 0) memory.fill(c, 0, ((M * N) << 2) as usize);
  const panel = work;
  const edge = work + ((DEPTH * COLUMNS) << 2);
  const rowStride = (aRow << 2) as usize;
  const depthStride = (aColumn << 2) as usize;
  const line = (N << 2) as usize;
  for (let k = 0; k < K; k += DEPTH) {
    const depth = min(DEPTH, K - k);
    for (let n = 0; n < N; n += COLUMNS) {
      const columns = min(COLUMNS, N - n);
      pack(panel, b + ((k * bRow + n * bColumn) << 2), bRow, bColumn, depth, columns);
      for (let m = 0; m < M; m += ROWS) {
        const rows = min(ROWS, M - m);
        const from = a + ((m * aRow + k * aColumn) << 2);
        const to = c + ((m * N + n) << 2);
        if (rows == ROWS && columns == COLUMNS) {
          tile(to, line, from, rowStride, depthStride, depth, panel, k == 0);
          continue;
        }
        if (rows == ROWS) tile(edge, COLUMNS << 2, from, rowStride, depthStride, depth, panel, true);
        else for (let r = 0; r < rows; r++) single(edge + ((r * COLUMNS) << 2), from + rowStride * (r as usize), depthStride, depth, panel);
        for (let r = 0; r < rows; r++) {
          for (let j = 0; j < columns; j++) {
            const at = to + line * (r as usize) + (j << 2);
            const sum = load<f32>(edge + ((r * COLUMNS + j) << 2));
            store<f32>(at, k == 0 ? sum : load<f32>(at) + sum);
          }
        }
      }
    }
  }
}

/** s [N] = the column sums of a [M, N]. */
export function sumRows(M: i32, N: i32, a: usize, s: usize): void {
  const line = (N << 2) as usize;
  let n = 0;
  for (; n + 16 <= N; n += 16) {
    let p0 = f32x4.splat(0);
    let p1 = p0, p2 = p0, p3 = p0;
    let from = a + (n << 2);
    for (let m = 0; m < M; m++) {
      p0 = f32x4.add(p0, v128.load(from));
      p1 = f32x4.add(p1, v128.load(from, 16));
      p2 = f32x4.add(p2, v128.load(from, 32));
      p3 = f32x4.add(p3, v128.load(from, 48));
      from += line;
    }
    const to = s + (n << 2);
    v128.store(to, p0);
    v128.store(to, p1, 16);
    v128.store(to, p2, 32);
    v128.store(to, p3, 48);
  }
  for (; n < N; n++) {
    let sum: f32 = 0;
    for (let m = 0; m < M; m++) sum += load<f32>(a + line * (m as usize) + (n << 2));
    store<f32>(s + (n << 2), sum);
  }
}

/** Rows of B side by side, missing columns 0. */
function pack(panel: usize, b: usize, bRow: i32, bColumn: i32, depth: i32, columns: i32): void {
  if (bColumn == 1 && columns == COLUMNS) {
    for (let k = 0; k < depth; k++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      panel += COLUMNS << 2;
      b += bRow << 2;
    }
    return;
  }
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < COLUMNS; j++) store<f32>(panel + (j << 2), j < columns ? load<f32>(b + ((j * bColumn) << 2)) : 0);
    panel += COLUMNS << 2;
    b += bRow << 2;
  }
}

/** Four rows by eight columns, eight accumulators: C = A B where it is `fresh`, else C += A B. */
function tile(c: usize, line: usize, a: usize, rowStride: usize, depthStride: usize, depth: i32, b: usize, fresh: bool): void {
  const c1 = c + line;
  const c2 = c1 + line;
  const c3 = c2 + line;
  let p0 = f32x4.splat(0);
  let q0 = p0, p1 = p0, q1 = p0, p2 = p0, q2 = p0, p3 = p0, q3 = p0;
  if (!fresh) {
    p0 = v128.load(c), q0 = v128.load(c, 16), p1 = v128.load(c1), q1 = v128.load(c1, 16);
    p2 = v128.load(c2), q2 = v128.load(c2, 16), p3 = v128.load(c3), q3 = v128.load(c3, 16);
  }
  const two = rowStride << 1;
  const three = two + rowStride;
  const end = b + ((depth * COLUMNS) << 2);
  while (b < end) {
    const x = v128.load(b);
    const y = v128.load(b, 16);
    let v = v128.load32_splat(a);
    p0 = multiplyAdd(v, x, p0);
    q0 = multiplyAdd(v, y, q0);
    v = v128.load32_splat(a + rowStride);
    p1 = multiplyAdd(v, x, p1);
    q1 = multiplyAdd(v, y, q1);
    v = v128.load32_splat(a + two);
    p2 = multiplyAdd(v, x, p2);
    q2 = multiplyAdd(v, y, q2);
    v = v128.load32_splat(a + three);
    p3 = multiplyAdd(v, x, p3);
    q3 = multiplyAdd(v, y, q3);
    a += depthStride;
    b += COLUMNS << 2;
  }
  v128.store(c, p0);
  v128.store(c, q0, 16);
  v128.store(c1, p1);
  v128.store(c1, q1, 16);
  v128.store(c2, p2);
  v128.store(c2, q2, 16);
  v128.store(c3, p3);
  v128.store(c3, q3, 16);
}

/** One row by eight columns: C = A B. */
function single(c: usize, a: usize, depthStride: usize, depth: i32, b: usize): void {
  let p = f32x4.splat(0);
  let q = p;
  const end = b + ((depth * COLUMNS) << 2);
  while (b < end) {
    const v = v128.load32_splat(a);
    p = multiplyAdd(v, v128.load(b), p);
    q = multiplyAdd(v, v128.load(b, 16), q);
    a += depthStride;
    b += COLUMNS << 2;
  }
  v128.store(c, p);
  v128.store(c, q, 16);
}
