/**
 * Small matrix products for recurrences. The rows of a batch lie in the SIMD lanes: a matrix [R, K] is stored as K
 * rows of R float32, R a multiple of 4. Nothing has to be transposed between one product and the next, and the number
 * of units needs no padding to the width of the micro-kernel's row block.
 *
 * Weights are packed into panels of four columns: [ceil(N/4)][K][4], missing columns 0.
 */
import { laneSums, toLanes } from './lanes';
import { multiplyAdd } from './multiplyAdd';

/**
 * Packs K rows of a weight matrix into the panels of a product whose panels have `depth` rows, from row `first` on.
 * Element (k, n) is read at `source` + k `rowStride` + n `columnStride` (in floats).
 */
export function pack(panels: usize, depth: i32, first: i32, source: usize, rowStride: i32, columnStride: i32, K: i32, N: i32): void {
  for (let n = 0; n < N; n += 4) {
    const panel = panels + ((((n >> 2) * depth + first) << 4) as usize);
    if (columnStride == 1 && n + 4 <= N) {
      for (let k = 0; k < K; k++) v128.store(panel + ((k << 4) as usize), v128.load(source + ((k * rowStride + n) << 2)));
      continue;
    }
    if (rowStride == 1) {
      toLanes(panel, source + ((n * columnStride) << 2), K, columnStride, min(4, N - n), 4);
      continue;
    }
    for (let k = 0; k < K; k++) {
      for (let c = 0; c < 4; c++) {
        const value: f32 = n + c < N ? load<f32>(source + ((k * rowStride + (n + c) * columnStride) << 2)) : 0;
        store<f32>(panel + (((k << 2) + c) << 2), value);
      }
    }
  }
}

/**
 * C = bias + A₁ W₁ + A₂ W₂, or C += A₁ W₁ + A₂ W₂ where `bias` is 0.
 *
 * @param c [R, 4 panels]
 * @param a1 [R, K1]
 * @param a2 [R, K2]
 * @param weights packed panels [panels][K1 + K2][4]
 * @param bias [4 panels]
 */
export function multiply(c: usize, panels: i32, R: i32, a1: usize, K1: i32, a2: usize, K2: i32, weights: usize, bias: usize): void {
  const stride = (R << 2) as usize;
  for (let p = 0; p < panels; p++) {
    let row: usize = 0;
    for (; row + 32 <= stride; row += 32) tile8(c + row, stride, a1 + row, K1, a2 + row, K2, weights, bias);
    if (row < stride) tile4(c + row, stride, a1 + row, K1, a2 + row, K2, weights, bias);
    c += stride << 2;
    weights += ((K1 + K2) << 4) as usize;
    if (bias) bias += 16;
  }
}

