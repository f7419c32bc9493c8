import { observedMask } from '../../../core/lib/observedMask';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import type { Store } from '../../store/state';

type Start = NonNullable<Store['run']['start']>;

const known = new WeakMap<Start, { of: SeriesSet; ruled: SeriesSet }>();

/** The set as the run counts it: cells that its rules call missing are gaps. The same object for the same run. */
export function ruledSet(set: SeriesSet, start: Start | null): SeriesSet {
  if (start === null) return set;
  const before = known.get(start);
  if (before?.of === set) return before.ruled;
  // of the cells that the run fills, those that the file knows are hidden or against a rule
  let knownToFile = 0;
  for (const cell of start.gaps) knownToFile += set.mask[cell];
  const ruled = knownToFile === start.hidden.length ? set : { ...set, mask: observedMask(set.mask, start.gaps, start.hidden) };
  known.set(start, { of: set, ruled });
  return ruled;
}
