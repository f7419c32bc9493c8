import { methodEntry } from '../../core/catalog';
import { firstOf } from '../../core/partOf';
import type { Method, RunSpec, TrainingData } from '../../core/run';
import type { Rehearsal } from '../backend/compileAhead';

/** A run of so many epochs has both of its stages before the last epoch, whose closing work is left out. */
const EPOCHS = 4;

/**
 * A rehearsal of a run: the method itself on a batch, a second one and the last one, which is often smaller. Undefined
 * for a method that is computed once and asks nothing of a GPU.
 */
export function rehearsalOf(method: Method, data: TrainingData, spec: RunSpec, hear: Rehearsal['hear'], stopped: () => boolean): Rehearsal | undefined {
  if (!methodEntry(spec.method).trains) return undefined;
  const batch = Math.max(Number(spec.options.batchSize), spec.clusters);
  const size = Math.min(data.n, batch + (data.n % batch || batch));
  const part = firstOf(data, size);
  return {
    hear,
    stopped,
    async *perform() {
      for await (const report of method(part, { ...spec, epochs: EPOCHS }, { options: spec.options })) {
        if (report.kind === 'epoch' && report.epoch === EPOCHS - 1) return;
        yield;
      }
    },
  };
}
