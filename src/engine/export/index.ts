import { check } from '../../core/lib/assert';
import { filledCells } from '../../core/series/filledCells';
import { rewriteFilled } from '../../core/series/rewrite';
import type { Dataset } from '../dataset';
import type { ExportFile } from '../protocol';
import type { RunRecord } from '../run/run';
import { assignmentsCsv } from './assignments';
import { latentCsv } from './latent';
import { runFile } from './runFile';

export interface ExportedFile {
  name: string;
  mime: string;
  blob: Blob;
}

export interface ExportContext {
  dataset: Dataset | null;
  record: RunRecord | null;
  /** [N, 2], or null when nothing was projected. */
  map: Float32Array | null;
  version: string;
}

/**
 * The files of a run, in the order asked for. Every number is written in the shortest form that reads back as the
 * same number; texts that a spreadsheet would run as a formula are made safe.
 * @throws InputError when there is no run, or no finished epoch yet.
 */
export async function exportFiles(files: readonly ExportFile[], { dataset, record, map, version }: ExportContext): Promise<ExportedFile[]> {
  check(dataset !== null && record !== null, 'There is nothing to export yet. Train on a data set first.');
  const { journal, start } = record;
  const { snapshot } = journal;
  const { set } = dataset;
  const needed = (): NonNullable<typeof snapshot> => {
    check(snapshot !== null, 'There is nothing to export before the first epoch has ended.');
    return snapshot;
  };
  const write = async (file: ExportFile): Promise<ExportedFile> => {
    switch (file) {
      case 'assignments': {
        const { assignments, confidence } = needed();
        return csv('assignments.csv', [assignmentsCsv(set.ids, assignments, confidence, map)]);
      }
      case 'latent': {
        const { latents, latentWidth } = needed();
        return csv('latent.csv', [latentCsv(set.ids, latents, latentWidth)]);
      }
      case 'imputed':
        return csv('imputed.csv', await collect(rewriteFilled(dataset.source, dataset.plan, set, { cells: start.gaps, values: needed().imputed }).parts));
      case 'filledCells':
        return csv('filled-cells.csv', [...filledCells(set, { cells: start.gaps, values: needed().imputed })]);
      case 'run':
        return { name: 'run.json', mime: 'application/json', blob: new Blob([`${JSON.stringify(await runFile(dataset, record, version), null, 2)}\n`], { type: 'application/json' }) };
    }
  };
  return Promise.all(files.map(write));
}

async function collect(parts: AsyncIterable<string>): Promise<string[]> {
  const collected: string[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

function csv(name: string, parts: string[]): ExportedFile {
  return { name, mime: 'text/csv', blob: new Blob(parts, { type: 'text/csv' }) };
}
