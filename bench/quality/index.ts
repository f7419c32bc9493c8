/** `npm run bench -- quality`: methods over sets, shares of gaps and seeds; resumable, one JSON line a run, a table. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, InputError } from '../../src/core/lib/assert';
import { chooseBackend, initialise } from '../../src/engine/backend';
import { HELP, parseQuality, type QualityArguments } from './arguments';
import { linesOf } from './lines';
import { planOf, type ManifestEntry, type PlannedRun } from './plan';
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
  const asked = planOf(datasets, args);
  check(asked.length > 0, 'No set of the manifest is within what was asked for: see --sets, --max-n, --max-t, --complete and --protocol.');
  const done = new Set(rows.map(({ key }) => key));
  const plan = args.tables ? [] : asked.filter(({ key }) => !done.has(key));
  process.stderr.write(`${plan.length} of ${asked.length} runs to make, ${rows.length} in ${args.out}\n`);
  const names = args.methods.map(({ name }) => name);
  const keys = new Set(asked.map(({ key }) => key));
  check(!args.tables || rows.some(({ key }) => keys.has(key)), `${args.out} holds none of these runs; without --tables they are made.`);
  const tables = (): string => markdown(rows.filter(({ key }) => keys.has(key)), names);
  const page = args.out.replace(/\.jsonl$/, '') + '.md';
  for await (const row of runs(plan, args)) {
    rows.push(row);
    appendFileSync(args.out, `${JSON.stringify(row)}\n`);
    writeFileSync(page, tables());
  }
  const last = tables();
  writeFileSync(page, last);
  process.stdout.write(last);
}

/** Makes the runs one after the other; tells of each, and of the time left. A set that cannot be read is told of once, and costs only its own runs. */
async function* runs(plan: readonly PlannedRun[], args: QualityArguments): AsyncGenerator<QualityRow, void, void> {
  if (plan.length === 0) return;
  initialise({});
  await chooseBackend('wasm');
  let loaded = { name: '', set: null as LoadedSet | null };
  const failed = new Set<string>();
  const fail = (told: string, error: unknown): void => {
    process.stderr.write(`${told}: ${(error as Error).message}\n`);
    process.exitCode = 1;
  };
  const cells = plan.map((run) => run.cells);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const started = performance.now();
  for (const [at, run] of plan.entries()) {
    if (failed.has(run.set)) continue;
    if (loaded.name !== run.set) {
      try {
        loaded = { name: run.set, set: await loadSet(args.data, run.file) };
      } catch (error) {
        failed.add(run.set);
        fail(`${run.set} is left out`, error);
        continue;
      }
    }
    const told = `${at + 1}/${plan.length} ${run.key}`;
    try {
      const row = await runOne(loaded.set!, run, args);
      const left = ((performance.now() - started) / sum(cells.slice(0, at + 1))) * sum(cells.slice(at + 1));
      process.stderr.write(`${told}: ARI ${row.ari.toFixed(3)}, ${row.seconds} s; about ${Math.ceil(left / 60_000)} min left\n`);
      yield row;
    } catch (error) {
      fail(`${told} failed`, error);
    }
  }
}
