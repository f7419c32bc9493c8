import { multiplyAdd64 } from '../../../../lib/assembly/multiplyAdd';

/** Columns that are transformed together: a cache line of each row. */
const COLUMNS: i32 = 8;
/** Bytes of a row of the buffer: the real parts of the columns, then the imaginary ones. */
const LINE: usize = 128;

/**
 * Fourier transforms (e^{−iωt}) of the first `columns` columns of a square of complex float64, row by row; the
 * transform of column c becomes row c of the result.
 *
 * @param re im [size, size], of which rows from `rows` on count as 0
 * @param toRe toIm [size, size]; of each transform the first `keep` numbers, rounded up to 2, are written
 * @param buffer [size, 16]
 * @param roots [size / 2, 2]: cos and sin of 2πk / size
 * @param reversed [size] i32: where a number stands when its bits are reversed
 */
export function transformColumns(re: usize, im: usize, toRe: usize, toIm: usize, size: i32, columns: i32, rows: i32, keep: i32, buffer: usize, roots: usize, reversed: usize): void {
  const row = (size << 3) as usize;
  for (let first = 0; first < columns; first += COLUMNS) {
    const at = (first << 3) as usize;
    gather(re + at, im + at, row, size, rows, buffer, reversed);
    for (let half = 1; half < size; half *= 2) stage(buffer, size, half, roots);
    for (let c = 0; c < COLUMNS; c += 2) {
      const from = buffer + ((c << 3) as usize);
      const to = ((first + c) as usize) * row;
      scatter(from, toRe + to, row, keep);
      scatter(from + 64, toIm + to, row, keep);
    }
  }
}

/** The rows of eight columns, in bit-reversed order. */
function gather(re: usize, im: usize, row: usize, size: i32, rows: i32, buffer: usize, reversed: usize): void {
  if (rows < size) memory.fill(buffer, 0, (size as usize) * LINE);
  for (let r = 0; r < rows; r++) {
    const to = buffer + (load<i32>(reversed + ((r << 2) as usize)) as usize) * LINE;
    copyLine(to, re);
    copyLine(to + 64, im);
    re += row;
    im += row;
  }
}

/** Eight numbers; a call of memory.copy would cost more. */
// @ts-ignore: decorator
@inline
function copyLine(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

/** Two columns of the buffer to two rows. */
function scatter(from: usize, to: usize, row: usize, count: i32): void {
  for (let k = 0; k < count; k += 2) {
    const one = v128.load(from);
    const two = v128.load(from + LINE);
    v128.store(to, v128.shuffle<f64>(one, two, 0, 2));
    v128.store(to + row, v128.shuffle<f64>(one, two, 1, 3));
    from += 2 * LINE;
    to += 16;
  }
}

/** Butterflies over `half`: a ← a + ω b, b ← a − ω b. */
function stage(buffer: usize, size: i32, half: i32, roots: usize): void {
  const gap = (half as usize) * LINE;
  const step = ((size / (2 * half)) << 4) as usize;
  const end = buffer + (size as usize) * LINE;
  for (let block = buffer; block < end; block += 2 * gap) {
    let root = roots;
    for (let a = block; a < block + gap; a += LINE) {
      const c = v128.load64_splat(root);
      const s = v128.load64_splat(root, 8);
      butterfly(a, a + gap, c, s);
      butterfly(a + 16, a + gap + 16, c, s);
      butterfly(a + 32, a + gap + 32, c, s);
      butterfly(a + 48, a + gap + 48, c, s);
      root += step;
    }
  }
}

// @ts-ignore: decorator
@inline
function butterfly(a: usize, b: usize, c: v128, s: v128): void {
  const re = v128.load(b);
  const im = v128.load(b, 64);
  const x = multiplyAdd64(im, s, f64x2.mul(re, c));
  const y = multiplyAdd64(im, c, f64x2.neg(f64x2.mul(re, s)));
  const ar = v128.load(a);
  const ai = v128.load(a, 64);
  v128.store(b, f64x2.sub(ar, x));
  v128.store(b, f64x2.sub(ai, y), 64);
  v128.store(a, f64x2.add(ar, x));
  v128.store(a, f64x2.add(ai, y), 64);
}
