import { columnMean } from '../../core/imputation/columnMean';
import { linear } from '../../core/imputation/linear';
import { maskedError } from '../../core/metrics/maskedError';
import { scoreAll } from '../../core/metrics/scoreAll';
import type { Snapshot } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';
import type { ErrorPair, ImputationError, RunSnapshot } from '../protocol';
import type { PreparedRun } from './prepareRun';

export interface Evaluation {
  /** The snapshot in original units, with its scores. Its arrays are not shared with the snapshot's imputation. */
  evaluate(snapshot: Snapshot): RunSnapshot;
}

/** Scores snapshots against the labels and against the hidden cells; the only reader of either. */
export function createEvaluation(set: SeriesSet, prepared: PreparedRun): Evaluation {
  const imputationError = createImputationError({ ...set, mask: prepared.observed }, prepared);
  const { labels } = set;
  return {
    evaluate(snapshot) {
      const imputed = prepared.restore(snapshot.imputed);
      return {
        epoch: snapshot.epoch,
        latents: snapshot.latents,
        latentWidth: snapshot.latentWidth,
        assignments: snapshot.assignments,
        confidence: snapshot.confidence,
        imputed,
        metrics: labels ? scoreAll(snapshot.assignments, labels.codes) : null,
        imputation: imputationError(imputed),
      };
    },
  };
}

/** Error on the hidden cells by variable, with that of the two simple fillings, which never change. */
function createImputationError(set: SeriesSet, { gaps, hidden, hiding, mask }: PreparedRun): (imputed: Float64Array) => ImputationError | null {
  if (hidden.length === 0) return () => null;
  const places = placesOf(gaps, hidden);
  const truth = Float64Array.from(hidden, (cell) => set.values[cell]);
  const visible: SeriesSet = { ...set, mask };
  const mean = pick(columnMean(visible), hidden);
  const line = pick(linear(visible, ascending(set.time.values) ? set.time.values : undefined), hidden);
  const deviations = standardDeviations(set);
  const variableOf = (h: number): number => hidden[h] % set.d;
  const cellsOf = set.variables.map((_, j) => Uint32Array.from(hidden.keys()).filter((h) => variableOf(h) === j));
  const scale = (values: Float64Array): Float64Array => values.map((value, h) => value / deviations[variableOf(h)]);
  const scaledTruth = scale(truth);
  const pair = (estimate: Float64Array): ErrorPair => maskedError(scale(estimate), scaledTruth);
  const fixed = { columnMean: pair(mean), linear: pair(line) };
  const fixedByVariable = cellsOf.map((cells) => ({ columnMean: maskedError(mean, truth, cells), linear: maskedError(line, truth, cells) }));

  return (imputed) => {
    const estimate = Float64Array.from(places, (g) => imputed[g]);
    const perVariable = set.variables.flatMap((variable, j) =>
      cellsOf[j].length === 0 ? [] : [{ variable, hidden: cellsOf[j].length, model: maskedError(estimate, truth, cellsOf[j]), ...fixedByVariable[j] }],
    );
    return { hidden: hidden.length, ...hiding, ...pair(estimate), ...fixed, perVariable };
  };
}

/** Where each hidden cell stands among the gaps; both ascend. */
function placesOf(gaps: Uint32Array, hidden: Uint32Array): Uint32Array {
  let g = 0;
  return hidden.map((cell) => {
    while (gaps[g] !== cell) g += 1;
    return g;
  });
}

/** Standard deviation of each variable over its observed cells, [D]; 1 where it does not vary. */
function standardDeviations(set: SeriesSet): Float64Array {
  return Float64Array.from({ length: set.d }, (_, j) => {
    const values: number[] = [];
    for (let at = j; at < set.values.length; at += set.d) if (set.mask[at] === 1) values.push(set.values[at]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return deviation > 0 ? deviation : 1;
  });
}

function pick(values: ArrayLike<number>, cells: Uint32Array): Float64Array {
  return Float64Array.from(cells, (cell) => values[cell]);
}

function ascending(values: Float64Array): boolean {
  return values.every((value, t) => t === 0 || value >= values[t - 1]);
}
