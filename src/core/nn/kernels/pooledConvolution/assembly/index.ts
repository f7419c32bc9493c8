/**
 * Convolution over time and the greatest of every P steps, in WebAssembly SIMD over tfjs's own memory: every argument
 * is an address in it. What is convolved but not the greatest is never written down. The filters lie in the SIMD lanes.
 * The module has no data of its own (a test says so).
 */
import { multiplyAdd } from '../../../../lib/assembly/multiplyAdd';

/** Filters of one tile. */
const LANES: i32 = 8;
/** Steps of one tile. */
const ROWS: i32 = 4;

// @ts-ignore: decorator
@inline
function rounded(count: i32, to: i32): i32 {
  return (count + to - 1) / to * to;
}

/** Floats of one series between its zeros; the last vector may be read beyond its end. */
// @ts-ignore: decorator
@inline
function lineLength(T: i32, I: i32, W: i32): i32 {
  return rounded((T + W - 1) * I, 4) + 4;
}

/** Working memory of a job of either pass, in bytes: I inputs, O filters of W taps. */
export function workBytes(T: i32, I: i32, O: i32, W: i32): i32 {
  return (lineLength(T, I, W) + rounded(O, LANES) * rounded(W * I, 4)) << 2;
}

/** One series with `before` steps of zeros ahead and as many after as the taps need. */
function lay(line: usize, x: usize, T: i32, I: i32, W: i32, before: i32): void {
  memory.fill(line, 0, (lineLength(T, I, W) << 2) as usize);
  memory.copy(line + ((before * I) << 2), x, ((T * I) << 2) as usize);
}

/** What one call is about; written by wasm.ts. Addresses of one pass are 0 in the other. */
@unmanaged
class Call {
  batch: i32;
  steps: i32;
  inputs: i32;
  filters: i32;
  taps: i32;
  before: i32;
  pooling: i32;
  x: usize;
  kernel: usize;
  greatest: usize;
  winners: usize;
  gradient: usize;
  dKernel: usize;
  /** Working memory of each job. */
  work: usize;
  jobs: i32;
}

/** x [B, T, I], kernel [W I, O] → greatest [B, T / P, O] and which of the P steps it was [B, T / P, O] (int32, the first of equals), for the series of one job. */
export function forward(job: i32, call: Call): void {
  const T = call.steps;
  const I = call.inputs;
  const O = call.filters;
  const W = call.taps;
  const P = call.pooling;
  const x = call.x;
  const kernel = call.kernel;
  const greatest = call.greatest;
  const winners = call.winners;
  const work = call.work + workBytes(T, I, O, W) * job;
  const columns = rounded(O, LANES);
  const depth = W * I;
  const line = work;
  const panels = line + (lineLength(T, I, W) << 2); // [columns / 8][depth][8]
  for (let o = 0; o < columns; o++) {
    for (let k = 0; k < depth; k++) {
      const value: f32 = o < O ? load<f32>(kernel + ((k * O + o) << 2)) : 0;
      store<f32>(panels + ((((o / LANES) * depth + k) * LANES + o % LANES) << 2), value);
    }
  }
  const stride = (I << 2) as usize;
  const end = (call.batch * (job + 1)) / call.jobs;
  for (let b = (call.batch * job) / call.jobs; b < end; b++) {
    lay(line, x + ((b * T * I) << 2), T, I, W, call.before);
    for (let s = 0; s < T / P; s++) {
      const from = line + ((s * P * I) << 2);
      const to = ((b * (T / P) + s) * O) << 2;
      for (let o = 0; o < O; o += LANES) {
        const panel = panels + ((o * depth) << 2);
        search(from, stride, depth, panel, P);
        write(greatest + to + (o << 2), winners + to + (o << 2), min(LANES, O - o));
      }
    }
  }
}

/** The greatest of one tile of filters so far, and where. */
let best0: v128 = i32x4.splat(0), best1: v128 = i32x4.splat(0), at0: v128 = i32x4.splat(0), at1: v128 = i32x4.splat(0);

/** Looks through the P windows from `x` on. */
function search(x: usize, stride: usize, depth: i32, panel: usize, P: i32): void {
  let p = 0;
  if (P < ROWS) {
    for (; p < P; p++) single(x + stride * (p as usize), depth, panel, p);
    return;
  }
  for (; p < P; p += ROWS) {
    const first = min(p, P - ROWS); // the last tile may look at some windows again
    tile(x + stride * (first as usize), stride, depth, panel, first);
  }
}

