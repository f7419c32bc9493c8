import type { SeriesSet } from '../series/SeriesSet';

/** A set after a step of the preparation, and the way back. */
export interface Step {
  set: SeriesSet;
  /** Every cell of the set after the step, [N, T', D'], in its units → every cell of the set before it, [N, T, D]. */
  back(complete: Float64Array): Float64Array;
  /** [T]; the step afterwards that tells of each step before; left out where they are the same. */
  steps?: Int32Array;
  /** Observed values that the step makes nothing of, their share, and why; left out where it uses all. */
  unused?: { share: number; why: string };
}

/** One variable of one series. */
export interface Line {
  i: number;
  j: number;
  from: number;
  to: number;
  /** Flat cell of step t. */
  at(t: number): number;
}

/** Every variable of every series, in turn. */
export function* lines({ n, t: T, d: D, starts, ends }: SeriesSet): Generator<Line> {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < D; j++) yield { i, j, from: starts[i], to: ends[i], at: (t) => (i * T + t) * D + j };
  }
}

/** The set with these values and mask; 0 where the mask is. */
export function withCells(set: SeriesSet, values: Float64Array, mask: Uint8Array): SeriesSet {
  return { ...set, mask, values: values.map((value, cell) => (mask[cell] === 1 ? value : 0)) };
}

/** Observed cells of the set for which `used` does not hold, as {@link Step.unused} tells them. */
export function unusedOf({ mask }: SeriesSet, used: (cell: number) => boolean, why: string): Pick<Step, 'unused'> {
  let [observed, lost] = [0, 0];
  mask.forEach((m, cell) => {
    observed += m;
    if (m === 1 && !used(cell)) lost += 1;
  });
  return lost === 0 ? {} : { unused: { share: lost / observed, why } };
}

export const same = (complete: Float64Array): Float64Array => complete;
