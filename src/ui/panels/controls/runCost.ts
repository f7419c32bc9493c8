import type { RunSpec } from '../../../core/run';
import type { SeriesSet } from '../../../core/series/SeriesSet';

export interface RunCost {
  /** Cells within the series, gaps too: what each epoch goes through. */
  cells: number;
  /** Updates of the weights an epoch. */
  updates: number;
}

/** What can be said of the cost of a run before it starts. */
export function runCost({ n, d, starts, ends }: Pick<SeriesSet, 'n' | 'd' | 'starts' | 'ends'>, { options }: Pick<RunSpec, 'options'>): RunCost {
  let steps = 0;
  for (let i = 0; i < n; i++) steps += ends[i] - starts[i];
  return { cells: steps * d, updates: Math.ceil(n / Math.max(1, Number(options.batchSize))) };
}
