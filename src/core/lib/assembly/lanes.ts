/**
 * Tensors to and from the lanes, in which the rows of a batch lie side by side: a matrix [R, K] is K rows of R float32,
 * R = B rounded up to 4. Blocks of 4 × 4 are turned in registers.
 */

/** `count` rounded up to whole vectors of four. */
// @ts-ignore: decorator
@inline
export function padded(count: i32): i32 {
  return (count + 3) & ~3;
}

/** a + b + c + d of the four lanes. */
// @ts-ignore: decorator
@inline
export function sum(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** [Σa, Σb, Σc, Σd], the sums over the lanes of four vectors. */
// @ts-ignore: decorator
@inline
export function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Element k of every series to row k of `lanes`, k < `count`; lanes from B on are 0. */
export function toLanes(lanes: usize, source: usize, count: i32, rowStride: i32, B: i32, R: i32): void {
  const stride = (R << 2) as usize;
  let b = 0;
  for (; b + 4 <= B; b += 4) {
    const s0 = source + ((b * rowStride) << 2);
    const s1 = s0 + (rowStride << 2);
    const s2 = s1 + (rowStride << 2);
    const s3 = s2 + (rowStride << 2);
    let at = lanes + (b << 2);
    let k: usize = 0;
    const end = (count << 2) as usize;
    for (; k + 16 <= end; k += 16) {
      const x0 = v128.load(s0 + k), x1 = v128.load(s1 + k), x2 = v128.load(s2 + k), x3 = v128.load(s3 + k);
      const low0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), low1 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
      const high0 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7), high1 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      v128.store(at, v128.shuffle<f32>(low0, low1, 0, 1, 4, 5));
      v128.store(at + stride, v128.shuffle<f32>(low0, low1, 2, 3, 6, 7));
      v128.store(at + 2 * stride, v128.shuffle<f32>(high0, high1, 0, 1, 4, 5));
      v128.store(at + 3 * stride, v128.shuffle<f32>(high0, high1, 2, 3, 6, 7));
      at += 4 * stride;
    }
    for (; k < end; k += 4) {
      store<f32>(at, load<f32>(s0 + k));
      store<f32>(at, load<f32>(s1 + k), 4);
      store<f32>(at, load<f32>(s2 + k), 8);
      store<f32>(at, load<f32>(s3 + k), 12);
      at += stride;
    }
  }
  for (; b < R; b++) {
    const from = source + ((b * rowStride) << 2);
    for (let k = 0; k < count; k++) store<f32>(lanes + ((k * R + b) << 2), b < B ? load<f32>(from + (k << 2)) : 0);
  }
}

/** The way back: element k of every series from row k of `lanes`. */
export function fromLanes(target: usize, lanes: usize, count: i32, rowStride: i32, B: i32, R: i32): void {
  const stride = (R << 2) as usize;
  let b = 0;
  for (; b + 4 <= B; b += 4) {
    const t0 = target + ((b * rowStride) << 2);
    const t1 = t0 + (rowStride << 2);
    const t2 = t1 + (rowStride << 2);
    const t3 = t2 + (rowStride << 2);
    let at = lanes + (b << 2);
    let k: usize = 0;
    const end = (count << 2) as usize;
    for (; k + 16 <= end; k += 16) {
      const x0 = v128.load(at), x1 = v128.load(at + stride), x2 = v128.load(at + 2 * stride), x3 = v128.load(at + 3 * stride);
      const low0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), low1 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
      const high0 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7), high1 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      v128.store(t0 + k, v128.shuffle<f32>(low0, low1, 0, 1, 4, 5));
      v128.store(t1 + k, v128.shuffle<f32>(low0, low1, 2, 3, 6, 7));
      v128.store(t2 + k, v128.shuffle<f32>(high0, high1, 0, 1, 4, 5));
      v128.store(t3 + k, v128.shuffle<f32>(high0, high1, 2, 3, 6, 7));
      at += 4 * stride;
    }
    for (; k < end; k += 4) {
      store<f32>(t0 + k, load<f32>(at));
      store<f32>(t1 + k, load<f32>(at, 4));
      store<f32>(t2 + k, load<f32>(at, 8));
      store<f32>(t3 + k, load<f32>(at, 12));
      at += stride;
    }
  }
  for (; b < B; b++) {
    const to = target + ((b * rowStride) << 2);
    for (let k = 0; k < count; k++) store<f32>(to + (k << 2), load<f32>(lanes + ((k * R + b) << 2)));
  }
}

/** v_t [B, S] as a bit mask, [S][R]: all ones where the step is real. */
export function layValid(bits: usize, valid: usize, S: i32, B: i32, R: i32): void {
  for (let t = 0; t < S; t++) {
    for (let b = 0; b < R; b++) store<i32>(bits + ((t * R + b) << 2), b < B && load<f32>(valid + ((b * S + t) << 2)) != 0 ? -1 : 0);
  }
}
