import type { TimeAxis } from '../SeriesSet';
import { ownText } from './growing';
import type { StrayDates } from './mixedDates';
import { counted, quote } from './notes';
import { formatWords, isDate, monthsApart, parseTime } from './time';
import type { TimeFormat } from './time';

const MOST_KNOWN = 200_000;

/** Turns the time cells of rows into keys, and the keys into steps in rising order. */
export class StepClock {
  #texts = new Map<number, string>();
  #words = new Map<string, number>();
  /** Times repeat from series to series. */
  #known = new Map<string, number>();

  readonly format: TimeFormat;

  constructor(
    readonly strays: StrayDates,
    readonly decimal: '.' | ',',
  ) {
    this.format = strays.forms.format;
  }

  /** The key of the time in a line of the file; NaN when the text is not one. */
  key(text: string, line: number): number {
    const trimmed = text.trim();
    let key = this.#known.get(trimmed);
    if (key !== undefined) return key;
    if (this.format === 'text') {
      if (trimmed === '') return Number.NaN;
      key = this.#words.get(trimmed) ?? this.#words.size;
      if (key === this.#words.size) this.#words.set(ownText(trimmed), key);
    } else {
      key = parseTime(trimmed, this.format, this.decimal);
    }
    const own = ownText(trimmed);
    if (Number.isNaN(key)) key = this.strays.read(own, line);
    else if (this.#known.size < MOST_KNOWN) this.#known.set(own, key);
    if (!Number.isNaN(key) && !this.#texts.has(key)) this.#texts.set(key, own);
    return key;
  }

  /** Where the times stand: `1 «date»`. */
  get place(): string {
    const { column, columnName } = this.strays.column;
    return `${column + 1} ${quote(columnName)}`;
  }

  /** The text of a time in the file, quoted. */
  textOf(key: number): string {
    return quote(this.#texts.get(key) ?? '');
  }

  /** Why a row is left out for its time, and what to do. */
  refusal(text: string, line: number): string {
    const why = text.trim() === '' ? 'the time is empty' : `${quote(text)} is not a time like the others (${formatWords[this.format]})`;
    return `Line ${line}, column ${this.place}: ${why}; the row is left out. Mend the time in the file if the row belongs to the data.`;
  }

  /** The times in `used` in rising order, with the step of each. */
  axis(name: string, used: Iterable<number>): { axis: TimeAxis; stepOf: Map<number, number> } {
    const keys = Float64Array.from(new Set(used)).sort();
    const stepOf = new Map<number, number>();
    keys.forEach((key, step) => stepOf.set(key, step));
    const kind = this.format === 'text' ? 'index' : isDate(this.format) ? 'date' : 'number';
    return { axis: { kind, name, values: keys, texts: Array.from(keys, (key) => this.#texts.get(key)!) }, stepOf };
  }
}

/** One sentence on the spacing of the steps, or null when it is even (months count as even). */
export function spacing(axis: TimeAxis, format: TimeFormat): { even: boolean; sentence: string } | null {
  const t = axis.values.length;
  if (axis.kind === 'index' || t < 3) return null;
  const counts = new Map<number, number>();
  for (let k = 1; k < t; k++) {
    const d = Number((axis.values[k] - axis.values[k - 1]).toPrecision(9));
    counts.set(d, (counts.get(d) ?? 0) + 1);
  }
  const [usual, count] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  const months = axis.kind === 'date' ? monthsApart(axis.values) : null;
  const even = months !== null || counts.size === 1;
  const step = months !== null ? counted(months, 'month') : axis.kind === 'date' ? duration(usual) : String(usual);
  const how = `Times were read as ${formatWords[format]}.`;
  if (even) return { even, sentence: `${how} The step is ${step}.` };
  return {
    even,
    sentence: `${how} They are irregular: ${count} of ${t - 1} steps ${count === 1 ? 'is' : 'are'} ${step}, the ${t - 1 - count === 1 ? 'other differs' : 'others differ'}. Each different time in the file is one step; methods see the order of the steps, not their length.`,
  };
}

function duration(ms: number): string {
  const units: [number, string][] = [[864e5, 'day'], [36e5, 'hour'], [6e4, 'minute'], [1e3, 'second']];
  for (const [size, name] of units) {
    if (ms >= size && Number.isInteger(ms / size)) return `${ms / size} ${name}${ms === size ? '' : 's'}`;
  }
  return `${ms} milliseconds`;
}
