import { growTo, hasWasm, instantiateWasm, wasmMemory } from '../../../lib/wasm';
import { sakoeChiba, type Band } from '../../band';
import { checkVariables } from '../../SeriesView';
import { traceBack, type Alignment } from '../../traceBack';
import { common, type Warpable } from '../../warpable';
import { wasmBase64 } from './warping.wasm';

interface Exports {
  dtw(r: number, stride: number, costs: number, a: number, n: number, b: number, d: number, weights: number, plain: boolean, band: number, bounds: number): void;
  softDtw(r: number, costs: number, a: number, n: number, b: number, m: number, d: number, weights: number, scale: number, shares: number): void;
  softDtwGradient(g: number, e: number, shares: number, a: number, n: number, b: number, m: number, d: number, weights: number): void;
}

/** The module's own data lies below. */
const BASE = 65536;
/** Series that warp at once, one in each lane. */
const LANES = 8;
const GROUP_BYTES = 8 * LANES;
/** Paths whose matrix needs more memory are left to the plain twin. */
const MOST_BYTES = 2 ** 28;

/**
 * Series laid out to be warped with others, eight at once: with those at first <= i < end, all unless told. What cannot
 * be compared gives NaN.
 */
export interface WarpingKernel {
  /** Squared DTW of `a` and each series [end − first]: what dtwCost gives, to the last bit. */
  dtw(a: Warpable, window: number, first?: number, end?: number): Float64Array;
  /** The cheapest path of `a` and each series, and its cost: what dtwPath gives. null where it would take too much memory. */
  dtwPaths(a: Warpable, window: number): (Alignment | null)[] | null;
  /** Soft-DTW of `a` and each series [end − first]: what softDtwValue gives, but for rounding. */
  softDtw(a: Warpable, gamma: number, first?: number, end?: number): Float64Array;
  /** Σ_i factor_i softDTW(a, series i) over what can be compared, and its gradient by the values of `a` [n_a, D]. null where it would take too much memory. */
  softDtwGradient(a: Warpable, gamma: number, factors: ArrayLike<number>): { value: number; gradient: Float64Array } | null;
}

interface Group {
  series: readonly Warpable[];
  /** Steps of the longest. */
  m: number;
  /** Address of the values [m, D, 8]. */
  at: number;
}

/** Addresses of what a series of n steps needs: its band [n, 4] int32, its bounds [n, 2, 8], and matrices. */
interface Reserved {
  band: number;
  bounds: number;
  matrix: number;
}

