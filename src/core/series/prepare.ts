import { check } from '../lib/assert';
import { rounded } from '../lib/rounded';
import { scalesOf, standardised, type Standardise } from './scales';
import type { SeriesSet } from './SeriesSet';

export interface Prepared {
  /** [N, T, D]; 0 where `mask` is 0. */
  values: Float32Array;
  /**
   * A prepared value of a cell in original units: x = z·s + m, to the decimals that single precision is sure of,
   * so that 0.1 does not come back as 0.10000000149.
   */
  restore(cellIndex: number, value: number): number;
}

/** Unit roundoff of single precision. */
const SINGLE = 2 ** -24;

/**
 * Standardises what `mask` shows, z = (x − m) / s with m and s of {@link scalesOf}, in single precision.
 *
 * @throws InputError for values that do not fit single precision (about 3.4e38) once prepared
 */
export function prepare(set: SeriesSet, standardise: Standardise, mask: Uint8Array = set.mask): Prepared {
  const { n, t, d } = set;
  const scales = scalesOf(set, standardise, mask);
  const values = new Float32Array(n * t * d);
  for (let cell = 0; cell < values.length; cell++) {
    if (mask[cell] === 0) continue;
    values[cell] = standardised(set.values[cell], scales.of(cell));
    check(Number.isFinite(values[cell]), `The value ${set.values[cell]} of series ${set.ids[Math.floor(cell / (t * d))]} is too large for a model as it is. Standardise each series or each variable.`);
  }
  return {
    values,
    restore(cell, value) {
      const { mean: m, scale: s } = scales.of(cell);
      return rounded(value * s + m, SINGLE * Math.max(Math.abs(value * s), Math.min(s, Math.abs(m))));
    },
  };
}
