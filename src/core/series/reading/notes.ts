import type { ImportNote, Severity } from './plan';

export interface Place {
  line?: number | null;
  /** 0-based. */
  column?: number | null;
  columnName?: string | null;
}

const PLACES_NAMED = 5;
const NOTES_KEPT = 200;

/**
 * Collects the findings of an import. Findings of one code (and one `key`) become one note: it keeps the
 * sentence and place of the first, counts the rest, and names the lines of the next few.
 */
export class NoteBook {
  #entries = new Map<string, { note: ImportNote; lines: number[] }>();

  add(severity: Severity, code: string, message: string, place: Place = {}, key = ''): void {
    const id = `${code}\u0000${key}`;
    const line = place.line ?? null;
    const known = this.#entries.get(id);
    if (known !== undefined) {
      known.note.count += 1;
      if (line !== null && known.lines.length < PLACES_NAMED && !known.lines.includes(line)) known.lines.push(line);
      return;
    }
    if (this.#entries.size >= NOTES_KEPT) return;
    const column = place.column ?? null;
    this.#entries.set(id, {
      note: { severity, code, message, line, column: column === null ? null : column + 1, columnName: place.columnName ?? null, count: 1 },
      lines: line === null ? [] : [line],
    });
  }

  /** Notes in order of severity, then of appearance. */
  list(): ImportNote[] {
    const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
    return [...this.#entries.values()]
      .map(({ note, lines }) => ({ ...note, message: note.message + others(note.count, lines) }))
      .sort((a, b) => order[a.severity] - order[b.severity]);
  }
}

function others(count: number, lines: readonly number[]): string {
  if (count === 1) return '';
  const rest = lines.slice(1);
  if (rest.length === 0) return ` (${count} times)`;
  const more = count > lines.length ? ' …' : '';
  return ` (${count} times; also line ${rest.join(', ')}${more})`;
}

/** Text of a file inside a sentence: short, on one line, without control characters. */
export function quote(text: string): string {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, '␣');
  return `«${clean.length > 40 ? `${clean.slice(0, 37)}…` : clean}»`;
}
