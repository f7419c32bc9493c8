import type { SeriesSet } from '../../../core/series/SeriesSet';
import { shownRecord, type Store } from '../../store/state';
import { ruledSet } from '../shared/ruled';
import { type CardFigure, cardFigure, commonSpan, type Span } from './figure';
import { type KnownSums, knownSums, sampledCurves, sampleSteps } from './curves';
import { type ClusterSummary, summarise } from './summaries';

const MOST_STEPS = 160;
const EXAMPLES = 3;

/** What the cards show, and what it was made from. */
export interface Cards {
  key: readonly unknown[];
  epoch: number;
  assignments: Int32Array;
  summaries: ClusterSummary[];
  figures: CardFigure[];
  span: Span;
  /** [N, S] */
  curves: Float32Array;
  steps: number;
}

/** The cards for the epoch in view, in slices; the cards before when nothing they depend on has changed. */
export function deriveCards(variable: number, perSeries: boolean) {
  let sums: { of: SeriesSet; known: KnownSums } | null = null;
  return function* (state: Store, before: Cards | null): Generator<void, Cards | null, void> {
    const { set } = state.dataset;
    const { start } = state.run;
    if (set === null || start === null) return null;
    const ruled = ruledSet(set, start);
    const shownVariable = Math.min(variable, set.d - 1);
    // before the first snapshot, which should not wait for it
    if (perSeries && sums?.of !== ruled) sums = { of: ruled, known: yield* knownSums(ruled, shownVariable) };
    const record = shownRecord(state);
    if (!record?.shot) return null;
    const { shot, epoch } = record;
    const key = [set, shot, variable, perSeries];
    if (before !== null && key.every((part, at) => part === before.key[at])) return before;

    const steps = sampleSteps(set.t, MOST_STEPS);
    const curves = yield* sampledCurves(ruled, { gaps: start.gaps, imputed: shot.imputed }, shownVariable, steps, sums?.known ?? null);
    yield;
    const summaries = yield* summarise(curves, steps.length, shot.assignments, start.spec.clusters, EXAMPLES);
    const span = commonSpan(summaries, curves, steps.length);
    const figures: CardFigure[] = [];
    for (const summary of summaries) {
      figures.push(cardFigure(summary, curves, steps.length, span));
      yield;
    }
    return { key, epoch, assignments: shot.assignments, summaries, figures, span, curves, steps: steps.length };
  };
}
