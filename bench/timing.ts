/** Medians, spread and the table of a bench. */

export interface Timing {
  median: number;
  /** First and third quartile. */
  low: number;
  high: number;
  runs: number;
}

export function timing(milliseconds: readonly number[]): Timing {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), low: at(0.25), high: at(0.75), runs: sorted.length };
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** A ratio or time as text, with three digits. */
export const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

export const spread = ({ median, low, high, runs }: Timing): string => `${digits(median)} (${digits(low)} to ${digits(high)}, ${runs} runs)`;

export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}

export interface Row {
  case: string;
  ours: number;
  peer: number | null;
  peerName: string;
  ratio: number | null;
  /** Quartiles of the runs behind `ours` and `peer`, where there were several. */
  spread?: { ours: Quartiles; peer: Quartiles | null };
}

export type Quartiles = [low: number, high: number];

export function quartiles(ours: Timing, peer: Timing | null): Required<Row>['spread'] {
  return { ours: [ours.low, ours.high], peer: peer && [peer.low, peer.high] };
}

/** One line that a program can read; the last one of every bench. */
export interface Result {
  bench: string;
  rows: Row[];
  summary: Record<string, unknown>;
  aim: string;
  met: boolean;
  /** Where the aim may be missed: what bounds it, what was tried and what it gave. */
  bounds?: string;
}
