import { check } from '../../core/lib/assert';
import { observedMask } from '../../core/lib/observedMask';
import { isFormula } from '../../core/series/csvCell';
import { filledCells } from '../../core/series/filledCells';
import { quote } from '../../core/series/reading/notes';
import type { ImportNote } from '../../core/series/reading/plan';
import { rewriteFilled } from '../../core/series/rewrite';
import type { Dataset } from '../dataset';
import type { ExportFile, ExportMap } from '../protocol';
import type { RunRecord } from '../run/run';
import { assignmentsCsv } from './assignments';
import { latentCsv } from './latent';
import { noRelevance, relevanceCsv } from './relevance';
import { runFile } from './runFile';

export interface ExportedFile {
  name: string;
  mime: string;
  blob: Blob;
}

export interface ExportContext {
  dataset: Dataset | null;
  record: RunRecord | null;
  /** null when nothing was projected. */
  map: ExportMap | null;
  /** What the person calls clusters, by number. */
  clusterNames: Readonly<Record<number, string>>;
  version: string;
}

/**
 * The files of a run, in the order asked for. Every number is written in the shortest form that reads back as the
 * same number; texts that a spreadsheet would run as a formula are made safe. `notes` tell of such texts, and of rows
 * that the filled file has and the person's own has not; and why there is no heat map, where one was asked for.
 * @throws InputError when there is no run, or no finished epoch yet.
 */
export async function exportFiles(files: readonly ExportFile[], { dataset, record, map, clusterNames, version }: ExportContext): Promise<{ files: ExportedFile[]; notes: ImportNote[] }> {
  check(dataset !== null && record !== null, 'There is nothing to export yet. Train on a data set first.');
  const { journal, start } = record;
  const { snapshot } = journal;
  const set = { ...dataset.set, mask: observedMask(dataset.set.mask, start.gaps, start.hidden) };
  const needed = (): NonNullable<typeof snapshot> => {
    check(snapshot !== null, 'There is nothing to export before the first epoch has ended.');
    return snapshot;
  };
  let notes: ImportNote[] = [];
  const write = async (file: ExportFile): Promise<ExportedFile | null> => {
    switch (file) {
      case 'assignments': {
        const { assignments, confidence } = needed();
        return csv('assignments.csv', [assignmentsCsv(set.ids, assignments, confidence, map?.places ?? null, clusterNames)]);
      }
      case 'latent': {
        const { latents, latentWidth } = needed();
        return csv('latent.csv', [latentCsv(set.ids, latents, latentWidth)]);
      }
      case 'imputed': {
        const rewriting = rewriteFilled(dataset.source, dataset.plan, set, { cells: start.gaps, values: needed().imputed });
        const parts = await collect(rewriting.parts);
        notes = rewriting.notes();
        return csv('imputed.csv', parts);
      }
      case 'filledCells':
        return csv('filled-cells.csv', [...filledCells(set, { cells: start.gaps, values: needed().imputed })]);
      case 'relevance': {
        const { assignments, relevance } = needed();
        return relevance ? csv('relevance.csv', [...relevanceCsv(set, assignments, relevance)]) : null;
      }
      case 'run':
        return { name: 'run.json', mime: 'application/json', blob: new Blob([`${JSON.stringify(await runFile(dataset, record, map, version, clusterNames), null, 2)}\n`], { type: 'application/json' }) };
    }
  };
  const written = await Promise.all(files.map(write));
  const missing = files.filter((_, at) => written[at] === null).map(() => noRelevance(start.spec.method));
  return { files: written.filter((file) => file !== null), notes: [...notes, ...unsafeIds(files, set.ids), ...missing] };
}

/** Ids that were changed in the files that list them. */
function unsafeIds(files: readonly ExportFile[], ids: readonly string[]): ImportNote[] {
  const unsafe = ids.filter(isFormula);
  if (unsafe.length === 0 || !files.some((file) => file === 'assignments' || file === 'filledCells' || file === 'latent' || file === 'relevance')) return [];
  const message = `${unsafe.length === 1 ? `The id ${quote(unsafe[0])} would` : `${unsafe.length} ids, such as ${quote(unsafe[0])}, would`} run as a formula in a spreadsheet; an apostrophe was put before ${unsafe.length === 1 ? 'it' : 'each'} wherever ids are listed.`;
  return [{ severity: 'warning', code: 'formulaId', message, line: null, column: null, columnName: null, count: unsafe.length }];
}

async function collect(parts: AsyncIterable<string>): Promise<string[]> {
  const collected: string[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

function csv(name: string, parts: string[]): ExportedFile {
  return { name, mime: 'text/csv', blob: new Blob(parts, { type: 'text/csv' }) };
}
