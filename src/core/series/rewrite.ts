import { InputError } from '../lib/assert';
import { csvCell, isFormula } from './csvCell';
import type { SeriesSet } from './SeriesSet';
import { within } from './SeriesSet';
import { byteReader } from './reading/bytes';
import type { SeriesSource } from './reading/bytes';
import { isFilled } from './reading/detect';
import { decodeBlocks } from './reading/encoding';
import { NoteBook, quote } from './reading/notes';
import { NumberReader, writeNumber } from './reading/number';
import type { ImportNote, ImportPlan } from './reading/plan';
import { fieldSpans, lineEnd, RecordReader } from './reading/records';
import { repeatsHeader, scanTable } from './reading/scan';
import type { Scan } from './reading/scan';
import { CELL_BUDGET } from './reading/table';

/** Values for gaps of a set, in original units. `cells` are flat indices, ascending. */
export interface Filled {
  readonly cells: Uint32Array;
  readonly values: Float64Array;
}

export interface Rewriting {
  /** The file, in parts. */
  parts: AsyncIterable<string>;
  /** Complete once the parts are read: rows that were inserted, texts that were made safe. */
  notes(): ImportNote[];
}

/**
 * Writes a file again with its gaps filled: same layout, dialect, columns and rows, as UTF-8.
 *
 * Every other cell keeps its text, letter for letter, except that text which a spreadsheet would run as a formula is
 * made plain and reported. Numbers are the shortest decimals that read back as the same double. Steps that a long
 * file has no row for become new rows, next to the nearest row before them. Read again under the same plan, the
 * result gives exactly the observed and the filled numbers; where a column carries a unit, these carry it too. A byte order mark leads where the file had one or was
 * not UTF-8, so that spreadsheets see the encoding.
 *
 * `filled` may name observed cells (hidden ones, for example); they keep what the file says.
 * Throws an InputError when the file is no longer the one that gave `set`.
 */
export function rewriteFilled(source: SeriesSource, plan: ImportPlan, set: SeriesSet, filled: Filled): Rewriting {
  const notes = new NoteBook();
  return { parts: rewrite(source, plan, set, filled, notes), notes: () => notes.list() };
}

async function* rewrite(source: SeriesSource, plan: ImportPlan, set: SeriesSet, filled: Filled, notes: NoteBook): AsyncGenerator<string, void, void> {
  const scan = await scanTable(source, plan, () => {}, CELL_BUDGET);
  if (scan.table.n !== set.n || scan.table.t !== set.t || scan.table.d !== set.d || scan.table.ids.some((id, i) => id !== set.ids[i])) {
    throw new InputError(`${quote(source.name)} has changed since it was read; open it again.`);
  }
  const bytes = byteReader(source.bytes);
  const head = await bytes.read(0, 3);
  if (plan.encoding !== 'utf-8' || (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)) yield '\ufeff';
  const writer = new RowWriter(scan, set, filled, notes);
  const records = new RecordReader(plan.delimiter, true);
  for await (const block of decodeBlocks(bytes, scan.plan.encoding, scan.strict)) {
    const batch = records.push(block.text, block.last);
    let part = '';
    for (let r = 0; r < batch.rows.length; r++) part += writer.row(batch.rows[r], batch.raw[r], batch.plain[r], batch.lines[r]);
    yield part;
  }
}

/** Takes the records of the file in order and gives each back with its gaps filled. */
class RowWriter {
  readonly #plan: ImportPlan;
  /** Column of the file for each step (wide), series (wideByColumn) or variable (long). */
  readonly #columns: Int32Array;
  /** [N, T], stacked [N, T, D]; 1 where a long file has a row. */
  readonly #present: Uint8Array | null;
  /** Rows of one series that a long file may have. */
  readonly #width: number;
  #record = 0;
  #place = -1;
  #started = false;
  #eol = '\n';

  constructor(
    readonly scan: Scan,
    readonly set: SeriesSet,
    readonly filled: Filled,
    readonly notes: NoteBook,
  ) {
    this.#plan = scan.plan;
    this.#columns = scan.table.columns;
    this.#present = null;
    this.#width = scan.table.stacked ? set.t * set.d : set.t;
    if (this.#plan.layout === 'long') {
      this.#present = new Uint8Array(set.n * this.#width);
      for (const place of scan.table.places) if (place >= 0) this.#present[place] = 1;
    }
  }

