import { check } from '../../core/lib/assert';
import type { RunSpec } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';

/** Results are float32, whose range ends at 3.4e38. */
const LARGEST = 1e37;

/**
 * Refuses data that no run can use: fewer than two steps, fewer series than clusters, values that are not
 * finite or far too large, series without any observed cell.
 * @throws InputError naming the place and what to do.
 */
export function checkData(set: SeriesSet, spec: RunSpec): void {
  check(set.t >= 2, `The series have ${set.t} step${set.t === 1 ? '' : 's'}; at least 2 are needed. Is the layout right (one series a row, or a column)?`);
  check(
    set.n >= spec.clusters,
    `The data has ${set.n} series, too few for ${spec.clusters} clusters. Choose ${set.n >= 2 ? `${set.n} clusters or fewer` : 'a file with more series'}.`,
  );
  for (let i = 0; i < set.n; i++) {
    for (let at = i * set.t * set.d; at < (i + 1) * set.t * set.d; at++) {
      if (set.mask[at] === 0) continue;
      check(
        Math.abs(set.values[at]) <= LARGEST,
        `Series "${set.ids[i]}" holds ${set.values[at]} at ${placeOf(set, at)}; values must be finite and at most ${LARGEST} in size. Mark it as missing, correct it, or use another unit.`,
      );
    }
  }
  checkObserved(set);
}

/**
 * @param steps whether steps of the preparation took away what was observed
 * @param notes what else is known of why, in sentences
 * @throws InputError naming the first series of which nothing is observed
 */
export function checkObserved(set: SeriesSet, steps = false, notes: readonly string[] = []): void {
  const width = set.t * set.d;
  const empty = set.ids.filter((_, i) => set.mask.subarray(i * width, (i + 1) * width).every((m) => m === 0));
  const [have, them] = empty.length === 1 ? ['has', 'it'] : ['have', 'them'];
  check(
    empty.length === 0,
    `${empty.length} series ${have} no observed value ${steps ? 'left after the preparation ' : ''}(the first is "${empty[0]}"), so nothing can be learned about ${them}. ${steps ? `Take out the step that leaves nothing, fill gaps before it, or remove ${them} from the file.` : `Remove ${them} from the file.`}${notes.map((note) => ` ${note}`).join('')}`,
  );
}

function placeOf(set: SeriesSet, cell: number): string {
  const t = Math.floor(cell / set.d) % set.t;
  return `step ${set.time.texts[t] ?? t + 1}, variable "${set.variables[cell % set.d]}"`;
}
