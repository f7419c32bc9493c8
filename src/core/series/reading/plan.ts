import type { SerialDates } from './serialDates';

/** How a file is laid out: one series a row, one series a column, or one time step a row. */
export type Layout = 'wide' | 'wideByColumn' | 'long';

/** `euc-kr` also covers CP949; `windows-1252` is what is left when neither UTF-8 nor Korean fits. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'euc-kr' | 'windows-1252';

/**
 * What a column is for. `value` is a time step (wide), a series (wideByColumn) or a variable (long). `variable` (long)
 * names the variable that a row measures: the one `value` column then holds all of them.
 */
export type ColumnRole = 'id' | 'time' | 'variable' | 'value' | 'label' | 'split' | 'ignore';

/** Everything that decides how bytes become a SeriesSet. Detected first, then changeable by the person. */
export interface ImportPlan {
  encoding: Encoding;
  delimiter: ',' | ';' | '\t' | '|' | ' ';
  decimal: '.' | ',';
  /** True when the mark that is not the decimal one groups thousands: `12,345` is then 12345. Else such a number is refused. */
  thousands?: boolean;
  /** What may stand behind the numbers of each column, such as `kWh`; '' where nothing may. Default: none. */
  units?: string[];
  /** What comes first in dates such as 03/04/2024, as the person says. Default: judged by the dates. */
  dateOrder?: 'dayFirst' | 'monthFirst';
  /** Numbers of the time are dates as spreadsheets keep them, days since this year, as the person says. Default: plain numbers. */
  serialDates?: SerialDates;
  /** Rows before the header (or the first data row) that are skipped: a preamble. */
  skipRows: number;
  header: boolean;
  layout: Layout;
  /** One role a column. */
  roles: ColumnRole[];
  /** Texts that mean "missing", compared after trimming, without case. */
  missingMarks: string[];
  /** Numbers that mean "missing" because the person said so, for example -999. */
  sentinels: number[];
  /** Share of its cells, in [0, 1], that a series must show; others are left out, with a note. Default: 0, which leaves out empty ones. */
  minCoverage?: number;
  /** Ids of series that the person leaves out. Default: none. */
  excluded?: string[];
  /** Whether empty cells at the ends of a series mean that it starts late or ends early, or are gaps. */
  ends: 'outside' | 'gaps';
  /** Long files: steps are shared times, or each series counts its own. */
  align: 'time' | 'position';
}

export type Severity = 'info' | 'warning' | 'error';

/** One finding of the import, with a place that the person can go to. */
export interface ImportNote {
  severity: Severity;
  /** Stable, for tests and translation: `decimalComma`, `raggedRow`, `badNumber`, `duplicateId` … */
  code: string;
  /** One English sentence: what, where, and what to do. */
  message: string;
  /** 1-based line in the file, or null where none applies. */
  line: number | null;
  /** 1-based column and its name. */
  column: number | null;
  columnName: string | null;
  /** How many such findings this note stands for (it names the first). */
  count: number;
  /** Id of the series that it is about, where leaving that out mends it. */
  series?: string;
}

/** Accounts for every row and every cell: the parts add up to the whole. */
export interface ImportReport {
  bytes: number;
  rows: { total: number; preamble: number; header: number; data: number; blank: number; rejected: number };
  /** `total` = observed + missing + outside + rejected; repaired cells are also counted in observed. */
  cells: { total: number; observed: number; missing: number; outside: number; repaired: number; rejected: number };
  /** Numbers that look like sentinels, and those of the plan, with how often they occur: for the person to confirm or take back. */
  suspectedSentinels: { value: number; count: number }[];
  notes: ImportNote[];
}

/** The first rows as text and what the plan makes of the columns. */
export interface ImportPreview {
  plan: ImportPlan;
  columns: string[];
  rows: string[][];
  /** One line for the person: "900 series × 128 steps × 1 variable, label column «class»". */
  summary: string;
  notes: ImportNote[];
}
