import { Random } from '../../core/lib/random';
import type { RunSpec, TrainingData } from '../../core/run';
import { mechanisms, type HiddenCells } from '../../core/series/gaps';
import { prepare } from '../../core/series/prepare';
import { gapCells, type SeriesSet } from '../../core/series/SeriesSet';

/** Stream of the seed; methods take the low numbers. */
const HIDING = 1000;

/** What a run trains on, and the way back to original units. */
export interface PreparedRun {
  data: TrainingData;
  /** Flat cells that training has to fill: gaps and hidden cells, ascending. */
  gaps: Uint32Array;
  /** Flat cells that are observed but hidden from training, ascending. */
  hidden: Uint32Array;
  /** Share of the observed cells that was to be hidden, and that which is. */
  hiding: Pick<HiddenCells, 'asked' | 'achieved'>;
  /** [N, T, D]; 1 = observed and not hidden. */
  mask: Uint8Array;
  /** Estimates of `gaps` in prepared units → original units. */
  restore(imputed: Float32Array): Float32Array;
}

/**
 * Hides cells (seeded), standardises what is left, and leaves the labels behind: no method can read them.
 * The scaling is fitted without the hidden cells.
 */
export function prepareRun(set: SeriesSet, spec: RunSpec): PreparedRun {
  const { mask, cells: hidden, asked, achieved } = mechanisms[spec.hideMechanism ?? 'cells'](set, spec.hideRate, new Random(spec.seed).fork(HIDING));
  const prepared = prepare(set, spec.preparation.standardise, mask);
  const gaps = gapCells(set, mask);
  const data: TrainingData = { n: set.n, t: set.t, d: set.d, values: prepared.values, mask, starts: set.starts, ends: set.ends, time: set.time.values, gaps };
  return {
    data,
    gaps,
    hidden,
    hiding: { asked, achieved },
    mask,
    restore: (imputed) => Float32Array.from(imputed, (value, g) => prepared.restore(gaps[g], value)),
  };
}
