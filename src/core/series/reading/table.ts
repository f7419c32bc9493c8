import type { TimeAxis } from '../SeriesSet';
import { Cell } from './cells';
import { ImportError } from './importError';
import { quote } from './notes';
import type { NoteBook } from './notes';
import type { ImportPlan } from './plan';

/** A layout's reader: takes the rows of the file one by one, then lays them out as N series. */
export interface TableReader {
  row(cells: readonly string[], line: number): void;
  finish(): Table;
}

/** All cells of the grid with what became of each, before ends and labels are settled. */
export interface Table {
  n: number;
  t: number;
  d: number;
  /** [N, T, D]; 0 where not observed. */
  values: Float64Array;
  /** [N, T, D] of `Cell`. */
  kinds: Uint8Array;
  /** [N]; steps that the file could hold for each series: cells before `from` and from `to` on are outside. */
  from: Int32Array;
  to: Int32Array;
  ids: string[];
  variables: string[];
  time: TimeAxis;
  /** [N] texts, null without such a column. */
  labels: { name: string; texts: string[] } | null;
  split: string[] | null;
  /** Long files: decided from the data when the plan leaves it open. */
  align: 'time' | 'position';
  /** Rows that became part of the set, and those left out. */
  rows: { data: number; rejected: number };
  /**
   * Where each row went, in the order of the file; -1 when left out. wide: the series; wideByColumn: the step;
   * long: series · T + step; stacked: (series · T + step) · D + variable.
   */
  places: Int32Array;
  /** [T] (wide) or [N] (wideByColumn) or [D] (long): the file column of each. */
  columns: Int32Array;
  /** long: a row holds one variable, named in it, not all. */
  stacked?: boolean;
  /** Value cells that stand in rejected rows or beyond the table. */
  rejectedCells: number;
}

/** Most cells a set may have: values, mask and the copies that a method makes then stay within about 1 GB. */
export const CELL_BUDGET = 32_000_000;

export function checkBudget(cells: number, budget: number, shape: () => string, advice: string): void {
  if (cells <= budget) return;
  throw new ImportError(`This file makes ${shape()}: ${cells.toLocaleString('en')} cells, more than the ${budget.toLocaleString('en')} that fit. ${advice}`);
}

export const observed = (kind: number): boolean => kind === Cell.observed || kind === Cell.repaired;

/**
 * The table without series that hold no value, of whose cells less than `minCoverage` in [0, 1] are observed, or that
 * are `excluded` by id; their rows and cells count as rejected. The cells of a series are those that the file could hold for it, empty ends too.
 */
export function withoutSeries(table: Table, { layout, minCoverage = 0, excluded = [] }: Pick<ImportPlan, 'layout' | 'minCoverage' | 'excluded'>, notes: NoteBook): Table {
  const unwanted = new Set(excluded);
  const width = table.t * table.d;
  const seen = table.ids.map((_, i) => table.kinds.subarray(i * width, (i + 1) * width).reduce((sum, kind) => sum + Number(observed(kind)), 0));
  const coverage = seen.map((count, i) => count / Math.max(1, (table.to[i] - table.from[i]) * table.d));
  const keep = table.ids.flatMap((id, i) => (seen[i] > 0 && coverage[i] >= minCoverage - ROUNDING && !unwanted.has(id) ? [i] : []));
  if (keep.length === table.n) return table;
  const newIndex = new Int32Array(table.n).fill(-1);
  keep.forEach((i, k) => (newIndex[i] = k));
  const size = layout === 'wide' ? 1 : table.stacked ? width : table.t;
  const places = layout === 'wideByColumn' ? table.places : table.places.map((at) => moved(at, newIndex, size));
  const rows = layout === 'wideByColumn' ? 0 : table.places.reduce((sum, at, r) => sum + (at >= 0 && places[r] < 0 ? 1 : 0), 0);
  let cells = layout === 'long' ? rows * (table.stacked ? 1 : table.d) : 0;
  table.ids.forEach((id, i) => {
    if (newIndex[i] >= 0) return;
    if (layout !== 'long') cells += table.to[i] - table.from[i];
    if (unwanted.has(id)) notes.add('info', 'excludedSeries', `The series ${quote(id)} is left out, as you said.`, { text: id });
    else if (seen[i] === 0) notes.add('warning', 'emptySeries', `The series ${quote(id)} holds no value and is left out.`);
    else notes.add('warning', 'lowCoverage', `The series ${quote(id)} shows ${percent(coverage[i])} of its cells, less than the ${percent(minCoverage)} asked for, and is left out.`, { text: id });
  });
  const pick = <A>(list: readonly A[]): A[] => keep.map((i) => list[i]);
  const pickCells = <A extends Float64Array | Uint8Array>(from: A, to: A): A => {
    keep.forEach((i, k) => to.set(from.subarray(i * width, (i + 1) * width) as never, k * width));
    return to;
  };
  return {
    ...table,
    n: keep.length,
    values: pickCells(table.values, new Float64Array(keep.length * width)),
    kinds: pickCells(table.kinds, new Uint8Array(keep.length * width)),
    from: Int32Array.from(keep, (i) => table.from[i]),
    to: Int32Array.from(keep, (i) => table.to[i]),
    ids: pick(table.ids),
    labels: table.labels === null ? null : { ...table.labels, texts: pick(table.labels.texts) },
    split: table.split === null ? null : pick(table.split),
    places,
    columns: layout === 'wideByColumn' ? Int32Array.from(keep, (i) => table.columns[i]) : table.columns,
    rows: { data: table.rows.data - rows, rejected: table.rows.rejected + rows },
    rejectedCells: table.rejectedCells + cells,
  };
}

const ROUNDING = 1e-9;

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

function moved(place: number, newIndex: Int32Array, size: number): number {
  if (place < 0) return -1;
  const i = newIndex[Math.floor(place / size)];
  return i < 0 ? -1 : i * size + (place % size);
}
