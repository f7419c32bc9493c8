import type { ImportNote, Severity } from './plan';

export interface Place {
  line?: number | null;
  /** 0-based. */
  column?: number | null;
  columnName?: string | null;
  /** What stands there; findings of one kind list their different texts. */
  text?: string;
  /** Id of the series, where leaving it out mends the finding. */
  series?: string;
}

const PLACES_NAMED = 5;
const TEXTS_NAMED = 8;
const NOTES_KEPT = 200;

/**
 * Collects the findings of an import. Findings of one code (and one `key`) become one note: it keeps the
 * sentence and place of the first, counts the rest, and names the lines and the texts of the next few.
 */
export class NoteBook {
  #entries = new Map<string, { note: ImportNote; lines: number[]; texts: string[] }>();

  add(severity: Severity, code: string, message: string, place: Place = {}, key = ''): void {
    const id = `${code}\u0000${key}`;
    const line = place.line ?? null;
    const known = this.#entries.get(id);
    if (known !== undefined) {
      known.note.count += 1;
      if (line !== null && known.lines.length <= PLACES_NAMED && !known.lines.includes(line)) known.lines.push(line);
      if (place.text !== undefined && known.texts.length <= TEXTS_NAMED && !known.texts.includes(place.text)) known.texts.push(place.text);
      return;
    }
    if (this.#entries.size >= NOTES_KEPT) return;
    const column = place.column ?? null;
    this.#entries.set(id, {
      note: { severity, code, message, line, column: column === null ? null : column + 1, columnName: place.columnName ?? null, count: 1, ...(place.series !== undefined && { series: place.series }) },
      lines: line === null ? [] : [line],
      texts: place.text === undefined ? [] : [place.text],
    });
  }

  /** Notes in order of severity, then of appearance. */
  list(): ImportNote[] {
    const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
    return [...this.#entries.values()]
      .map(({ note, lines, texts }) => ({ ...note, message: note.message + others(note.count, lines, texts) }))
      .sort((a, b) => order[a.severity] - order[b.severity]);
  }
}

function others(count: number, lines: readonly number[], texts: readonly string[]): string {
  if (count === 1) return '';
  const parts = [`${count} times`];
  const more = <A>(list: readonly A[], most: number): string => (list.length > most ? ' …' : '');
  const rest = lines.slice(1, PLACES_NAMED);
  if (rest.length > 0) parts.push(`also ${rest.length === 1 ? 'line' : 'lines'} ${rest.join(', ')}${more(lines, PLACES_NAMED)}`);
  if (texts.length > 1) parts.push(`other texts: ${texts.slice(1, TEXTS_NAMED).map(quote).join(', ')}${more(texts, TEXTS_NAMED)}`);
  return ` (${parts.join('; ')})`;
}

/** `1 row`, `2 rows`. */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${count} ${count === 1 ? thing : things}`;
}

/** What a row has and what the table wants: `1 cell where 3 are expected`. */
export function cellsExpected(found: number, expected: number): string {
  return `${counted(found, 'cell')} where ${expected} ${expected === 1 ? 'is' : 'are'} expected`;
}

/** Cells beyond the last column, left out. */
export function pastLast(refused: number): string {
  return refused === 1 ? 'The one past the last column is left out' : `The ${refused} past the last column are left out`;
}

/** Text of a file inside a sentence: short, on one line, without control characters. */
export function quote(text: string): string {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, '␣');
  return `«${clean.length > 40 ? `${clean.slice(0, 37)}…` : clean}»`;
}
