import { byteReader } from './bytes';
import type { ByteReader, SeriesSource } from './bytes';
import { detectPlan } from './detect';
import { decodeBlocks, detectEncoding, EncodingMismatch } from './encoding';
import { ImportError } from './importError';
import { counted } from './notes';
import type { Encoding, ImportPlan, ImportPreview } from './plan';
import { CELL_BUDGET } from './table';

const HEAD = 1 << 20;
const OTHER_TEXT: readonly [pattern: RegExp, what: string][] = [
  [/^\s*<(?:!doctype|html|\?xml|svg|table)\b/i, 'a web page or XML'],
  [/^\s*[[{]\s*(?:"[^"\n]*"\s*[:,]|[[{])/, 'JSON'],
];

export interface Sample {
  encoding: Encoding;
  preview: ImportPreview;
  /** Rows of the sample below the header, from which times are judged. */
  rows: string[][];
  /** About how many value cells the file holds. */
  valueCells: number;
}

/** The first rows of a file and what is made of its columns, without reading the rest. Throws an ImportError. */
export async function previewFile(source: SeriesSource, plan: Partial<ImportPlan> = {}): Promise<ImportPreview> {
  return (await previewReader(byteReader(source.bytes), plan, CELL_BUDGET)).preview;
}

export async function previewReader(bytes: ByteReader, given: Partial<ImportPlan>, cellBudget: number): Promise<Sample> {
  if (bytes.size === 0) throw new ImportError('The file is empty. Choose a file with a table in it.');
  const head = await bytes.read(0, Math.min(HEAD, bytes.size));
  const encoding = given.encoding ?? detectEncoding(head);
  const text = await headText(head, encoding, head.length === bytes.size);
  if (text.trim() === '') throw new ImportError('The file holds nothing but blank space. Choose a file with a table in it.');
  const other = OTHER_TEXT.find(([pattern]) => pattern.test(text));
  if (other !== undefined) throw new ImportError(`This is ${other[1]}, not a table. Export it as CSV.`);
  const { sampleRows, ...detected } = detectPlan(text, head.length === bytes.size, encoding, given);
  const { plan, columns } = detected;
  const roles = plan.roles.filter((role) => role === 'value').length;
  const summary = `${plan.layout === 'wide' ? 'one series a row' : plan.layout === 'long' ? 'one time step a row' : 'one series a column'}, ${counted(columns.length, 'column')}, ${roles} with values`;
  const preview: ImportPreview = { ...detected, summary };
  const valueCells = valueCellsOf(text, bytes.size / head.length, plan);
  checkSize(valueCells, bytes.size, cellBudget, preview);
  return { encoding, preview, rows: sampleRows, valueCells };
}

async function headText(head: Uint8Array, encoding: Encoding, whole: boolean): Promise<string> {
  const reader = { size: whole ? head.length : head.length + 1, read: async () => head };
  try {
    for await (const block of decodeBlocks(reader, encoding, false, head.length)) return block.text;
  } catch (error) {
    if (!(error instanceof EncodingMismatch)) throw error;
  }
  return '';
}

/** Value cells of a file that is `times` as long as its head, judged by the head's density. */
function valueCellsOf(head: string, times: number, { roles, delimiter }: ImportPlan): number {
  const values = roles.filter((role) => role === 'value').length / Math.max(1, roles.length);
  return Math.round((head.split(delimiter).length + head.split('\n').length) * times * values);
}

/** Refuses a file whose value cells would not fit. */
function checkSize(cells: number, bytes: number, budget: number, preview: ImportPreview): void {
  if (cells <= 1.1 * budget) return;
  throw new ImportError(
    `This file holds about ${cells.toLocaleString('en')} value cells (${Math.round(bytes / 1e6)} MB), more than the ${budget.toLocaleString('en')} that fit. Split the file, or leave out columns.`,
    preview,
  );
}