// @ts-ignore: decorator
@inline
function take(y0: v128, y1: v128, p: i32): void {
  if (p == 0) {
    best0 = y0;
    best1 = y1;
    at0 = at1 = i32x4.splat(0);
    return;
  }
  const more0 = f32x4.gt(y0, best0);
  const more1 = f32x4.gt(y1, best1);
  const here = i32x4.splat(p);
  best0 = v128.bitselect(y0, best0, more0);
  best1 = v128.bitselect(y1, best1, more1);
  at0 = v128.bitselect(here, at0, more0);
  at1 = v128.bitselect(here, at1, more1);
}

function tile(x: usize, stride: usize, depth: i32, w: usize, p: i32): void {
  let a0 = f32x4.splat(0);
  let a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  const x1 = x + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  const end = ((depth << 2) as usize);
  for (let k: usize = 0; k < end; k += 4) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    let v = v128.load32_splat(x + k);
    a0 = multiplyAdd(v, w0, a0);
    a1 = multiplyAdd(v, w1, a1);
    v = v128.load32_splat(x1 + k);
    b0 = multiplyAdd(v, w0, b0);
    b1 = multiplyAdd(v, w1, b1);
    v = v128.load32_splat(x2 + k);
    c0 = multiplyAdd(v, w0, c0);
    c1 = multiplyAdd(v, w1, c1);
    v = v128.load32_splat(x3 + k);
    d0 = multiplyAdd(v, w0, d0);
    d1 = multiplyAdd(v, w1, d1);
    w += 32;
  }
  take(a0, a1, p);
  take(b0, b1, p + 1);
  take(c0, c1, p + 2);
  take(d0, d1, p + 3);
}

function single(x: usize, depth: i32, w: usize, p: i32): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  for (let k: usize = 0; k < ((depth << 2) as usize); k += 4) {
    const v = v128.load32_splat(x + k);
    a0 = multiplyAdd(v, v128.load(w), a0);
    a1 = multiplyAdd(v, v128.load(w, 16), a1);
    w += 32;
  }
  take(a0, a1, p);
}

/** `count` filters of the tile. */
function write(greatest: usize, winners: usize, count: i32): void {
  if (count == LANES) {
    v128.store(greatest, best0);
    v128.store(greatest, best1, 16);
    v128.store(winners, at0);
    v128.store(winners, at1, 16);
    return;
  }
  for (let c = 0; c < count; c++) {
    const low = c < 4;
    store<f32>(greatest + (c << 2), lane(low ? best0 : best1, c & 3));
    store<i32>(winners + (c << 2), reinterpret<i32>(lane(low ? at0 : at1, c & 3)));
  }
}

function lane(v: v128, c: i32): f32 {
  if (c == 0) return f32x4.extract_lane(v, 0);
  if (c == 1) return f32x4.extract_lane(v, 1);
  if (c == 2) return f32x4.extract_lane(v, 2);
  return f32x4.extract_lane(v, 3);
}

/** The gradient for the kernel [W I, O]: each greatest value passes its gradient on to the window that it came from. For the filters of one job. */
export function backward(job: i32, call: Call): void {
  const B = call.batch;
  const T = call.steps;
  const I = call.inputs;
  const O = call.filters;
  const W = call.taps;
  const P = call.pooling;
  const winners = call.winners;
  const gradient = call.gradient;
  const dKernel = call.dKernel;
  const work = call.work + workBytes(T, I, O, W) * job;
  const first = (O * job) / call.jobs;
  const stop = (O * (job + 1)) / call.jobs;
  const depth = W * I;
  const width = rounded(depth, 4);
  const line = work;
  const sums = line + (lineLength(T, I, W) << 2); // [O][width]
  memory.fill(sums, 0, ((O * width) << 2) as usize);
  for (let b = 0; b < B; b++) {
    lay(line, call.x + ((b * T * I) << 2), T, I, W, call.before);
    for (let s = 0; s < T / P; s++) {
      const row = ((b * (T / P) + s) * O) << 2;
      for (let o = first; o < stop; o++) {
        const g = v128.load32_splat(gradient + row + (o << 2));
        let from = line + (((s * P + load<i32>(winners + row + (o << 2))) * I) << 2);
        let to = sums + ((o * width) << 2);
        const end = to + ((width << 2) as usize);
        for (; to < end; to += 16) {
          v128.store(to, multiplyAdd(g, v128.load(from), v128.load(to)));
          from += 16;
        }
      }
    }
  }
  for (let k = 0; k < depth; k++) {
    for (let o = first; o < stop; o++) store<f32>(dKernel + ((k * O + o) << 2), load<f32>(sums + ((o * width + k) << 2)));
  }
}
