import { readsSeed } from '../../../core/catalog';
import type { RunSpec } from '../../../core/run';
import type { RunSliceState } from '../../store/state';
import { changedKeys } from '../../store/spec';

/** Settings that leave the time of a run as it is, or nearly so. */
const HARMLESS: readonly string[] = ['clusters', 'seed', 'epochs', 'hideRate', 'hideMechanism'];

/**
 * Seconds that a sweep of the method takes, judging by the epochs of the last run: of each K, `repeats` runs on all
 * series (one where the method reads no seed) and as many pairs of runs on halves. null where no run of the same
 * settings has been seen.
 */
export function sweepSeconds({ start, history }: Pick<RunSliceState, 'start' | 'history'>, experiment: RunSpec, counts: number, repeats: number): number | null {
  const timed = history.filter((record) => record.losses !== null).map((record) => record.seconds);
  if (start === null || timed.length === 0) return null;
  if (changedKeys(start.spec, experiment).some((key) => !HARMLESS.includes(key))) return null;
  const mean = timed.reduce((sum, seconds) => sum + seconds, 0) / timed.length;
  return mean * experiment.epochs * counts * ((readsSeed(experiment.method, experiment.options) ? repeats : 1) + repeats);
}
