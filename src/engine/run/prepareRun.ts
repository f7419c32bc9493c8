import { Random } from '../../core/lib/random';
import { leadingRules, prepareSteps } from '../../core/preparation';
import type { RunSpec, TrainingData } from '../../core/run';
import { mechanisms, type HiddenCells } from '../../core/series/gaps';
import { prepare } from '../../core/series/prepare';
import { gapCells, type SeriesSet } from '../../core/series/SeriesSet';
import { checkObserved } from './data';
import { unusedNotes } from './unusedNotes';

/** Stream of the seed; methods take the low numbers. */
const HIDING = 1000;

/** What a run trains on, and the way back to original units. */
export interface PreparedRun {
  data: TrainingData;
  /** [N, T, D]; 1 = observed, and not missing by a rule ahead of all other steps. */
  observed: Uint8Array;
  /** Flat cells of the set that are to be filled: gaps, cells missing by rule, and hidden cells, ascending. */
  gaps: Uint32Array;
  /** Flat cells that are observed but hidden from training, ascending. */
  hidden: Uint32Array;
  /** Share of the observed cells that was to be hidden, and that which is. */
  hiding: Pick<HiddenCells, 'asked' | 'achieved'>;
  /** [N, T, D]; 1 = observed and not hidden. */
  mask: Uint8Array;
  /** What the steps make nothing of, in words. */
  notes: readonly string[];
  /** Estimates of the gaps of `data` in prepared units → values of `gaps` in original units. */
  restore(imputed: Float32Array): Float64Array;
  /** [N, T'] of the steps trained on → [N, T]. */
  spread(overSteps: Float32Array): Float32Array;
}

/**
 * Applies the rules that lead the steps, hides cells (seeded), takes what is left through the other steps, standardises
 * it, and leaves the labels behind: no method can read them. No step sees the hidden cells but those rules, which judge
 * each cell by itself; so no cell that a rule calls missing is hidden and counted as truth.
 * @throws InputError when a step cannot be taken, or leaves a series without any observed value
 */
export function prepareRun(set: SeriesSet, spec: RunSpec): PreparedRun {
  const all = spec.preparation.steps ?? [];
  const rules = leadingRules(all);
  const steps = all.slice(rules.length);
  const ruled = rules.length === 0 ? set : prepareSteps(set, rules).set;
  if (rules.length > 0) checkObserved(ruled, true);
  const { mask, cells: hidden, asked, achieved } = mechanisms[spec.hideMechanism ?? 'cells'](ruled, spec.hideRate, new Random(spec.seed).fork(HIDING));
  const visible = steps.length === 0 ? { ...ruled, mask } : { ...ruled, mask, values: ruled.values.map((value, cell) => value * mask[cell]) };
  const { set: taken, back, steps: moved, losses } = prepareSteps(visible, steps);
  const notes = unusedNotes(losses);
  if (steps.length > 0) checkObserved(taken, true, notes);
  const prepared = prepare(taken, spec.preparation.standardise);
  const gaps = gapCells(ruled, mask);
  const left = steps.length === 0 ? gaps : gapCells(taken);
  const data: TrainingData = { n: taken.n, t: taken.t, d: taken.d, values: prepared.values, mask: taken.mask, starts: taken.starts, ends: taken.ends, time: taken.time.values, gaps: left };
  return {
    data,
    observed: ruled.mask,
    gaps,
    hidden,
    hiding: { asked, achieved },
    mask,
    notes,
    restore(imputed) {
      const restored = Float64Array.from(imputed, (value, g) => prepared.restore(left[g], value));
      if (steps.length === 0) return restored;
      const complete = taken.values.slice();
      left.forEach((cell, g) => (complete[cell] = restored[g]));
      const found = back(complete);
      return Float64Array.from(gaps, (cell) => found[cell]);
    },
    spread: (overSteps) => (moved ? Float32Array.from({ length: set.n * set.t }, (_, at) => overSteps[Math.floor(at / set.t) * taken.t + moved[at % set.t]]) : overSteps),
  };
}
