import { access, constants, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { defaultOptions, methodEntry, suggestedEpochs } from '../core/catalog';
import { InputError } from '../core/lib/assert';
import type { RunSpec } from '../core/run';
import type { ColumnRole, ImportPlan, ImportPreview } from '../core/series/reading/plan';
import type { ExportFile } from '../engine/protocol';
import type { CliArguments } from './arguments';
import { startEngine, type Engine, type Of } from './engine';
import { runGrid } from './grid';
import { checkMap, finalMap, mapWords } from './map';
import { createProgress } from './progress';
import { runSweep } from './sweep';
import { defaultThreads, initialiseThreads } from './threads';

const FILES: ExportFile[] = ['assignments', 'imputed', 'filledCells', 'latent', 'relevance', 'run'];

/**
 * Reads the file, trains, writes the files into the folder. A sweep over series, or a grid, takes the place of the run.
 * @throws InputError where the flags or the file are at fault; Error for anything else.
 */
export async function runFromCommandLine(order: CliArguments): Promise<void> {
  const bytes = await read(order.file);
  initialiseThreads(order.threads ?? defaultThreads());
  const engine = startEngine(createProgress());
  const dataset = await open(engine, order, bytes);
  checkMap(order.map, dataset.set.n);
  await makeFolder(order.out);
  if (dataset.set.labels) engine.progress.say(`labels: column "${dataset.set.labels.name}", kept out of training`);
  const specOf = (options: RunSpec['options'] = {}): RunSpec => {
    const all = { ...defaultOptions(order.spec.method), ...order.spec.options, ...options };
    return { ...order.spec, options: all, epochs: order.spec.epochs ?? suggestedEpochs(order.spec.method, dataset.set.n, all) };
  };
  if (order.grid) return runGrid(engine, order, order.grid, specOf);
  if (order.sweep && order.sweep.on !== 'latents') return runSweep(engine, order, order.sweep, specOf());
  await engine.train({ kind: 'train', runId: 1, spec: specOf(), backend: order.backend });
  const { latents, latentWidth, epoch } = engine.last();
  const { map, method, iteration } = finalMap(latents, latentWidth, order.spec.seed, order.map);
  engine.progress.say(`map: ${mapWords({ method, iteration })}`);
  if (order.sweep) await runSweep(engine, order, order.sweep, specOf());
  const { files, notes } = await engine.export(FILES.filter((file) => file !== 'relevance' || methodEntry(order.spec.method).relevance), { places: map, method, epoch });
  for (const { name, blob } of files) await writeFile(join(order.out, name), new Uint8Array(await blob.arrayBuffer()));
  engine.progress.say(`wrote ${files.map(({ name }) => join(order.out, name)).join(', ')}`);
  for (const { message } of notes) engine.progress.say(`note: ${message}`);
  if (order.json) process.stdout.write(await (files.find(({ name }) => name === 'run.json')?.blob.text() ?? ''));
}

async function read(file: string): Promise<Buffer<ArrayBuffer>> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new InputError(`There is no file "${file}".`);
  if (found.isDirectory()) throw new InputError(`"${file}" is a folder; name a file.`);
  return readFile(file).catch((error: Error) => {
    throw new InputError(`"${file}" cannot be read: ${error.message}.`);
  });
}

async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found && !found.isDirectory()) throw new InputError(`--out is "${folder}", which is a file; name a folder.`);
  try {
    await makeFolders(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new InputError(`--out is "${folder}", where no files can be written: ${(error as Error).message}.`);
  }
}

/** A level at a time: Node's own recursion never ends where a file system, such as /proc, takes no folder. */
async function makeFolders(folder: string): Promise<void> {
  if (await stat(folder).catch(() => null)) return;
  await makeFolders(dirname(folder));
  await mkdir(folder);
}

async function open(engine: Engine, order: CliArguments, bytes: Buffer<ArrayBuffer>): Promise<Of<'dataset'>> {
  const source = { kind: 'file' as const, name: basename(order.file), file: new Blob([bytes]) };
  const dataset = await engine.open({ kind: 'open', requestId: 1, source, plan: order.plan });
  if (order.label === null) return dataset;
  const roles = rolesWithLabel(dataset.plan, dataset.preview, order.label);
  return engine.open({ kind: 'reopen', requestId: 2, plan: { ...dataset.plan, roles } });
}

/** The detected roles with another label column, or none. */
function rolesWithLabel(plan: ImportPlan, { columns }: ImportPreview, label: string): ColumnRole[] {
  const roles = plan.roles.map((role) => (role === 'label' ? 'ignore' : role));
  if (label === 'none') return roles;
  const byName = columns.indexOf(label);
  const at = byName >= 0 ? byName : Number(label) - 1;
  if (!Number.isInteger(at) || at < 0 || at >= roles.length) {
    throw new InputError(`--label is "${label}"; the columns are ${columns.slice(0, 12).join(', ')}${columns.length > 12 ? ', …' : ''} (or a number from 1 to ${roles.length}).`);
  }
  return roles.map((role, j) => (j === at ? 'label' : role));
}
