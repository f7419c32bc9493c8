import type { TimeAxis } from '../SeriesSet';
import { ImportError } from './importError';

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
   * long: series · T + step.
   */
  places: Int32Array;
  /** [T] (wide) or [N] (wideByColumn) or [D] (long): the file column of each. */
  columns: Int32Array;
  /** Value cells that stand in rejected rows or beyond the table. */
  rejectedCells: number;
}

/** Most cells a set may have: values, mask and the copies that a method makes then stay within about 1 GB. */
export const CELL_BUDGET = 32_000_000;

export function checkBudget(cells: number, budget: number, shape: string, advice: string): void {
  if (cells <= budget) return;
  throw new ImportError(`This file makes ${shape}: ${cells.toLocaleString('en')} cells, more than the ${budget.toLocaleString('en')} that fit. ${advice}`);
}
