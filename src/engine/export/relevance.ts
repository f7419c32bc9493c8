import { methodEntry, relevanceMethods, type MethodId } from '../../core/catalog';
import { csvCell } from '../../core/series/csvCell';
import { writeNumber } from '../../core/series/reading/number';
import type { ImportNote } from '../../core/series/reading/plan';
import type { SeriesSet } from '../../core/series/SeriesSet';

/**
 * relevance.csv: one series a row, `id,cluster`, then a column a step, headed by its time: how much the step speaks for
 * that cluster, [N, T] in [0, 1]; empty outside of a series. In parts, a row each.
 */
export function* relevanceCsv({ ids, t, starts, ends, time }: SeriesSet, assignments: Int32Array, relevance: Float32Array): Generator<string> {
  yield `${['id', 'cluster', ...time.texts.map((text) => csvCell(text))].join(',')}\n`;
  for (const [i, id] of ids.entries()) {
    const row = Array.from(relevance.subarray(i * t, (i + 1) * t), (share, step) => (step < starts[i] || step >= ends[i] ? '' : writeNumber(share, '.')));
    yield `${[csvCell(id), assignments[i], ...row].join(',')}\n`;
  }
}

/** Why there is no such file: the method tells no relevance, or the run goes on. */
export function noRelevance(method: MethodId): ImportNote {
  const { label, relevance } = methodEntry(method);
  const tell = relevanceMethods.map((id) => methodEntry(id).label);
  const message = relevance
    ? 'There is no relevance.csv: the heat map is made of the epoch on which the run pauses or ends. Pause the run, then prepare the files again.'
    : `There is no relevance.csv: ${label} does not tell which steps speak for a cluster. Methods that do: ${tell.join(', ')}.`;
  return { severity: 'info', code: 'noRelevance', message, line: null, column: null, columnName: null, count: 1 };
}
