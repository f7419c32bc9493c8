import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OptionValue } from '../core/catalog';
import { csvCell } from '../core/series/csvCell';
import { validity } from '../core/metrics/validity';
import type { RunSpec } from '../core/run';
import type { CliArguments } from './arguments';
import type { Engine } from './engine';

/** Option → the values to try. */
export type Grid = Readonly<Record<string, readonly OptionValue[]>>;

type Row = Record<string, OptionValue | null>;

/** Every combination, the last option changing fastest. */
export function combinations(grid: Grid): Record<string, OptionValue>[] {
  return Object.entries(grid).reduce<Record<string, OptionValue>[]>((all, [key, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))), [{}]);
}

/**
 * Runs every combination of options with the same seed, and writes a row of each: grid.csv in the folder, and a table
 * on standard error. Scores against labels are told beside the rest; nothing is chosen by them.
 */
export async function runGrid(engine: Engine, { out, backend, json }: CliArguments, grid: Grid, specOf: (options: RunSpec['options']) => RunSpec): Promise<void> {
  const all = combinations(grid);
  const rows: Row[] = [];
  for (const [at, options] of all.entries()) {
    engine.progress.say(`grid ${at + 1} of ${all.length}: ${Object.entries(options).map(([key, value]) => `${key} ${value}`).join(', ')}`);
    const spec = specOf(options);
    const losses = await engine.train({ kind: 'train', runId: at + 1, spec, backend });
    rows.push({ ...options, ...rowOf(engine, spec, losses) });
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = [columns, ...rows.map((row) => columns.map((column) => csvCell(String(row[column] ?? ''))))].map((cells) => `${cells.join(',')}\n`).join('');
  await writeFile(join(out, 'grid.csv'), text);
  for (const line of tableOf(columns, rows)) engine.progress.say(line);
  engine.progress.say(`wrote ${join(out, 'grid.csv')}`);
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
}

function rowOf(engine: Engine, spec: RunSpec, { losses, seconds }: { losses: Record<string, number>; seconds: number }): Row {
  const { latents, latentWidth, assignments, imputation, metrics } = engine.last();
  const { silhouette, daviesBouldin } = validity(latents, latentWidth, assignments);
  return {
    epochs: spec.epochs,
    ...Object.fromEntries(Object.entries(losses).map(([key, value]) => [`loss ${key}`, value])),
    'hidden rmse': imputation?.rmse ?? null,
    'hidden mae': imputation?.mae ?? null,
    'silhouette (latents, Euclidean)': silhouette,
    'Davies–Bouldin (latents, Euclidean)': daviesBouldin,
    ...(metrics && { n: metrics.n, ARI: metrics.adjustedRandIndex, NMI: metrics.normalizedMutualInformation, RI: metrics.randIndex, 'RI floor': metrics.allInOneRandIndex, ACC: metrics.accuracy, 'ACC floor': metrics.allInOneAccuracy, PUR: metrics.purity, 'PUR floor': metrics.allInOneAccuracy }),
    seconds: Number(seconds.toFixed(2)),
  };
}

/** The rows in columns of one width each; numbers to four digits. */
function tableOf(columns: readonly string[], rows: readonly Row[]): string[] {
  const short = (name: string): string => name.replace(/ \(.*\)/, '');
  const cell = (value: Row[string] | undefined): string => (value === null || value === undefined ? '–' : typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value));
  const lines = [columns.map(short), ...rows.map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_, j) => Math.max(...lines.map((line) => line[j].length)));
  return lines.map((line) => line.map((text, j) => text.padEnd(widths[j])).join('  ').trimEnd());
}
