import { scalesOf, standardised, type Standardise } from '../series/scales';
import type { SeriesSet } from '../series/SeriesSet';
import { withCells, type Step } from './Step';

/**
 * Puts the observed values on one scale, z = (x − m) / s with m and s of {@link scalesOf}, in double precision, so that
 * a step after it sees variables that weigh alike. Gaps stay gaps. The way back is x = z·s + m.
 */
export function standardise(set: SeriesSet, way: Standardise): Step {
  const scales = scalesOf(set, way);
  return {
    set: withCells(set, set.values.map((value, cell) => standardised(value, scales.of(cell))), set.mask),
    back: (complete) =>
      complete.map((value, cell) => {
        const { mean: m, scale: s } = scales.of(cell);
        return value * s + m;
      }),
  };
}
