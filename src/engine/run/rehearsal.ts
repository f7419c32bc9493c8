import { methodEntry } from '../../core/catalog';
import { firstOf } from '../../core/partOf';
import type { Method, Relevance, RunSpec, Snapshot, TrainingData } from '../../core/run';
import type { Rehearsal } from '../backend/compileAhead';

/** A run of so many epochs has all of its stages. */
const EPOCHS = 4;

/** tfjs has other programs for sizes that this divides. */
const VECTOR = 4;

/** How many series make the same shapes as all of them: a batch at least and the last one, which is often smaller, and as many as all of them modulo {@link VECTOR}. */
function seriesOf(n: number, batch: number): number {
  let size = batch + (n % batch || batch);
  while (size < n && size % VECTOR !== n % VECTOR) size += batch;
  return Math.min(n, size);
}

/** A rehearsal of a run: the method itself on some of the series, and what it tells at rest. Undefined for a method that is computed once and asks nothing of a GPU. */
export function rehearsalOf(method: Method, relevance: Relevance | null, data: TrainingData, spec: RunSpec, hear: Rehearsal['hear'], stopped: () => boolean): Rehearsal | undefined {
  if (!methodEntry(spec.method).trains) return undefined;
  const batch = Math.max(Number(spec.options.batchSize), spec.clusters);
  const part = firstOf(data, seriesOf(data.n, batch));
  return {
    hear,
    stopped,
    async *perform() {
      let last: Snapshot | null = null;
      for await (const report of method(part, { ...spec, epochs: EPOCHS }, { options: spec.options })) {
        if (report.kind === 'epoch') last = report.snapshot;
        yield;
      }
      if (relevance && last) yield* relevance(part, spec, last);
    },
  };
}
