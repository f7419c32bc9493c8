import { byColumnReader } from './byColumn';
import { byteReader } from './bytes';
import type { ByteReader, SeriesSource } from './bytes';
import { CellReader } from './cells';
import { StepClock } from './clock';
import { columnNames } from './detect/header';
import { isFilled } from './detect';
import { decodeBlocks, detectLegacy, EncodingMismatch } from './encoding';
import { ImportError } from './importError';
import { longReader } from './long';
import { NoteBook, quote } from './notes';
import type { Encoding, ImportPlan, ImportReport } from './plan';
import { previewReader } from './preview';
import type { Sample } from './preview';
import { RecordReader } from './records';
import { withoutEmptySeries } from './table';
import type { Table, TableReader } from './table';
import { detectTimeFormat } from './time';
import { wideReader } from './wide';

export type Progress = (bytesRead: number, bytesTotal: number) => void;

/** A file laid out as a table, before ends and labels are settled. */
export interface Scan {
  table: Table;
  plan: ImportPlan;
  sample: Sample;
  rows: ImportReport['rows'];
  notes: NoteBook;
  bytes: number;
  /** Cells that held each sentinel of the plan. */
  sentinels: ReadonlyMap<number, number>;
  /** False when some bytes do not fit the encoding. */
  strict: boolean;
}

/** One pass over the file under the given and the detected plan. Throws an ImportError. */
export async function scanTable(source: SeriesSource, given: Partial<ImportPlan>, onProgress: Progress, budget: number): Promise<Scan> {
  const bytes = byteReader(source.bytes);
  const sample = await previewReader(bytes, given, budget);
  try {
    return await scanUnder(source.name, bytes, sample, given, sample.encoding, true, onProgress, budget);
  } catch (error) {
    if (error instanceof ImportError && error.preview === null) throw new ImportError(error.message, sample.preview, error.line);
    throw error;
  }
}

async function scanUnder(name: string, bytes: ByteReader, sample: Sample, given: Partial<ImportPlan>, encoding: Encoding, strict: boolean, onProgress: Progress, budget: number): Promise<Scan> {
  const plan: ImportPlan = { ...sample.preview.plan, encoding };
  const notes = new NoteBook();
  const rows = { total: 0, preamble: 0, header: 0, data: 0, blank: 0, rejected: 0 };
  const records = new RecordReader(plan.delimiter);
  let reader: TableReader | null = null;
  let cellReader: CellReader | null = null;
  try {
    for await (const block of decodeBlocks(bytes, encoding, strict)) {
      const batch = records.push(block.text, block.last);
      for (let r = 0; r < batch.rows.length; r++) {
        const cells = batch.rows[r];
        rows.total += 1;
        if (rows.total <= plan.skipRows) rows.preamble += 1;
        else if (!isFilled(cells)) rows.blank += 1;
        else if (reader === null) {
          cellReader = new CellReader(plan, tableColumns(plan, cells, notes, batch.lines[r]), notes);
          reader = makeReader(plan, given, cellReader, sample, budget);
          if (plan.header) rows.header += 1;
          else reader.row(cells, batch.lines[r]);
        } else reader.row(cells, batch.lines[r]);
      }
      onProgress(block.bytesRead, bytes.size);
    }
  } catch (error) {
    if (!(error instanceof EncodingMismatch)) throw error;
    const other = encoding === 'utf-8' && given.encoding === undefined ? detectLegacy(error.bytes) : encoding;
    return scanUnder(name, bytes, sample, given, other, other !== encoding, onProgress, budget);
  }
  if (reader === null || cellReader === null) throw new ImportError(`${quote(name)} holds no rows${plan.skipRows > 0 ? ` after the ${plan.skipRows} that are skipped` : ''}. Choose a file with a table in it.`);
  const table = withoutEmptySeries(reader.finish(), plan.layout, notes);
  if (table.n === 0) throw new ImportError(noValues(plan, notes));
  tellStructure(plan, records, notes, strict);
  return { table, plan: { ...plan, align: table.align }, sample, rows: { ...rows, ...table.rows }, notes, bytes: bytes.size, sentinels: cellReader.sentinels, strict };
}

