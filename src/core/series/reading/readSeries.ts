import type { SeriesSet } from '../SeriesSet';
import type { SeriesSource } from './bytes';
import { Cell } from './cells';
import { decideEnds, seriesExtents } from './ends';
import { makeLabels } from './labels';
import { tellOddities } from './oddities';
import type { ImportPlan, ImportPreview, ImportReport } from './plan';
import { scanTable } from './scan';
import type { Progress, Scan } from './scan';
import { counted } from './notes';
import { suspectSentinels } from './sentinels';
import { CELL_BUDGET, observed } from './table';

export interface SeriesImport {
  set: SeriesSet;
  report: ImportReport;
  /** What was decided, complete; reading again under it gives the same set. */
  plan: ImportPlan;
  preview: ImportPreview;
}

/**
 * Reads a table of time series of any usual layout. What `plan` states is followed, the rest is detected.
 * The file is read in blocks; cells become numbers at once. Every row and cell is accounted for in the report.
 * Throws an ImportError, with the preview where there is one, when no table can be made of it.
 */
export async function readSeries(source: SeriesSource, plan: Partial<ImportPlan> = {}, onProgress: Progress = () => {}, cellBudget = CELL_BUDGET): Promise<SeriesImport> {
  return finishImport(source, await scanTable(source, plan, onProgress, cellBudget), plan);
}

function finishImport({ name }: SeriesSource, { table, plan, sample, rows, notes, bytes, sentinels }: Scan, given: Partial<ImportPlan>): SeriesImport {
  const decision = decideEnds(table);
  const ends = given.ends ?? decision.ends;
  if (given.ends === undefined && decision.sentence !== null) notes.add('info', decision.ends === 'outside' ? 'endsOutside' : 'endsGaps', decision.sentence);
  const extents = seriesExtents(table, ends);
  const { n, t, d, kinds } = table;
  const mask = new Uint8Array(n * t * d);
  const cells = { total: n * t * d + table.rejectedCells, observed: 0, missing: 0, outside: 0, repaired: 0, rejected: table.rejectedCells };
  for (let cell = 0; cell < kinds.length; cell++) {
    const kind = kinds[cell];
    const step = Math.floor(cell / d) % t;
    const i = Math.floor(cell / (t * d));
    if (observed(kind)) {
      mask[cell] = 1;
      cells.observed += 1;
      if (kind === Cell.repaired) cells.repaired += 1;
    } else if (kind === Cell.rejected) cells.rejected += 1;
    else if (step < extents.starts[i] || step >= extents.ends[i]) cells.outside += 1;
    else cells.missing += 1;
  }
  const suspected = suspectSentinels(table);
  for (const { value, count } of suspected) notes.add('warning', 'suspectedSentinel', `The value ${value} occurs ${count} times and stands apart from all others: it may mean "missing". Until you say so it counts as a value.`, {}, String(value));
  if (t === 1) notes.add('warning', 'oneStep', 'Every series has only one step. Check the layout; if each row holds one measurement with its name in a column, choose one time step a row and give that column the role "variable".');
  tellOddities(table, plan, given, notes);
  const confirmed = [...sentinels].map(([value, count]) => ({ value, count }));
  for (const { value, count } of confirmed) notes.add('info', 'sentinel', `The value ${value} counts as missing, as you said: ${counted(count, 'cell')}.`, {}, String(value));
  const labels = table.labels === null ? null : makeLabels(table.labels.name, table.labels.texts);
  const set: SeriesSet = { name, n, t, d, values: table.values, mask, ...extents, ids: table.ids, variables: table.variables, time: table.time, labels, split: table.split };
  const done: ImportPlan = { ...plan, ends };
  const report: ImportReport = { bytes, rows, cells, suspectedSentinels: [...confirmed, ...suspected], notes: notes.list() };
  return { set, report, plan: done, preview: { ...sample.preview, plan: done, summary: summarise(set), notes: report.notes } };
}

/** "900 series × 128 steps × 1 variable, label column «class»". */
export function summarise(set: SeriesSet): string {
  const lengths = set.ends.map((end, i) => end - set.starts[i]);
  const [shortest, longest] = [lengths.reduce((a, b) => Math.min(a, b), set.t), lengths.reduce((a, b) => Math.max(a, b), 0)];
  const steps = shortest === longest ? `${set.t}` : `${shortest}–${longest}`;
  const label = set.labels === null ? 'no labels' : `label column «${set.labels.name}» (${counted(set.labels.names.length, 'class', 'classes')})`;
  return `${set.n} series × ${steps} ${steps === '1' ? 'step' : 'steps'} × ${set.d} variable${set.d === 1 ? '' : 's'}, ${label}`;
}