  row(cells: readonly string[], raw: string, plain: boolean, line: number): string {
    this.#record += 1;
    const eol = lineEnd(raw);
    if (eol !== '') this.#eol = eol;
    if (this.#record <= this.#plan.skipRows || !isFilled(cells)) return this.#write(cells, raw, plain, line, new Map());
    if (!this.#started) {
      this.#started = true;
      if (this.#plan.header) return this.#write(cells, raw, plain, line, new Map());
    }
    if (this.scan.header !== null && repeatsHeader(cells, this.scan.header)) return this.#write(cells, raw, plain, line, new Map());
    this.#place += 1;
    const place = this.scan.table.places[this.#place];
    if (place < 0) return this.#write(cells, raw, plain, line, new Map());
    const row = this.#write(cells, raw, plain, line, this.#fillings(place));
    return this.#plan.layout === 'long' ? this.#withAbsentRows(place, cells, row) : row;
  }

  /** Texts to put into the columns of a row. */
  #fillings(place: number): Map<number, string> {
    const { t, d, n } = this.set;
    const texts = new Map<number, string>();
    const put = (cell: number, column: number): void => {
      const value = this.#valueOf(cell);
      const unit = this.#plan.units?.[column] ?? '';
      if (value !== null) texts.set(column, unit === '' ? value : `${value} ${unit}`);
    };
    if (this.#plan.layout === 'wide') for (let k = 0; k < t; k++) put(place * t + k, this.#columns[k]);
    else if (this.#plan.layout === 'wideByColumn') for (let i = 0; i < n; i++) put(i * t + place, this.#columns[i]);
    else if (this.scan.table.stacked) put(place, this.#columns[0]);
    else for (let j = 0; j < d; j++) put(place * d + j, this.#columns[j]);
    return texts;
  }

  #valueOf(cell: number): string | null {
    if (this.set.mask[cell] === 1) return null;
    const at = find(this.filled.cells, cell);
    return at < 0 || !Number.isFinite(this.filled.values[at]) ? null : writeNumber(this.filled.values[at], this.#plan.decimal);
  }

  #write(cells: readonly string[], raw: string, plain: boolean, line: number, texts: ReadonlyMap<number, string>): string {
    const { delimiter } = this.#plan;
    const spans = fieldSpans(raw, delimiter, plain);
    if (spans.length !== 2 * cells.length) return this.#fromCells(cells, texts) + lineEnd(raw);
    let out = '';
    let at = 0;
    cells.forEach((cell, column) => {
      const text = texts.get(column);
      const changed = text !== undefined ? this.#number(text) : isFormula(cell) && !this.#isNumber(cell, column) ? this.#safe(cell, line, column) : null;
      if (changed === null) return;
      out += raw.slice(at, spans[2 * column]) + changed;
      at = spans[2 * column + 1];
    });
    const eol = lineEnd(raw);
    out += raw.slice(at, raw.length - eol.length);
    const last = Math.max(-1, ...texts.keys());
    for (let column = cells.length; column <= last; column++) out += delimiter + this.#number(texts.get(column) ?? '');
    return out + eol;
  }

  /** For a row with quotes so broken that its cells cannot be found in its text. */
  #fromCells(cells: readonly string[], texts: ReadonlyMap<number, string>): string {
    return cells.map((cell, column) => csvCell(texts.get(column) ?? cell, this.#plan.delimiter)).join(this.#plan.delimiter);
  }

  #number(text: string): string {
    return text.includes(this.#plan.delimiter) ? `"${text}"` : text;
  }

  /** True for a value that was read as a number, such as `-1,234.50` or `-5 kWh`: no spreadsheet runs anything for it. */
  #isNumber(cell: string, column: number): boolean {
    return this.#plan.roles[column] === 'value' && new NumberReader(this.#plan.decimal, this.#plan.thousands, this.#plan.units?.[column]).read(cell.trim());
  }

  #safe(cell: string, line: number, column: number): string {
    this.notes.add('warning', 'formulaText', `Line ${line}: ${quote(cell)} would run as a formula in a spreadsheet; an apostrophe was put before it.`, { line, column });
    return csvCell(cell, this.#plan.delimiter);
  }

  /** Puts rows for the absent steps that follow this one (and, before the first row of a series, precede it). */
  #withAbsentRows(place: number, cells: readonly string[], row: string): string {
    const width = this.#width;
    const i = Math.floor(place / width);
    const present = this.#present!;
    let before = '';
    if (present.indexOf(1, i * width) === place) for (let at = i * width; at < place; at++) before += this.#newRow(at, cells);
    let after = '';
    for (let at = place + 1; at < (i + 1) * width && present[at] === 0; at++) after += this.#newRow(at, cells);
    const joined = after !== '' && lineEnd(row) === '' ? `${row}${this.#eol}${after.slice(0, after.length - this.#eol.length)}` : row + after;
    return before + joined;
  }

  #newRow(place: number, like: readonly string[]): string {
    const { t, d, time, ids, variables } = this.set;
    const parts = this.#width / t;
    const [i, step] = [Math.floor(place / this.#width), Math.floor((place % this.#width) / parts)];
    const texts = within(this.set, i, step) ? this.#fillings(place) : new Map<number, string>();
    if (texts.size === 0) return '';
    this.notes.add('info', 'insertedRow', `Your file has no row for ${quote(ids[i])} at ${quote(time.texts[step])}${parts > 1 ? `, variable ${quote(variables[place % d])}` : ''}; one was put in for the filled values.`);
    const times = timeCells(time.texts[step], this.#plan.roles.filter((role) => role === 'time').length);
    const cells = this.#plan.roles.map((role, column) => {
      if (role === 'time') return csvCell(times.shift() ?? '', this.#plan.delimiter);
      if (role === 'variable') return csvCell(variables[place % d], this.#plan.delimiter);
      if (role === 'id' || role === 'label' || role === 'split') return csvCell(like[column] ?? '', this.#plan.delimiter);
      return this.#number(texts.get(column) ?? '');
    });
    return cells.join(this.#plan.delimiter) + this.#eol;
  }
}

/** The text of a step over its time columns: one word each from the end, the rest in the first. */
function timeCells(text: string, columns: number): string[] {
  const words = text.split(' ');
  const first = Math.max(1, words.length - columns + 1);
  return [words.slice(0, first).join(' '), ...words.slice(first)];
}

/** Index of `cell` in ascending `cells`, or -1. */
function find(cells: Uint32Array, cell: number): number {
  let low = 0;
  let high = cells.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (cells[middle] === cell) return middle;
    if (cells[middle] < cell) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
