import Papa from 'papaparse';

/** Rows of text as they stand in the file. */
export interface RecordBatch {
  rows: string[][];
  /** 1-based line on which each row starts. */
  lines: number[];
  /** Where each row stands in the text, end of line included; only when asked for. */
  raw: string[];
  /** Whether quotes in the row were read as letters; only when asked for. */
  plain: boolean[];
}

export interface RecordProblem {
  code: 'unclosedQuote' | 'strayQuote' | 'mixedLineEnds';
  line: number;
}

/** A quoted cell longer than this many characters or lines is taken for a quote that is never closed. */
const LONGEST_QUOTED = 1 << 16;
const MOST_QUOTED_LINES = 200;
const MOST_MISSES = 100;

/**
 * Cuts text, given in blocks of any size, into rows of cells. Line ends may be mixed; quoted cells may hold
 * delimiters, quotes and line ends. A quote that is never closed makes its line plain text, and is told.
 * Rows without a quote are cut here, the others by papaparse.
 */
export class RecordReader {
  readonly problems: RecordProblem[] = [];
  #pieces: string[] = [];
  #line = 1;
  #lineEnds = new Set<string>();
  #parser: Papa.Parser;

  constructor(
    readonly delimiter: string,
    readonly keepRaw = false,
  ) {
    this.#parser = new Papa.Parser({ delimiter, newline: '\n' });
  }

