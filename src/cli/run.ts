import { access, constants, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { defaultOptions, suggestedEpochs } from '../core/catalog';
import { InputError } from '../core/lib/assert';
import { matrix } from '../core/lib/matrix';
import { sweepClusters } from '../core/metrics/sweepClusters';
import type { ColumnRole, ImportPlan, ImportPreview } from '../core/series/reading/plan';
import type { EngineCommand, EngineEvent, ExportFile, RunSnapshot } from '../engine/protocol';
import { realServices } from '../engine/realServices';
import { createRunner } from '../engine/runner';
import type { CliArguments } from './arguments';
import { finalMap } from './map';
import { createProgress } from './progress';

const FILES: ExportFile[] = ['assignments', 'imputed', 'filledCells', 'latent', 'run'];

type Of<K extends EngineEvent['kind']> = Extract<EngineEvent, { kind: K }>;

/**
 * Reads the file, trains, writes the files into the folder.
 * @throws InputError where the flags or the file are at fault; Error for anything else.
 */
export async function runFromCommandLine(order: CliArguments): Promise<void> {
  const bytes = await read(order.file);
  const engine = startEngine(createProgress());
  const dataset = await open(engine, order, bytes);
  await makeFolder(order.out);
  if (dataset.set.labels) engine.progress.say(`labels: column "${dataset.set.labels.name}", kept out of training`);
  const options = { ...defaultOptions(order.spec.method), ...order.spec.options };
  const epochs = order.spec.epochs ?? suggestedEpochs(order.spec.method, dataset.set.n, options);
  await engine.train({ kind: 'train', runId: 1, spec: { ...order.spec, epochs }, backend: order.backend });
  const { latents, latentWidth } = engine.last();
  const { map, method, iteration } = finalMap(latents, latentWidth, order.spec.seed);
  engine.progress.say(`map: ${method === 'pca' ? 'PCA of the latents' : `t-SNE of the latents, ${iteration} steps`}`);
  if (order.sweep) await sweep(engine, order, order.sweep);
  const { files, notes } = await engine.export(FILES, map);
  for (const { name, blob } of files) await writeFile(join(order.out, name), new Uint8Array(await blob.arrayBuffer()));
  engine.progress.say(`wrote ${files.map(({ name }) => join(order.out, name)).join(', ')}`);
  for (const { message } of notes) engine.progress.say(`note: ${message}`);
  if (order.json) process.stdout.write(await (files.find(({ name }) => name === 'run.json')?.blob.text() ?? ''));
}

/** Tries every K on the latents of the run: a table on standard error, sweep.json in the folder. */
async function sweep(engine: Engine, { out, spec }: CliArguments, { from, to }: { from: number; to: number }): Promise<void> {
  const { latents, latentWidth } = engine.last();
  const points = matrix(latents.length / latentWidth, latentWidth, latents);
  const rows = sweepClusters(points, Array.from({ length: to - from + 1 }, (_, at) => from + at), spec.seed);
  engine.progress.say('K    silhouette  Davies–Bouldin  gap     stability (seeds, halves)');
  let step = rows.next();
  for (; !step.done; step = rows.next()) {
    const { k, silhouette, daviesBouldin, gap, stabilitySeeds, stabilityHalves } = step.value;
    engine.progress.say(`${String(k).padEnd(4)} ${silhouette.toFixed(3).padEnd(11)} ${daviesBouldin.toFixed(3).padEnd(15)} ${gap.toFixed(3).padEnd(7)} ${stabilitySeeds.toFixed(3)}, ${stabilityHalves.toFixed(3)}`);
  }
  const { suggested } = step.value;
  engine.progress.say(`K by silhouette ${suggested.silhouette ?? 'none'}, Davies–Bouldin ${suggested.daviesBouldin ?? 'none'}, gap ${suggested.gap ?? 'none'}, stability ${suggested.stability ?? 'none'} (latents, Euclidean)`);
  await writeFile(join(out, 'sweep.json'), `${JSON.stringify({ space: 'latents', distance: 'Euclidean', clustering: 'k-means', ...step.value }, null, 2)}\n`);
}

interface Engine {
  progress: ReturnType<typeof createProgress>;
  open(command: Extract<EngineCommand, { kind: 'open' | 'reopen' }>): Promise<Of<'dataset'> & { preview: ImportPreview }>;
  train(command: Extract<EngineCommand, { kind: 'train' }>): Promise<void>;
  last(): RunSnapshot;
  export(files: ExportFile[], map: Float32Array): Promise<Of<'exported'>>;
}

/** A runner whose answers are awaited. */
function startEngine(progress: ReturnType<typeof createProgress>): Engine {
  const events: EngineEvent[] = [];
  let snapshot: RunSnapshot | null = null;
  const runner = createRunner((event) => {
    progress.hear(event);
    if (event.kind === 'snapshot') {
      snapshot = event.snapshot;
      runner.handle({ kind: 'ack', runId: event.runId, epoch: event.snapshot.epoch });
    } else events.push(event);
  }, realServices);
  const settle = async (command: Parameters<typeof runner.handle>[0]): Promise<EngineEvent[]> => {
    events.length = 0;
    runner.handle(command);
    await runner.idle();
    for (const event of events) if ('failure' in event) fail(event);
    return [...events];
  };
  return {
    progress,
    async open(command) {
      const answers = await settle(command);
      const { preview } = answers.find((event) => event.kind === 'preview') as Of<'preview'>;
      return { ...(answers.find((event) => event.kind === 'dataset') as Of<'dataset'>), preview };
    },
    async train(command) {
      await settle(command);
    },
    last: () => snapshot!,
    async export(files, map) {
      const answers = await settle({ kind: 'export', requestId: 1, files, map });
      return answers.find((event) => event.kind === 'exported') as Of<'exported'>;
    },
  };
}

function fail({ failure }: Extract<EngineEvent, { failure: unknown }>): never {
  throw failure.kind === 'input' || failure.kind === 'memory' ? new InputError(failure.message) : new Error(failure.message);
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
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new InputError(`--out is "${folder}", where no files can be written: ${(error as Error).message}.`);
  }
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
