import type { PreparationId, PreparationStep } from '../catalog';
import type { Standardise } from '../series/scales';
import type { SeriesSet } from '../series/SeriesSet';
import { components } from './components';
import { deseasonalise, detrend } from './detrend';
import { difference } from './difference';
import { interpolate } from './interpolate';
import { means, straight } from './resample';
import { range, sentinel } from './rules';
import { smooth, type Filter } from './smooth';
import { standardise } from './standardise';
import { same, type Step } from './Step';

type Options = PreparationStep['options'];

/** Step → what it does. One line a step. */
const apply: Record<PreparationId, (set: SeriesSet, options: Options) => Step> = {
  range: (set, { min, max }) => range(set, Number(min), Number(max)),
  sentinel: (set, { value }) => sentinel(set, Number(value)),
  interpolate: (set, { limit }) => interpolate(set, Number(limit)),
  smooth: (set, { filter, width, degree }) => smooth(set, filter as Filter, Number(width), Number(degree)),
  difference: (set, { lag }) => difference(set, Number(lag)),
  detrend: (set) => detrend(set),
  deseasonalise: (set, { period }) => deseasonalise(set, Number(period)),
  resample: (set, { by, length }) => (by === 'means' ? means : straight)(set, Number(length)),
  standardise: (set, { way }) => standardise(set, way as Standardise),
  components: (set, { count, gaps }) => components(set, Number(count), gaps === 'estimate'),
};

/** The rules that come before all other steps: they judge each cell by its own value in original units. */
export function leadingRules(steps: readonly PreparationStep[]): readonly PreparationStep[] {
  const first = steps.findIndex(({ step }) => step !== 'range' && step !== 'sentinel');
  return first < 0 ? steps : steps.slice(0, first);
}

export interface Taken extends Omit<Step, 'unused'> {
  /** The steps that make nothing of some observed values. */
  losses: readonly Loss[];
}

export type Loss = { step: PreparationId } & NonNullable<Step['unused']>;

/** All steps in their order, and the way back through them. */
export function prepareSteps(set: SeriesSet, steps: readonly PreparationStep[]): Taken {
  return steps.reduce(
    (before: Taken, { step, options }) => {
      const next = apply[step](before.set, options);
      const [first, then] = [before.steps, next.steps];
      return {
        set: next.set,
        back: (complete) => before.back(next.back(complete)),
        steps: first && then ? first.map((t) => then[t]) : (first ?? then),
        losses: next.unused ? [...before.losses, { step, ...next.unused }] : before.losses,
      };
    },
    { set, back: same, losses: [] },
  );
}
