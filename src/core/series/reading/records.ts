import Papa from 'papaparse';

/** Rows of text as they stand in the file. */
export interface RecordBatch {
  rows: string[][];
  /** 1-based line on which each row starts. */
  lines: number[];
  /** Where each row stands in the text, end of line included; only when asked for. */
  raw: string[];
}

export interface RecordProblem {
  code: 'unclosedQuote' | 'strayQuote' | 'mixedLineEnds';
  line: number;
}

/** A quoted cell longer than this many characters or lines is taken for a quote that is never closed. */
const LONGEST_QUOTED = 1 << 16;
const MOST_QUOTED_LINES = 200;

/**
 * Cuts text, given in blocks of any size, into rows of cells. Line ends may be mixed; quoted cells may hold
 * delimiters, quotes and line ends. A quote that is never closed makes its line plain text, and is told.
 * Rows without a quote are cut here, the others by papaparse.
 */
export class RecordReader {
  readonly problems: RecordProblem[] = [];
  #rest = '';
  #line = 1;
  #lineEnds = new Set<string>();
  #parser: Papa.Parser;

  constructor(
    readonly delimiter: string,
    readonly keepRaw = false,
  ) {
    this.#parser = new Papa.Parser({ delimiter, newline: '\n' });
  }

  push(block: string, last: boolean): RecordBatch {
    const batch: RecordBatch = { rows: [], lines: [], raw: [] };
    let raw = this.#rest + block;
    if (!last && raw.endsWith('\r')) {
      this.#rest = raw;
      return batch;
    }
    this.#watchLineEnds(raw);
    const text = raw.includes('\r') ? raw.replace(/\r(?!\n)/g, '\n') : raw;
    let at = 0;
    let nextQuote = text.indexOf('"');
    while (at < text.length) {
      let end = text.indexOf('\n', at);
      if (end === -1) {
        if (!last && !(nextQuote !== -1 && tooLong(text, at))) break;
        end = text.length;
      }
      if (nextQuote !== -1 && nextQuote < at) nextQuote = text.indexOf('"', at);
      let cells: string[];
      if (nextQuote === -1 || nextQuote >= end) {
        cells = this.#plain(text, at, end);
      } else {
        const close = recordEnd(text, at, this.delimiter);
        if (close === -1 && !last && !tooLong(text, at)) break;
        if (close === -1 || tooManyLines(text, at, close)) {
          this.problems.push({ code: 'unclosedQuote', line: this.#line });
          cells = this.#plain(text, at, end);
        } else {
          end = close;
          cells = this.#quoted(text.slice(at, end));
        }
      }
      const next = Math.min(end + 1, text.length);
      batch.rows.push(cells);
      batch.lines.push(this.#line);
      if (this.keepRaw) batch.raw.push(raw.slice(at, next));
      this.#line += countLineEnds(text, at, next);
      at = next;
    }
    this.#rest = raw.slice(at);
    raw = '';
    return batch;
  }

  #plain(text: string, at: number, end: number): string[] {
    const line = text.slice(at, end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    return this.#split(line.split(this.delimiter));
  }

  #quoted(record: string): string[] {
    const result = this.#parser.parse(record, 0, false) as { data: string[][]; errors: unknown[] };
    if (result.errors.length > 0) this.problems.push({ code: 'strayQuote', line: this.#line });
    const cells = result.data[0] ?? [''];
    const end = cells.length - 1;
    if (cells[end].endsWith('\r') && record.endsWith('\r')) cells[end] = cells[end].slice(0, -1);
    return this.#split(cells);
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
  return text.length - at > LONGEST_QUOTED && text.indexOf('\n', at) !== -1;
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
  let at = start;
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at, delimiter);
      if (close === -1) return -1;
      at = close + 1;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at += 1;
    } else {
      const line = text.indexOf('\n', at);
      const next = text.indexOf(delimiter, at);
      at = next === -1 || (line !== -1 && line < next) ? (line === -1 ? text.length : line) : next;
    }
    if (at >= text.length) return text.length;
    if (text[at] === '\n') return at;
    at += 1;
  }
}

/** A closing quote is followed by a delimiter, a line end or the end of text, spaces aside. */
function closingQuote(text: string, open: number, delimiter: string): number {
  for (let at = open + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1) return -1;
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    let after = at + 1;
    while (after < text.length && text[after] !== delimiter && text[after] !== '\n' && text[after].trim() === '') after += 1;
    if (after >= text.length || text[after] === delimiter || text[after] === '\n') return at;
  }
}
