import type { TimeAxis } from '../SeriesSet';
import { ownText } from './growing';
import { counted } from './notes';
import { formatWords, isDate, monthsApart, parseTime } from './time';
import type { TimeFormat } from './time';

const MOST_KNOWN = 200_000;

/** Turns the time cells of rows into keys, and the keys into steps in rising order. */
export class StepClock {
  #texts = new Map<number, string>();
  #words = new Map<string, number>();
  /** Times repeat from series to series. */
  #known = new Map<string, number>();

  constructor(
    readonly format: TimeFormat,
    readonly decimal: '.' | ',',
  ) {}

  /** The key of a time; NaN when the text is not one. */
  key(text: string): number {
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
    if (this.#known.size < MOST_KNOWN) this.#known.set(own, key);
    if (!Number.isNaN(key) && !this.#texts.has(key)) this.#texts.set(key, own);
    return key;
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
    sentence: `${how} They are irregular: ${count} of ${t - 1} steps are ${step}, the others differ. Each different time in the file is one step; methods see the order of the steps, not their length.`,
  };
}

function duration(ms: number): string {
  const units: [number, string][] = [[864e5, 'day'], [36e5, 'hour'], [6e4, 'minute'], [1e3, 'second']];
  for (const [size, name] of units) {
    if (ms >= size && Number.isInteger(ms / size)) return `${ms / size} ${name}${ms === size ? '' : 's'}`;
  }
  return `${ms} milliseconds`;
}
