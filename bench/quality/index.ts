/** `npm run bench -- quality`: methods over sets, shares of gaps and seeds; resumable, one JSON line a run, a table. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, InputError } from '../../src/core/lib/assert';
import { chooseBackend, initialise } from '../../src/engine/backend';
import { HELP, parseQuality } from './arguments';
import { planOf, type ManifestEntry } from './plan';
import { loadSet, runOne, type LoadedSet, type QualityRow } from './run';
import { markdown } from './table';

export async function quality(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) return void process.stdout.write(HELP);
  try {
    await runAll(argv);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

async function runAll(argv: readonly string[]): Promise<void> {
  const args = parseQuality(argv);
  const path = join(args.data, 'manifest.json');
  check(existsSync(path), `There is no ${path}: --data must be a folder of CSV files with a manifest.json.`);
  const { datasets } = JSON.parse(readFileSync(path, 'utf8')) as { datasets: ManifestEntry[] };
  for (const name of args.sets ?? []) check(datasets.some((entry) => entry.name === name), `There is no set "${name}" in ${path}.`);
  const rows = linesOf(args.out);
  const plan = planOf(datasets, args, new Set(rows.map(({ key }) => key)));
  process.stderr.write(`${plan.length} runs to make, ${rows.length} in ${args.out}\n`);
  initialise({});
  await chooseBackend('wasm');

  let loaded = { name: '', set: null as LoadedSet | null };
  const started = performance.now();
  for (const [at, run] of plan.entries()) {
    if (loaded.name !== run.set) loaded = { name: run.set, set: await loadSet(args.data, run.file) };
    try {
      const row = await runOne(loaded.set!, run, args);
      rows.push(row);
      appendFileSync(args.out, `${JSON.stringify(row)}\n`);
      const left = ((performance.now() - started) / (at + 1)) * (plan.length - at - 1);
      process.stderr.write(`${at + 1}/${plan.length} ${run.key}: ARI ${row.ari.toFixed(3)}, ${row.seconds} s; about ${Math.ceil(left / 60_000)} min left\n`);
    } catch (error) {
      process.stderr.write(`${at + 1}/${plan.length} ${run.key} failed: ${(error as Error).message}\n`);
      process.exitCode = 1;
    }
    writeFileSync(`${args.out}.md`, markdown(rows));
  }
  process.stdout.write(markdown(rows));
}

function linesOf(file: string): QualityRow[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, at) => {
    try {
      return [JSON.parse(line) as QualityRow];
    } catch {
      check(at === lines.length - 1, `Line ${at + 1} of ${file} is not JSON: mend or remove it.`);
      return []; // a run that was cut off while it wrote
    }
  });
}
