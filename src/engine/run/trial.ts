import { methodEntry } from '../../core/catalog';
import { plainlyFilled } from '../../core/imputers';
import { firstOf } from '../../core/partOf';
import type { Method, RunSpec, TrainingData } from '../../core/run';
import type { Trial } from '../backend/faster';
import type { Services } from '../services';

/** Epochs of a trial at most. */
const EPOCHS = 4;

/**
 * A trial of a run: the method itself, from its start, on as many of the series as one batch holds. It draws from
 * generators of its own and is thrown away, so the run is not changed by it. Gaps that an imputer is to be trained for are
 * filled plainly: what is tried is a batch of the method. Undefined for a method that is computed
 * once, which no GPU makes faster.
 */
export function trialOf(method: Method, data: TrainingData, spec: RunSpec, { nextTurn }: Pick<Services, 'nextTurn'>, stopped: () => boolean): Trial | undefined {
  if (!methodEntry(spec.method).trains) return undefined;
  const size = Math.min(data.n, Math.max(Number(spec.options.batchSize), 2 * spec.clusters));
  const part = firstOf(data, size);
  const options = plainlyFilled(spec.options);
  return async function* trial() {
    const reports = method(part, { ...spec, options, epochs: EPOCHS }, { options });
    let epochs = 0;
    for await (const { kind } of reports) {
      if (stopped()) return;
      if (kind === 'epoch') epochs += 1;
      yield epochs;
      await nextTurn();
    }
  };
}
