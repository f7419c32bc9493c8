import { exp } from '../../../lib/assembly/activations';
import { laneSums, sum } from '../../../lib/assembly/lanes';
import { ln } from './lanes';

/** Edge of the tiles in which the two triangles of P meet. */
const TILE: i32 = 32;
const MOST_STEPS: i32 = 60;
const TOLERANCE: f64 = 1e-5;
const GREATEST_PRECISION: f64 = 1e30;
/** A probability below it counts as 0. Products with what is smaller leave the normal floats, which is slow. */
const LEAST_SHARE: f32 = 1e-16;
/** For the same reason no exponent goes below. */
const LEAST_EXPONENT: f32 = -60;

/*
 * P of the points in four passes over [N, S], S = N rounded up to 4, each in stretches: squared distances of the lower
 * triangle, their mirror, the conditionals, and the joint p_ij = (p_{j|i} + p_{i|j}) / 2N.
 */

/**
 * Squared Euclidean distances of points j ≥ i, for i from `from` to `to`, multiples of 4 or N, by blocks of four columns.
 *
 * @param x [S, width], width a multiple of 4, padding 0
 */
export function distances(p: usize, x: usize, N: i32, width: i32, from: i32, to: i32): void {
  const stride = (((N + 3) >> 2) << 4) as usize;
  const line = (width << 2) as usize;
  for (let i = from; i < to; i += 4) {
    const block = x + (i as usize) * line;
    for (let j = i; j < N; j++) {
      const other = x + (j as usize) * line;
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let c: usize = 0; c < line; c += 16) {
        const b = v128.load(other + c);
        const a = block + c;
        let d = f32x4.sub(v128.load(a), b);
        s0 = f32x4.add(s0, f32x4.mul(d, d));
        d = f32x4.sub(v128.load(a + line), b);
        s1 = f32x4.add(s1, f32x4.mul(d, d));
        d = f32x4.sub(v128.load(a + 2 * line), b);
        s2 = f32x4.add(s2, f32x4.mul(d, d));
        d = f32x4.sub(v128.load(a + 3 * line), b);
        s3 = f32x4.add(s3, f32x4.mul(d, d));
      }
      v128.store(p + (j as usize) * stride + ((i << 2) as usize), laneSums(s0, s1, s2, s3));
    }
  }
}

/** The mirror of rows `from` to `to` of the lower triangle, multiples of the tile or N. */
export function mirror(p: usize, N: i32, from: i32, to: i32): void {
  const stride = (((N + 3) >> 2) << 4) as usize;
  for (let a = from; a < to; a += TILE) {
    for (let b = 0; b <= a; b += TILE) {
      const aEnd = min(a + TILE, to);
      for (let i = a; i < aEnd; i++) {
        const row = p + (i as usize) * stride;
        const bEnd = min(b + TILE, i);
        for (let j = b; j < bEnd; j++) store<f32>(p + (j as usize) * stride + ((i << 2) as usize), load<f32>(row + ((j << 2) as usize)));
      }
    }
  }
}

/**
 * Turns `count` rows of N squared distances at `rows` into conditionals. A row's own point does not count: number
 * `own` + its place among the rows, or the last number of each where `own` is negative.
 *
 * @param precision [count] β: read as the start where positive, written back
 */
export function conditionals(rows: usize, count: i32, N: i32, own: i32, precision: usize, logPerplexity: f64): void {
  const stride = (((N + 3) >> 2) << 4) as usize;
  for (let i = 0; i < count; i++) conditional(rows + (i as usize) * stride, own < 0 ? N - 1 : own + i, N, stride, precision + ((i << 2) as usize), logPerplexity);
}

/**
 * Turns a row of squared distances d into p_j ∝ exp(−β (d_j − min d)) of entropy ln(perplexity). β is found by
 * Newton's method in ln β, dH/d ln β = −β² Var(d), kept within a shrinking bracket.
 */
