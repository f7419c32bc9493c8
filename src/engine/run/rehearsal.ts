import { methodEntry } from '../../core/catalog';
import { learnedImputer, plainlyFilled } from '../../core/imputers';
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

/**
 * A rehearsal of a run: an imputer that is trained, for a few epochs; then, on gaps filled plainly, the method itself and
 * what it tells at rest; all on some of the series. Undefined for what is computed once and asks nothing of a GPU.
 */
export function rehearsalOf(method: Method, relevance: Relevance | null, data: TrainingData, spec: RunSpec, hear: Rehearsal['hear'], stopped: () => boolean): Rehearsal | undefined {
  const { trains } = methodEntry(spec.method);
  const imputer = data.gaps.length > 0 ? learnedImputer(spec.options) : null;
  if (!trains && !imputer) return undefined;
  const part = (batch: number): TrainingData => firstOf(data, seriesOf(data.n, batch));
  const plain: RunSpec = { ...spec, epochs: EPOCHS, options: plainlyFilled(spec.options) };
  return {
    hear,
    stopped,
    async *perform() {
      if (imputer) yield* imputer.fill(part(imputer.batch), spec, EPOCHS);
      if (!trains) return;
      const some = part(Math.max(Number(spec.options.batchSize), spec.clusters));
      let last: Snapshot | null = null;
      for await (const report of method(some, plain, { options: plain.options })) {
        if (report.kind === 'epoch') last = report.snapshot;
        yield;
      }
      if (relevance && last) yield* relevance(some, plain, last);
    },
  };
}
