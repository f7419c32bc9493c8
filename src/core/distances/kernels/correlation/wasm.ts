import { growTo, hasWasm, instantiateWasm, wasmMemory } from '../../../lib/wasm';
import { bitReversed, fourier, powerOfTwo } from '../../fourier';
import { checkVariables } from '../../SeriesView';
import { matchOf, type Match, type Shape } from '../../shape';
import { wasmBase64 } from './correlation.wasm';

interface Exports {
  correlate(best: number, z: number, x: number, y: number, d: number, size: number, roots: number, n: number, lows: number, low: number, high: number): void;
}

/** The module's own data lies below. */
const BASE = 65536;
/** Series that are correlated at once. */
const LANES = 4;
/** Series whose transforms need more memory are left to the plain twin. */
const MOST_BYTES = 2 ** 31;

/** Series laid out to be cross-correlated with others, four at once. */
export interface CorrelationKernel {
  /** What bestShift gives, but for rounding, for `a` and each series at first <= i < end; all unless told. */
  bestShifts(a: Shape, first?: number, end?: number): Match[];
}

/**
 * @param longest most steps of the series and of those that they will be correlated with
 * @returns null where there is no WebAssembly or too little memory: then the plain twin computes
 */
export function correlationKernel(series: readonly Shape[], longest: number): CorrelationKernel | null {
  const d = series[0]?.d ?? 0;
  for (const one of series) checkVariables(series[0], one);
  const size = powerOfTwo(2 * longest - 1);
  const groups = Math.ceil(series.length / LANES);
  const groupBytes = 16 * LANES * d * size;
  const spectra = BASE + 8 * size;
  const x = spectra + groups * groupBytes;
  const z = x + 16 * d * size;
  const lows = z + 32 * size;
  const best = lows + 32;
  if (!hasWasm(wasmBase64) || best + 64 > MOST_BYTES) return null;

  const memory = wasmMemory(best + 64);
  growTo(memory, best + 64);
  const wasm = instantiateWasm<Exports>(wasmBase64, memory);
  const floats = (at: number, length: number): Float64Array => new Float64Array(memory.buffer, at, length);
  const order = bitReversed(size);
  floats(BASE, size).forEach((_, at, roots) => {
    roots[at] = (at % 2 === 0 ? Math.cos : Math.sin)((Math.PI * (at - (at % 2))) / size);
  });
  const laid = floats(spectra, (groups * groupBytes) / 8);
  series.forEach((shape, i) => {
    const lane = Math.floor(i / LANES) * LANES * 2 * d * size + 4 * ((i % LANES) >> 1) + (i % 2);
    layTransform(shape, order, (at, re, im) => {
      laid[lane + 8 * at] = re;
      laid[lane + 8 * at + 2] = im;
    });
  });

  return {
    bestShifts(a, first = 0, end = series.length) {
      if (series.length > 0) checkVariables(a, series[0]);
      const one = floats(x, 2 * d * size);
      layTransform(a, order, (at, re, im) => {
        one[2 * at] = re;
        one[2 * at + 1] = im;
      });
      const own = floats(lows, LANES);
      const found = floats(best, 2 * LANES);
      const result: Match[] = [];
      for (let g = Math.floor(first / LANES); g * LANES < end; g++) {
        const members = series.slice(g * LANES, (g + 1) * LANES);
        own.fill(1 - members[0].n);
        members.forEach(({ n }, lane) => (own[lane] = 1 - n));
        wasm.correlate(best, z, x, spectra + g * groupBytes, d, size, BASE, a.n, lows, Math.min(...own), Math.max(...own));
        members.forEach((b, lane) => {
          const i = g * LANES + lane;
          if (i >= first && i < end) result.push(matchOf(a, b, found[LANES + lane], (found[lane] * a.norm * b.norm) / size));
        });
      }
      return result;
    },
  };
}

/** Gives the transform of each variable of the series at length 1, to `lay` at its place among the D · size. */
function layTransform({ n, d, values, norm }: Shape, order: Int32Array, lay: (at: number, re: number, im: number) => void): void {
  const size = order.length;
  for (let j = 0; j < d; j++) {
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    if (norm > 0) for (let t = 0; t < n; t++) re[t] = values[t * d + j] / norm;
    fourier(re, im);
    for (let f = 0; f < size; f++) lay(j * size + order[f], re[f], im[f]);
  }
}