function tableColumns(plan: ImportPlan, first: readonly string[], notes: NoteBook, line: number): string[] {
  const width = plan.header ? first.length : Math.max(plan.roles.length, first.length);
  const { names, repeated, empty } = columnNames(plan.header ? first : null, width);
  for (const j of repeated) notes.add('warning', 'duplicateHeader', `Line ${line}: the column name ${quote(first[j].trim())} occurs before; this column is called ${quote(names[j])}.`, { line, column: j, columnName: names[j] });
  for (const j of empty) notes.add('info', 'emptyHeader', `Line ${line}: column ${j + 1} has no name; it is called ${quote(names[j])}.`, { line, column: j, columnName: names[j] });
  return names;
}

function makeReader(plan: ImportPlan, given: Partial<ImportPlan>, cells: CellReader, sample: Sample, budget: number): TableReader {
  const { columns, notes } = cells;
  if (!plan.roles.includes('value')) throw new ImportError(`No column holds values: none of the ${columns.length} columns is made of numbers. Check the delimiter and the decimal mark, and give at least one column the role value.`);
  plan.roles.forEach((role, j) => {
    if (role === 'label') notes.add('info', 'labelColumn', `Column ${j + 1} ${quote(columns[j])} is taken as the class of each series. It is kept apart: methods never see it.`, { column: j, columnName: columns[j] });
    if (role === 'ignore') notes.add('info', 'ignoredColumn', `Column ${j + 1} ${quote(columns[j])} is not used.`, { column: j, columnName: columns[j] }, 'one');
  });
  if (plan.layout === 'wide') return wideReader(plan, columns, cells, notes, budget);
  const times = plan.roles.flatMap((role, j) => (role === 'time' ? [j] : []));
  const texts = sample.rows.map((row) => times.map((j) => (row[j] ?? '').trim()).join(' ').trim());
  const clock = new StepClock(detectTimeFormat(texts, plan.decimal), plan.decimal);
  if (plan.layout === 'wideByColumn') return byColumnReader(plan, columns, cells, clock, notes, budget);
  return longReader(plan, given.align ?? null, columns, cells, clock, notes, budget);
}

function noValues(plan: ImportPlan, notes: NoteBook): string {
  const bad = notes.list().find((note) => note.code === 'badNumber');
  return `No series with a value in it was found (read as ${plan.layout}, delimiter ${JSON.stringify(plan.delimiter)}, decimal mark ${plan.decimal}). ${bad === undefined ? 'Change the layout, the header or the roles of the columns.' : bad.message}`;
}

function tellStructure(plan: ImportPlan, records: RecordReader, notes: NoteBook, strict: boolean): void {
  if (plan.encoding !== 'utf-8') notes.add('info', 'encoding', `The text is ${plan.encoding === 'euc-kr' ? 'Korean, CP949 (EUC-KR)' : plan.encoding.toUpperCase()}.`);
  if (!strict) notes.add('warning', 'badBytes', `Some bytes are not valid ${plan.encoding.toUpperCase()}; they show as �. Choose another encoding if names look wrong.`);
  if (plan.decimal === ',') notes.add('info', 'decimalComma', 'Numbers were read with a decimal comma.');
  if (plan.skipRows > 0) notes.add('info', 'preamble', `The first ${plan.skipRows} row(s) stand before the table and are skipped.`, { line: 1 });
  for (const { code, line } of records.problems) {
    if (code === 'mixedLineEnds') notes.add('info', code, 'Lines end in different ways (LF, CRLF, CR); all are taken as line ends.', { line });
    else if (code === 'unclosedQuote') notes.add('warning', code, `Line ${line}: a quote is opened and never closed; the line is read as plain text. Close the quote in the file.`, { line });
    else notes.add('warning', code, `Line ${line}: a quote stands inside a quoted cell; check where the cell ends.`, { line });
  }
}