  /** The rows that the text holds so far; `most` stops early, for samples. */
  push(block: string, last: boolean, most = Number.POSITIVE_INFINITY): RecordBatch {
    const batch: RecordBatch = { rows: [], lines: [], raw: [], plain: [] };
    if (!last && (block.endsWith('\r') || !/[\n\r]/.test(block))) {
      this.#pieces.push(block);
      return batch;
    }
    const before = this.#pieces.join('');
    const raw = before + block;
    this.#watchLineEnds(raw.slice(Math.max(0, before.length - 1)));
    const text = raw.includes('\r') ? raw.replace(/\r(?!\n)/g, '\n') : raw;
    let at = 0;
    let nextQuote = text.indexOf('"');
    while (at < text.length && batch.rows.length < most) {
      let end = text.indexOf('\n', at);
      if (end === -1) {
        if (!last) break;
        end = text.length;
      }
      if (nextQuote !== -1 && nextQuote < at) nextQuote = text.indexOf('"', at);
      let cells: string[];
      let plain = true;
      if (nextQuote === -1 || nextQuote >= end) {
        cells = this.#plain(text, at, end);
      } else {
        const close = recordEnd(text, at, this.delimiter);
        if (!last && (close === text.length || (close === -1 && !tooLong(text, at)))) break;
        if (close === -1 || tooManyLines(text, at, close)) {
          this.problems.push({ code: 'unclosedQuote', line: this.#line });
          cells = this.#plain(text, at, end);
        } else {
          end = close;
          plain = false;
          cells = this.#quoted(raw.slice(at, end));
        }
      }
      const next = Math.min(end + 1, text.length);
      batch.rows.push(cells);
      batch.lines.push(this.#line);
      if (this.keepRaw) {
        batch.raw.push(raw.slice(at, next));
        batch.plain.push(plain);
      }
      this.#line += countLineEnds(text, at, next);
      at = next;
    }
    this.#pieces = [raw.slice(at)];
    return batch;
  }

  #plain(text: string, at: number, end: number): string[] {
    const line = text.slice(at, end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    return this.#split(line.split(this.delimiter));
  }

  #quoted(record: string): string[] {
    if (this.delimiter === ' ') return spansOf(record, ' ').map(unquote);
    const result = this.#parser.parse(`${record}\n`, 0, false) as { data: string[][]; errors: unknown[] };
    if (result.errors.length > 0) this.problems.push({ code: 'strayQuote', line: this.#line });
    const cells = result.data[0] ?? [''];
    const end = cells.length - 1;
    if (record.endsWith('\r') && cells[end].endsWith('\r')) cells[end] = cells[end].slice(0, -1);
    return cells;
  }

  /** Several spaces are one delimiter. */
  #split(cells: string[]): string[] {
    if (this.delimiter !== ' ') return cells;
    const kept = cells.filter((cell) => cell !== '');
    return kept.length === 0 ? [''] : kept;
  }

  #watchLineEnds(text: string): void {
    if (this.#lineEnds.size > 1) return;
    if (text.includes('\r\n')) this.#lineEnds.add('crlf');
    if (/\r(?!\n)/.test(text)) this.#lineEnds.add('cr');
    if (/(?:^|[^\r])\n/.test(text)) this.#lineEnds.add('lf');
    if (this.#lineEnds.size > 1) this.problems.push({ code: 'mixedLineEnds', line: this.#line });
  }
}

function tooLong(text: string, at: number): boolean {
  return text.length - at > LONGEST_QUOTED;
}

function tooManyLines(text: string, at: number, end: number): boolean {
  return countLineEnds(text, at, end) > MOST_QUOTED_LINES;
}

function countLineEnds(text: string, at: number, end: number): number {
  let count = 0;
  for (let i = text.indexOf('\n', at); i !== -1 && i < end; i = text.indexOf('\n', i + 1)) count += 1;
  return count;
}

/** Index of the line end that closes the record starting at `start` (or of the end of text); -1 when a quote stays open. */
export function recordEnd(text: string, start: number, delimiter: string): number {
  for (let at = start; ; at += 1) {
    at = fieldEnd(text, at, delimiter);
    if (at === -1 || at >= text.length || text[at] === '\n') return at;
  }
}

/**
 * Where the cells of one record stand in its text: start, end, start, end …; quotes and spaces belong to the cell,
 * the line end does not. `plain`: quotes are letters like others.
 */
export function fieldSpans(record: string, delimiter: string, plain: boolean): number[] {
  const length = record.length - lineEnd(record).length;
  const spans: number[] = [];
  for (let at = 0; ; at += 1) {
    const start = at;
    const end = plain ? record.indexOf(delimiter, at) : fieldEnd(record, at, delimiter);
    at = end === -1 ? length : Math.min(end, length);
    if (delimiter !== ' ' || at > start) spans.push(start, at);
    if (at >= length) return spans.length === 0 ? [0, 0] : spans;
  }
}

/** The line end of a record: LF, CRLF, CR or nothing. */
export function lineEnd(record: string): string {
  return /\r?\n$|\r$/.exec(record)?.[0] ?? '';
}

/** Index of the delimiter, line end or end of text that closes the cell starting at `at`; -1 when its quote stays open. */
function fieldEnd(text: string, at: number, delimiter: string): number {
  let end = at;
  if (text[at] === '"') {
    const close = closingQuote(text, at, delimiter);
    if (close === -1) return -1;
    end = close + 1;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
    return end;
  }
  const line = text.indexOf('\n', at);
  const next = text.indexOf(delimiter, at);
  if (next === -1 || (line !== -1 && line < next)) return line === -1 ? text.length : line;
  return next;
}

/**
 * A closing quote is followed by a delimiter, a line end or the end of text, spaces aside. A cell that is very long,
 * or holds very many quotes that close nothing, is taken as never closed.
 */
function closingQuote(text: string, open: number, delimiter: string): number {
  let misses = 0;
  for (let at = open + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1 || at - open > LONGEST_QUOTED) return -1;
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    let after = at + 1;
    while (after < text.length && text[after] !== delimiter && text[after] !== '\n' && text[after].trim() === '') after += 1;
    if (after >= text.length || text[after] === delimiter || text[after] === '\n') return at;
    misses += 1;
    if (misses > MOST_MISSES) return -1;
  }
}

function spansOf(record: string, delimiter: string): string[] {
  const spans = fieldSpans(record, delimiter, false);
  return Array.from({ length: spans.length / 2 }, (_, k) => record.slice(spans[2 * k], spans[2 * k + 1]));
}

function unquote(cell: string): string {
  const text = cell.trimEnd();
  return text.length > 1 && text[0] === '"' && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : cell;
}
