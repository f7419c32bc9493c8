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
import { detectDateForms, otherOrder, StrayDates } from './mixedDates';
import { missingTest } from './missing';
import { NoteBook, quote } from './notes';
import { NumberReader } from './number';
import type { Encoding, ImportPlan, ImportReport } from './plan';
import { previewReader } from './preview';
import type { Sample } from './preview';
import { RecordReader } from './records';
import { observed, withoutSeries } from './table';
import type { Table, TableReader } from './table';
import { tellSerialDates } from './tellSerialDates';
import { formatWords, looksLikeDate, parseTime } from './time';
import { wideReader } from './wide';

const COLUMNS_NAMED = 8;
/** Share of numbers from which a column left out is named. */
const SOME_NUMBERS = 0.2;

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
  /** Cells of the header. */
  header: readonly string[] | null;
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
  let header: readonly string[] | null = null;
  let cellReader: CellReader | null = null;
  try {
    for await (const block of decodeBlocks(bytes, encoding, strict)) {
      const batch = records.push(block.text, block.last);
      for (let r = 0; r < batch.rows.length; r++) {
        const cells = batch.rows[r];
        rows.total += 1;
        if (rows.total <= plan.skipRows) rows.preamble += 1;
        else if (!isFilled(cells)) rows.blank += 1;
        else if (reader !== null && header !== null && repeatsHeader(cells, header)) {
          rows.header += 1;
          notes.add('warning', 'repeatedHeader', `Line ${batch.lines[r]}: the row of column names occurs again; it is left out.`, { line: batch.lines[r] });
        } else if (reader === null) {
          if (plan.header) header = cells;
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
  if (rows.header > 0 && rows.total === rows.header + rows.preamble + rows.blank) throw new ImportError(`${quote(name)} holds no rows below the row of column names. Choose a file with series in it; if that row holds values, say that the first row has no names.`);
  const minCoverage = plan.minCoverage ?? 0;
  const table = withoutSeries(reader.finish(), plan, notes);
  if (table.n === 0 && notes.list().some(({ code }) => code === 'excludedSeries')) throw new ImportError('All series with values are left out. Take some of them back.');
  if (table.n === 0) throw new ImportError(notes.list().find(({ code }) => code === 'lowCoverage') ? `No series shows ${100 * minCoverage} % of its cells. Ask for less coverage.` : noValues(plan, notes));
  tellStructure(plan, records, notes, strict);
  tellEmptyVariables(table, notes);
  return { table, plan: { ...plan, align: table.align }, sample, rows: { ...rows, ...table.rows }, notes, bytes: bytes.size, sentinels: cellReader.sentinels, strict, header };
}

/** Files that were put together from several hold the column names again and again. */
export function repeatsHeader(cells: readonly string[], header: readonly string[]): boolean {
  return cells[0] === header[0] && cells.length === header.length && cells.every((cell, j) => cell === header[j]) && cells.some((cell) => /\p{L}/u.test(cell));
}

function tellEmptyVariables({ n, t, d, kinds, variables }: Table, notes: NoteBook): void {
  if (d === 1) return;
  const seen = new Uint8Array(d);
  for (let cell = 0; cell < n * t * d; cell++) if (observed(kinds[cell])) seen[cell % d] = 1;
  variables.forEach((name, j) => {
    if (seen[j] === 0) notes.add('warning', 'emptyVariable', `The variable ${quote(name)} holds no value in any series; give its column the role "ignore".`, { columnName: name }, name);
  });
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
  if (!plan.roles.includes('value')) throw new ImportError(given.roles === undefined ? `No column holds values: ${columns.length === 1 ? 'the one column is not made' : `none of the ${columns.length} columns is made`} of numbers${example(plan, columns, sample)}. Check the delimiter and the decimal mark, and give at least one column the role value.` : 'No column has the role "value". Give it to the columns that hold the numbers.');
  plan.roles.forEach((role, j) => {
    if (role === 'label') notes.add('info', 'labelColumn', `Column ${j + 1} ${quote(columns[j])} is taken as the class of each series. It is kept apart: methods never see it.`, { column: j, columnName: columns[j] });
  });
  tellUnused(plan, columns, notes);
  if (given.roles === undefined) tellNoNumbers(plan, columns, sample.rows, notes);
  if (plan.layout === 'wide') tellSeveralVariables(plan, columns, notes);
  if (plan.layout === 'wide') return wideReader(plan, columns, cells, notes, budget, sample.valueCells);
  const times = plan.roles.flatMap((role, j) => (role === 'time' ? [j] : []));
  const texts = sample.rows.map((row) => times.map((j) => (row[j] ?? '').trim()).join(' ').trim());
  const forms = detectDateForms(texts, plan.decimal, plan.dateOrder, plan.serialDates);
  const at = { column: times[0] ?? 0, columnName: columns[times[0]] ?? '' };
  const clock = new StepClock(new StrayDates(forms, notes, at, plan.decimal), plan.decimal);
  if (forms.unclear !== null && plan.dateOrder === undefined && texts.every((text) => Number.isNaN(parseTime(text, clock.format)) || !Number.isNaN(parseTime(text, otherOrder(clock.format))))) {
    notes.add('warning', 'ambiguousDates', `Dates such as ${quote(forms.unclear)} do not tell day from month; they were read as ${formatWords[clock.format]}. If that is wrong, say what comes first (day and month), or write the year first in the file.`, at);
  }
  if (plan.serialDates === undefined) tellSerialDates(clock.format === 'number' ? texts : texts.filter((text) => DAYS.test(text) && Number.isNaN(parseTime(text, clock.format))), clock.format !== 'number', at.columnName, at, plan, notes);
  if (plan.layout === 'wideByColumn') return byColumnReader(plan, columns, cells, clock, notes, budget);
  return longReader(plan, given.align ?? null, columns, cells, clock, notes, budget);
}

/** A number as dates of today have in a spreadsheet. */
const DAYS = /^\d{5}(?:[.,]\d+)?$/;

/** The last text in the last column: neither a name of a column nor of a series. */
function example(plan: ImportPlan, columns: readonly string[], { rows }: Sample): string {
  const isMissing = missingTest(plan.missingMarks);
  const j = columns.length - 1;
  const text = rows.map((row) => (row[j] ?? '').trim()).findLast((cell) => !isMissing(cell));
  return text === undefined ? '' : ` (column ${j + 1} ${quote(columns[j])} holds ${quote(text)}, for example)`;
}

function tellUnused(plan: ImportPlan, columns: readonly string[], notes: NoteBook): void {
  const unused = plan.roles.flatMap((role, j) => (role === 'ignore' ? [j] : []));
  if (unused.length === 0) return;
  const names = unused.slice(0, COLUMNS_NAMED).map((j) => `${j + 1} ${quote(columns[j])}`);
  const more = unused.length - names.length;
  const what = unused.length === 1 ? `Column ${names[0]} is` : `Columns ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} are`;
  notes.add('info', 'ignoredColumn', `${what} not used.`, { column: unused[0], columnName: columns[unused[0]] });
}

/** Names columns left out for their texts although they hold numbers, too. */
function tellNoNumbers(plan: ImportPlan, columns: readonly string[], rows: readonly (readonly string[])[], notes: NoteBook): void {
  const isMissing = missingTest(plan.missingMarks);
  plan.roles.forEach((role, j) => {
    if (role !== 'ignore') return;
    const numbers = new NumberReader(plan.decimal, plan.thousands, plan.units?.[j]);
    const filled = rows.map((row) => (row[j] ?? '').trim()).filter((text) => !isMissing(text));
    const texts = filled.filter((text) => !numbers.read(text));
    const share = 1 - texts.length / filled.length;
    if (!(share >= SOME_NUMBERS) || texts.length === 0 || looksLikeDate(texts[0])) return;
    notes.add('warning', 'ignoredNumbers', `Column ${j + 1} ${quote(columns[j])} is not used, although some of its cells are numbers: most are none, such as ${quote(texts[0])}. Give it the role "value" to read its numbers and take the rest as missing.`, { column: j, columnName: columns[j], text: texts[0] });
  });
}

/** Warns of a wide file whose columns are those of several variables, one block after the other. */
function tellSeveralVariables(plan: ImportPlan, columns: readonly string[], notes: NoteBook): void {
  const counts = new Map<string, number>();
  let others = 0;
  plan.roles.forEach((role, j) => {
    if (role !== 'value') return;
    const name = (columns[j] ?? '').trim();
    const stem = looksLikeDate(name) ? undefined : /^(.*\p{L}.*?)[ _.-]?\d+$/u.exec(name)?.[1];
    if (stem === undefined) others += 1;
    else counts.set(stem, (counts.get(stem) ?? 0) + 1);
  });
  const sizes = [...counts.values()];
  if (others > 0 || sizes.length < 2 || sizes[0] < 3 || sizes.some((size) => size !== sizes[0])) return;
  const names = [...counts.keys()].slice(0, COLUMNS_NAMED).map(quote).join(', ');
  notes.add('warning', 'severalVariables', `The columns look like ${counts.size} variables (${names}) of ${sizes[0]} steps each, but a file with one series a row holds one variable: all ${counts.size * sizes[0]} columns are read as steps of it. Write the file with one time step a row to keep the variables apart.`);
}

function noValues(plan: ImportPlan, notes: NoteBook): string {
  const bad = notes.list().find((note) => note.code === 'badNumber');
  return `No series with a value in it was found (read as ${plan.layout}, delimiter ${JSON.stringify(plan.delimiter)}, decimal mark ${plan.decimal}). ${bad === undefined ? 'Change the layout, the header or the roles of the columns.' : bad.message}`;
}

function tellStructure(plan: ImportPlan, records: RecordReader, notes: NoteBook, strict: boolean): void {
  if (plan.encoding !== 'utf-8') notes.add('info', 'encoding', `The text is ${plan.encoding === 'euc-kr' ? 'Korean, CP949 (EUC-KR)' : plan.encoding === 'windows-1252' ? 'Western European (Windows-1252)' : plan.encoding.toUpperCase()}.`);
  if (!strict) notes.add('warning', 'badBytes', `Some bytes are not valid ${plan.encoding.toUpperCase()}; they show as �. Choose another encoding if names look wrong.`);
  if (plan.decimal === ',') notes.add('info', 'decimalComma', 'Numbers were read with a decimal comma.');
  if (plan.skipRows > 0) notes.add('info', 'preamble', plan.skipRows === 1 ? 'The first row stands before the table and is skipped.' : `The first ${plan.skipRows} rows stand before the table and are skipped.`, { line: 1 });
  for (const { code, line } of records.problems) {
    if (code === 'mixedLineEnds') notes.add('info', code, 'Lines end in different ways (LF, CRLF, CR); all are taken as line ends.', { line });
    else if (code === 'unclosedQuote') notes.add('warning', code, `Line ${line}: a quote is opened and never closed; the line is read as plain text. Close the quote in the file.`, { line });
    else notes.add('warning', code, `Line ${line}: a quote stands inside a quoted cell; check where the cell ends.`, { line });
  }
}