/** Eight rows by four columns: eight accumulators. */
function tile8(c: usize, stride: usize, a1: usize, K1: i32, a2: usize, K2: i32, w: usize, bias: usize): void {
  const c1 = c + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let x0: v128, x1: v128, x2: v128, x3: v128, y0: v128, y1: v128, y2: v128, y3: v128;
  if (bias) {
    x0 = y0 = v128.load32_splat(bias);
    x1 = y1 = v128.load32_splat(bias, 4);
    x2 = y2 = v128.load32_splat(bias, 8);
    x3 = y3 = v128.load32_splat(bias, 12);
  } else {
    x0 = v128.load(c);
    y0 = v128.load(c, 16);
    x1 = v128.load(c1);
    y1 = v128.load(c1, 16);
    x2 = v128.load(c2);
    y2 = v128.load(c2, 16);
    x3 = v128.load(c3);
    y3 = v128.load(c3, 16);
  }
  let a = a1;
  let end = w + ((K1 << 4) as usize);
  for (let segment = 0; segment < 2; segment++) {
    while (w < end) {
      const x = v128.load(a);
      const y = v128.load(a, 16);
      let v = v128.load32_splat(w);
      x0 = multiplyAdd(x, v, x0);
      y0 = multiplyAdd(y, v, y0);
      v = v128.load32_splat(w, 4);
      x1 = multiplyAdd(x, v, x1);
      y1 = multiplyAdd(y, v, y1);
      v = v128.load32_splat(w, 8);
      x2 = multiplyAdd(x, v, x2);
      y2 = multiplyAdd(y, v, y2);
      v = v128.load32_splat(w, 12);
      x3 = multiplyAdd(x, v, x3);
      y3 = multiplyAdd(y, v, y3);
      a += stride;
      w += 16;
    }
    a = a2;
    end = w + ((K2 << 4) as usize);
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  v128.store(c1, x1);
  v128.store(c1, y1, 16);
  v128.store(c2, x2);
  v128.store(c2, y2, 16);
  v128.store(c3, x3);
  v128.store(c3, y3, 16);
}

/** Four rows by four columns, for what is left of a batch. */
function tile4(c: usize, stride: usize, a1: usize, K1: i32, a2: usize, K2: i32, w: usize, bias: usize): void {
  const c1 = c + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  let x0: v128, x1: v128, x2: v128, x3: v128;
  if (bias) {
    x0 = v128.load32_splat(bias);
    x1 = v128.load32_splat(bias, 4);
    x2 = v128.load32_splat(bias, 8);
    x3 = v128.load32_splat(bias, 12);
  } else {
    x0 = v128.load(c);
    x1 = v128.load(c1);
    x2 = v128.load(c2);
    x3 = v128.load(c3);
  }
  let a = a1;
  let end = w + ((K1 << 4) as usize);
  for (let segment = 0; segment < 2; segment++) {
    while (w < end) {
      const x = v128.load(a);
      x0 = multiplyAdd(x, v128.load32_splat(w), x0);
      x1 = multiplyAdd(x, v128.load32_splat(w, 4), x1);
      x2 = multiplyAdd(x, v128.load32_splat(w, 8), x2);
      x3 = multiplyAdd(x, v128.load32_splat(w, 12), x3);
      a += stride;
      w += 16;
    }
    a = a2;
    end = w + ((K2 << 4) as usize);
  }
  v128.store(c, x0);
  v128.store(c1, x1);
  v128.store(c2, x2);
  v128.store(c3, x3);
}

/**
 * G += Bᵀ A, summed over the rows of `steps` time steps: the weight gradient of a product outside of the time loop.
 * The rows may lie in several parts of R rows each; the sum takes them as one, in the same order.
 *
 * @param g [K, width]; K even, the columns of A from `g` on
 * @param a steps × [R, N], one step `aStep` bytes after the other, one part `aPart` bytes; N a multiple of 4
 * @param b steps × [R, K], one step `bStep` bytes after the other, one part `bPart` bytes
 * @param panel room for four columns of A, laid in the order in which they are read: where they are, steps may lie so far apart that they push each other out of the cache
 */
export function accumulateOuter(g: usize, width: i32, a: usize, N: i32, aStep: usize, aPart: usize, b: usize, K: i32, bStep: usize, bPart: usize, parts: i32, steps: i32, R: i32, panel: usize): void {
  const stride = (R << 2) as usize;
  const line = (width << 2) as usize;
  for (let n = 0; n < N; n += 4) {
    let to = panel;
    for (let t = 0; t < steps; t++) {
      for (let part = 0; part < parts; part++) {
        const from = a + (n as usize) * stride + (t as usize) * aStep + (part as usize) * aPart;
        for (let i = from; i < from + stride; i += 16) {
          v128.store(to, v128.load(i));
          v128.store(to, v128.load(i + stride), 16);
          v128.store(to, v128.load(i + (stride << 1)), 32);
          v128.store(to, v128.load(i + stride * 3), 48);
          to += 64;
        }
      }
    }
    for (let k = 0; k < K; k += 2) outer(g + ((((k * width) + n) << 2) as usize), line, panel, b + (k as usize) * stride, bStep, bPart, parts, steps, stride);
  }
}

/** Two rows by four columns of G: eight accumulators. */
// @ts-ignore: decorator
@inline
function outer(at: usize, line: usize, panel: usize, b: usize, bStep: usize, bPart: usize, parts: i32, steps: i32, stride: usize): void {
  let p0 = f32x4.splat(0);
  let p1 = p0, p2 = p0, p3 = p0, q0 = p0, q1 = p0, q2 = p0, q3 = p0;
  let i = panel;
  for (let t = 0; t < steps; t++) {
    let from = b;
    for (let part = 0; part < parts; part++) {
      const end = from + stride;
      for (let j = from; j < end; j += 16) {
        const x = v128.load(j);
        const y = v128.load(j + stride);
        let v = v128.load(i);
        p0 = multiplyAdd(x, v, p0);
        q0 = multiplyAdd(y, v, q0);
        v = v128.load(i, 16);
        p1 = multiplyAdd(x, v, p1);
        q1 = multiplyAdd(y, v, q1);
        v = v128.load(i, 32);
        p2 = multiplyAdd(x, v, p2);
        q2 = multiplyAdd(y, v, q2);
        v = v128.load(i, 48);
        p3 = multiplyAdd(x, v, p3);
        q3 = multiplyAdd(y, v, q3);
        i += 64;
      }
      from += bPart;
    }
    b += bStep;
  }
  v128.store(at, f32x4.add(v128.load(at), laneSums(p0, p1, p2, p3)));
  v128.store(at + line, f32x4.add(v128.load(at + line), laneSums(q0, q1, q2, q3)));
}

/** s += the column sums of A, over the rows of `steps` time steps; arguments as in {@link accumulateOuter}. */
export function accumulateSums(s: usize, a: usize, N: i32, aStep: usize, aPart: usize, parts: i32, steps: i32, R: i32): void {
  const stride = (R << 2) as usize;
  for (let n = 0; n < N; n += 4) {
    let p0 = f32x4.splat(0);
    let p1 = p0, p2 = p0, p3 = p0;
    for (let t = 0; t < steps; t++) {
      for (let part = 0; part < parts; part++) {
        const at = a + (n as usize) * stride + (t as usize) * aStep + (part as usize) * aPart;
        for (let i = at; i < at + stride; i += 16) {
          p0 = f32x4.add(p0, v128.load(i));
          p1 = f32x4.add(p1, v128.load(i + stride));
          p2 = f32x4.add(p2, v128.load(i + (stride << 1)));
          p3 = f32x4.add(p3, v128.load(i + stride * 3));
        }
      }
    }
    v128.store(s, f32x4.add(v128.load(s), laneSums(p0, p1, p2, p3)));
    s += 16;
  }
}