/** null where there is no WebAssembly: then the plain twins compute. */
export function warpingKernel(series: readonly Warpable[]): WarpingKernel | null {
  if (!hasWasm(wasmBase64)) return null;
  const d = series[0]?.d ?? 0;
  for (const one of series) checkVariables(series[0], one);
  const groups: Group[] = [];
  let values = BASE;
  let longest = 0;
  for (let from = 0; from < series.length; from += LANES) {
    const members = series.slice(from, from + LANES);
    const m = Math.max(...members.map(({ n }) => n));
    groups.push({ series: members, m, at: values });
    values += m * d * GROUP_BYTES;
    longest = Math.max(longest, m);
  }
  const memory = wasmMemory(values);
  const wasm = instantiateWasm<Exports>(wasmBase64, memory);
  for (const { series: members, at } of groups) members.forEach((member, lane) => layLane(new Float64Array(memory.buffer, at), member, lane));

  /** Of one row of a matrix. */
  const rowBytes = (longest + 1) * GROUP_BYTES;
  const costs = values;
  const weights = costs + 2 * longest * GROUP_BYTES;
  const a = weights + (d + 1) * GROUP_BYTES;
  const reserve = (n: number, bytes: number): Reserved => {
    const band = a + 8 * n * d;
    const bounds = band + 16 * n;
    const matrix = bounds + 2 * n * GROUP_BYTES;
    growTo(memory, matrix + bytes);
    return { band, bounds, matrix };
  };
  const floats = (at: number, length: number): Float64Array => new Float64Array(memory.buffer, at, length);

  /** `run` warps one group; what it gives is told of each lane whose series, of m steps and asked for as number `at`, can be compared. */
  const each = (one: Warpable, first: number, end: number, run: (group: Group, plain: boolean) => (at: number, lane: number, m: number) => void): void => {
    if (series.length > 0) checkVariables(one, series[0]);
    if (one.n === 0) return;
    floats(a, one.n * d).set(one.values);
    for (let g = Math.floor(first / LANES); g * LANES < end; g++) {
      const group = groups[g];
      if (group.m === 0) continue;
      const { plain, comparable } = layWeights(floats(weights, (d + 1) * LANES), one, group.series);
      const take = run(group, plain);
      group.series.forEach(({ n }, lane) => {
        const i = g * LANES + lane;
        if (comparable[lane] && i >= first && i < end) take(i - first, lane, n);
      });
    }
  };

  /** Computes r of DTW for each group: [n + 1, width, 8] where `whole`, else its last row. */
  const warp = (one: Warpable, window: number, reserved: Reserved, first: number, end: number, whole: boolean, take: (r: Float64Array, width: number, at: number, lane: number, m: number) => void): void => {
    const { band, bounds, matrix } = reserved;
    const layBand = bandLayer(one, window, new Int32Array(memory.buffer, band, 4 * one.n), floats(bounds, 2 * one.n * LANES));
    each(one, first, end, (group, plain) => {
      layBand(group);
      const width = group.m + 1;
      const r = floats(matrix, (whole ? one.n + 1 : 1) * width * LANES).fill(Number.POSITIVE_INFINITY).fill(0, 0, LANES);
      wasm.dtw(matrix, whole ? width * GROUP_BYTES : 0, costs, a, one.n, group.at, d, weights, plain, band, bounds);
      return (at, lane, m) => take(r, width, at, lane, m);
    });
  };

  return {
    dtw(one, window, first = 0, end = series.length) {
      const result = new Float64Array(end - first).fill(Number.NaN);
      warp(one, window, reserve(one.n, rowBytes), first, end, false, (r, _, at, lane, m) => {
        result[at] = r[m * LANES + lane];
      });
      return result;
    },
    dtwPaths(one, window) {
      const bytes = (one.n + 1) * rowBytes;
      if (bytes > MOST_BYTES) return null;
      const result = series.map((): Alignment | null => null);
      warp(one, window, reserve(one.n, bytes), 0, series.length, true, (r, width, at, lane, m) => {
        result[at] = { path: traceBack(r, one.n, m, width, LANES, lane), cost: r[(one.n * width + m) * LANES + lane] };
      });
      return result;
    },
    softDtw(one, gamma, first = 0, end = series.length) {
      const result = new Float64Array(end - first).fill(Number.NaN);
      const { matrix } = reserve(one.n, 2 * rowBytes);
      each(one, first, end, ({ m: most, at: b }) => {
        wasm.softDtw(matrix, costs, a, one.n, b, most, d, weights, -1 / (gamma * Math.LN2), 0);
        const r = floats(matrix, 2 * (most + 1) * LANES);
        return (at, lane, m) => {
          result[at] = softValue(r, most, lane, m, gamma);
        };
      });
      return result;
    },
    softDtwGradient(one, gamma, factors) {
      const edgedBytes = rowBytes + GROUP_BYTES;
      const bytes = 2 * rowBytes + edgedBytes + one.n * d * GROUP_BYTES + 3 * (one.n + 1) * edgedBytes;
      if (bytes > MOST_BYTES) return null;
      const { matrix } = reserve(one.n, bytes);
      const e = matrix + 2 * rowBytes;
      const g = e + edgedBytes;
      const shares = g + one.n * d * GROUP_BYTES;
      const gradient = new Float64Array(one.n * d);
      let value = 0;
      each(one, 0, series.length, ({ series: members, m: most, at: b }) => {
        wasm.softDtw(matrix, costs, a, one.n, b, most, d, weights, -1 / (gamma * Math.LN2), shares);
        const r = floats(matrix, 2 * (most + 1) * LANES);
        const width = (most + 2) * LANES;
        const ends = floats(e, width).fill(0);
        const corner = floats(shares + 3 * 8 * one.n * width, 3 * width).fill(0);
        members.forEach(({ n }, lane) => {
          ends[(n + 1) * LANES + lane] = 1;
          corner[3 * (n + 1) * LANES + lane] = 1;
        });
        wasm.softDtwGradient(g, e, shares, a, one.n, b, most, d, weights);
        const found = floats(g, one.n * d * LANES);
        return (at, lane, m) => {
          value += factors[at] * softValue(r, most, lane, m, gamma);
          for (let cell = 0; cell < gradient.length; cell++) gradient[cell] += factors[at] * found[cell * LANES + lane];
        };
      });
      return { value, gradient };
    },
  };
}