function conditional(row: usize, own: i32, N: i32, stride: usize, precision: usize, target: f64): void {
  const self = row + ((own << 2) as usize);
  store<f32>(self, Infinity);
  const end = row + stride;
  for (let at = row + ((N << 2) as usize); at < end; at += 4) store<f32>(at, Infinity);
  let low = f32x4.splat(Infinity);
  for (let at = row; at < end; at += 16) low = f32x4.pmin(low, v128.load(at));
  const origin = f32x4.splat(min(min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)), min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3))));
  // What does not count (itself, padding) gets distance 0 above the least: it adds exactly 1 to the sum, 0 elsewhere.
  const idle: f64 = (((stride >> 2) as i32) - N + 1) as f64;
  let spread: f64 = 0;
  store<f32>(self, f32x4.extract_lane(origin, 0));
  for (let at = row + ((N << 2) as usize); at < end; at += 4) store<f32>(at, f32x4.extract_lane(origin, 0));
  for (let at = row; at < end; at += 16) {
    const d = f32x4.sub(v128.load(at), origin);
    v128.store(at, d);
    spread += sum(d);
  }

  const lowest = f32x4.splat(LEAST_EXPONENT);
  let beta: f64 = load<f32>(precision);
  if (!(beta > 0 && beta < GREATEST_PRECISION)) beta = spread > 0 ? <f64>N / spread : 1;
  let below: f64 = 0;
  let above: f64 = Infinity;
  let total: f64 = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    const b = f32x4.splat(-(<f32>beta));
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    for (let at = row; at < end; at += 16) {
      const d = v128.load(at);
      const e = exp(f32x4.pmax(f32x4.mul(b, d), lowest));
      const de = f32x4.mul(d, e);
      s0 = f32x4.add(s0, e);
      s1 = f32x4.add(s1, de);
      s2 = f32x4.add(s2, f32x4.mul(d, de));
    }
    total = <f64>sum(s0) - idle;
    const mean = <f64>sum(s1) / total;
    const variance = <f64>sum(s2) / total - mean * mean;
    const excess = Math.log(total) + beta * mean - target;
    if (spread == 0 || Math.abs(excess) < TOLERANCE || beta >= GREATEST_PRECISION) break;
    if (excess > 0) below = beta;
    else above = beta;
    let next = beta * Math.exp(max(-2.0, min(2.0, excess / (beta * beta * variance))));
    if (!(next > below && next < above)) next = above == Infinity ? beta * 2 : (below + above) / 2;
    beta = min(next, GREATEST_PRECISION);
  }
  store<f32>(precision, <f32>beta);

  const b = f32x4.splat(-(<f32>beta));
  const share = f32x4.splat(<f32>(1 / total));
  const least = f32x4.splat(LEAST_SHARE);
  for (let at = row; at < end; at += 16) {
    const q = f32x4.mul(share, exp(f32x4.pmax(f32x4.mul(b, v128.load(at)), lowest)));
    v128.store(at, v128.and(q, f32x4.ge(q, least)));
  }
  store<f32>(self, 0);
  for (let at = row + ((N << 2) as usize); at < end; at += 4) store<f32>(at, 0);
}

/** The joint affinities of rows `from` to `to`, multiples of the tile or N, with the columns before. */
export function symmetrise(p: usize, N: i32, from: i32, to: i32): void {
  const stride = (((N + 3) >> 2) << 4) as usize;
  const half: f32 = 0.5 / (N as f32);
  for (let a = from; a < to; a += TILE) {
    for (let b = 0; b <= a; b += TILE) {
      const aEnd = min(a + TILE, to);
      for (let i = a; i < aEnd; i++) {
        const bEnd = min(b + TILE, i);
        for (let j = b; j < bEnd; j++) {
          const one = p + (i as usize) * stride + ((j << 2) as usize);
          const two = p + (j as usize) * stride + ((i << 2) as usize);
          const joint = (load<f32>(one) + load<f32>(two)) * half;
          store<f32>(one, joint);
          store<f32>(two, joint);
        }
      }
    }
  }
}

/** Σ p ln p of rows `from` to `to`. */
export function negentropy(p: usize, N: i32, from: i32, to: i32): f64 {
  const stride = (((N + 3) >> 2) << 4) as usize;
  const least = f32x4.splat(LEAST_SHARE);
  let all: f64 = 0;
  for (let i = from; i < to; i++) {
    const row = p + (i as usize) * stride;
    let s4 = f32x4.splat(0);
    for (let at = row; at < row + stride; at += 16) {
      const share = v128.load(at);
      s4 = f32x4.add(s4, f32x4.mul(share, ln(f32x4.pmax(share, least))));
    }
    all += <f64>sum(s4);
  }
  return all;
}
