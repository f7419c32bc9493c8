import { missingTest, usualMissingMarks } from '../missing';
import { NumberReader } from '../number';
import { looksLikeDate } from '../time';
import { splitUnit } from '../units';
import { usualWidth } from './delimiter';

type Row = readonly string[];

const isMissing = missingTest(usualMissingMarks);
const readers = [new NumberReader('.'), new NumberReader(',')];

/** A number under either decimal mark. */
function isNumber(text: string): boolean {
  return readers.some((reader) => reader.read(text.trim()));
}

function isWord(text: string): boolean {
  const trimmed = text.trim();
  return !isMissing(trimmed) && !isNumber(trimmed) && !looksLikeDate(trimmed);
}

/**
 * How many rows stand before the table: comment lines, blank lines, and lines of text that fill at most half of
 * the usual width.
 */
export function detectPreamble(rows: readonly Row[]): number {
  const width = usualWidth(rows.filter((row) => row.length > 1));
  let at = 0;
  while (at < rows.length - 1 && isPreamble(rows[at], width)) at += 1;
  return at;
}

function isPreamble(row: Row, width: number): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return true;
  if (/^[#%@]/.test(filled[0].trim()) && !isMissing(filled[0].trim())) return row.length < width || filled.length < width || width < 2;
  const few = row.length < width ? filled.length <= width / 2 : filled.length < width / 2;
  return width > 1 && (filled.length < 2 || few) && filled.some(isWord);
}

/**
 * Whether the first row names the columns: words over numbers, a rising sequence (0, 1, 2 … or dates) that the
 * rows below do not continue, or nothing but words.
 */
export function detectHeader(first: Row, below: readonly Row[]): boolean {
  if (below.length === 0) return first.every((cell) => isWord(cell) || cell.trim() === '');
  let numericColumns = 0;
  let named = 0;
  first.forEach((cell, j) => {
    const cells = below.map((row) => (row[j] ?? '').trim()).filter((text) => !isMissing(text));
    const data = cells.filter((text) => isNumber(text) || splitUnit(text) !== null || looksLikeDate(text)).length;
    if (cells.length === 0 || data < 0.5 * cells.length) return;
    numericColumns += 1;
    if (isWord(cell)) named += 1;
  });
  if (numericColumns > 0 && named >= 0.5 * numericColumns) return true;
  if (isDateSequence(first) ? !isDateSequence(below[0]) : isSequence(first) && !below.slice(0, 3).every(isSequence)) return true;
  return numericColumns === 0 && first.every(isWord) && new Set(first).size === first.length && below.some((row) => row.some((cell) => isMissing(cell.trim())));
}

/** The cells from the first that is no word on, if there are three or more. */
function tailOf(row: Row): string[] {
  const cells = row.map((cell) => cell.trim());
  const from = cells.findIndex((cell) => cell !== '' && !isWord(cell));
  const tail = from === -1 ? [] : cells.slice(from).filter((cell) => cell !== '');
  return tail.length < 3 ? [] : tail;
}

/** Different dates, or times of day; words such as "Total" may follow them. */
function isDateSequence(row: Row): boolean {
  const tail = tailOf(row);
  while (tail.length > 3 && isWord(tail[tail.length - 1])) tail.pop();
  return tail.length > 0 && tail.every(looksLikeDate) && new Set(tail).size === tail.length;
}

/** Whole numbers with a constant step. */
function isSequence(row: Row): boolean {
  const tail = tailOf(row);
  if (tail.length === 0) return false;
  if (!tail.every((cell) => /^\d+$/.test(cell))) return false;
  const step = Number(tail[1]) - Number(tail[0]);
  return step > 0 && tail.every((cell, k) => k === 0 || Number(cell) - Number(tail[k - 1]) === step);
}

/** Column names, one a column: trimmed, filled in where empty, told apart where they repeat. */
export function columnNames(header: Row | null, width: number): { names: string[]; repeated: number[]; empty: number[] } {
  const taken = new UniqueNames();
  const repeated: number[] = [];
  const empty: number[] = [];
  const names = Array.from({ length: width }, (_, j) => {
    const given = (header?.[j] ?? '').trim();
    if (given === '' && header !== null) empty.push(j);
    const wanted = given === '' ? `column ${j + 1}` : given;
    const name = taken.take(wanted);
    if (name !== wanted) repeated.push(j);
    return name;
  });
  return { names, repeated, empty };
}

/** Names told apart: `text`, then `text (2)`, `text (3)` … */
export class UniqueNames {
  #taken = new Map<string, number>();

  take(text: string): string {
    let k = this.#taken.get(text) ?? 0;
    if (k === 0) {
      this.#taken.set(text, 1);
      return text;
    }
    let name: string;
    do name = `${text} (${++k})`;
    while (this.#taken.has(name));
    this.#taken.set(text, k);
    this.#taken.set(name, 1);
    return name;
  }
}