/** −γ ln of the last cell, m 2^e, of a lane whose series has m steps. */
function softValue(r: Float64Array, most: number, lane: number, m: number, gamma: number): number {
  return -gamma * (Math.log(r[m * LANES + lane]) + Math.LN2 * r[(most + 1 + m) * LANES + lane]);
}

/** Puts the values [n, D] of a series in its lane of [m, D, 8]. */
function layLane(target: Float64Array, { values }: Warpable, lane: number): void {
  for (let at = 0; at < values.length; at++) target[at * LANES + lane] = values[at];
}

/** Weights of the variables [D + 1, 8] for one series and a group, and which of the group can be compared to it. */
function layWeights(target: Float64Array, one: Warpable, group: readonly Warpable[]): { plain: boolean; comparable: boolean[] } {
  const { d } = one;
  target.fill(1);
  const comparable = group.map((other, lane) => {
    const both = common(one, other);
    if (both === null) return false;
    const joint = both.reduce((sum, seen) => sum + seen, 0);
    for (let j = 0; j < d; j++) target[j * LANES + lane] = both[j];
    target[d * LANES + lane] = d / joint;
    return true;
  });
  return { plain: d === 1, comparable };
}

/**
 * Lays out the bands of one series and the groups, again only where they change: without gaps, series of one length
 * share theirs. Without a window a lane may run on beyond its series: nothing is read there.
 */
function bandLayer(one: Warpable, window: number, shared: Int32Array, own: Float64Array): (group: Group) => void {
  let laid = 0;
  if (window === Number.POSITIVE_INFINITY) {
    return ({ m }) => {
      if (m !== laid) for (let i = 0; i < one.n; i++) shared.set([0, 0, m, m], 4 * i);
      laid = m;
    };
  }
  return ({ series, m }) => {
    const alike = series.every(({ n, length }) => n === m && length === m);
    if (alike && m === laid) return;
    laid = alike ? m : 0;
    layBands(shared, own, alike ? [sakoeChiba(one, series[0], window)] : series.map((other) => (other.n === 0 ? null : sakoeChiba(one, other, window))));
  };
}

/** Lays out the bands of a group: their common bounds [n, 4], and those of each lane [n, 2, 8]. A lane without one takes part nowhere. */
function layBands(shared: Int32Array, own: Float64Array, bands: readonly (Band | null)[]): void {
  for (let i = 0; i < shared.length / 4; i++) {
    let [first, allIn, firstOut, last] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];
    for (let lane = 0; lane < bands.length; lane++) {
      const band = bands[lane];
      if (band === null) continue;
      own[2 * i * LANES + lane] = band.from[i];
      own[(2 * i + 1) * LANES + lane] = band.to[i];
      first = Math.min(first, band.from[i]);
      allIn = Math.max(allIn, band.from[i]);
      firstOut = Math.min(firstOut, band.to[i]);
      last = Math.max(last, band.to[i]);
    }
    shared.set([first, allIn, firstOut, last], 4 * i);
  }
}
