import type { SeriesSet, TimeAxis } from '../../../core/series/SeriesSet';
import { dateTicks, type DateTick, linearTicks, type Tick } from '../../charts/ticks';
import { firstAtLeast } from '../shared/firstAtLeast';
import { type Filling, type Pieces, piecesOf } from './pieces';

export interface Row {
  series: number;
  variable: number;
  title: string;
  /** Colour of the imputed values: that of the cluster. */
  colour: string;
}

export interface SeriesView {
  set: SeriesSet;
  rows: readonly Row[];
  filling: Filling | null;
  /** [N, T] in [0, 1]: how much each step speaks for its series' cluster. */
  relevance?: Float32Array;
  /** The times that a person zoomed to; null: all. */
  zoom: readonly [number, number] | null;
  locale: string;
}

/** A row with a scale of its own. */
export interface DrawnRow extends Row {
  pieces: Pieces;
  low: number;
  high: number;
  ticks: Tick[];
  /** Places in `pieces.observed` whose neighbours are both missing: no line leads to them. */
  lone: number[];
  /** How much each step speaks for the cluster, at the times of `pieces.observed`; null where the method does not tell. */
  relevance: Float32Array | null;
}

export interface SeriesFigure {
  rows: DrawnRow[];
  x: { low: number; high: number; ticks: (Tick & Partial<DateTick>)[] };
}

/** The rows, to be drawn one below the other on one time axis; null without rows. */
export function seriesFigure({ set, rows, filling, relevance, zoom, locale }: SeriesView, { width }: { width: number }): SeriesFigure | null {
  if (rows.length === 0) return null;
  const drawn = rows.map((row): DrawnRow => {
    const { series, variable } = row;
    const pieces = piecesOf(set, series, variable, filling, firstAtLeast);
    const [low, high] = valueRange(pieces);
    const speaks = relevance ? relevance.subarray(series * set.t + set.starts[series], series * set.t + set.ends[series]) : null;
    return { ...row, pieces, low, high, ticks: linearTicks(low, high, rows.length > 4 ? 2 : 4), lone: lonePlaces(pieces.observed.y), relevance: speaks };
  });
  const { values } = set.time;
  const half = values.length > 1 ? (values[1] - values[0]) / 2 : 0.5;
  const [low, high] = zoom ?? [values[0] - half, values[values.length - 1] + half];
  return { rows: drawn, x: { low, high, ticks: timeTicks(set.time, low, high, Math.max(2, Math.floor(width / 110)), locale) } };
}

/** Values whose neighbours are both missing. */
function lonePlaces(y: Float64Array): number[] {
  const missing = (at: number): boolean => at < 0 || at >= y.length || Number.isNaN(y[at]);
  return Array.from(y.keys()).filter((at) => !missing(at) && missing(at - 1) && missing(at + 1));
}

/** The known values fix the scale, so that it stays put while the imputed ones move; these may go half a span beyond. */
function valueRange({ low, high, imputed }: Pieces): [number, number] {
  let [from, to] = low > high ? [Infinity, -Infinity] : [low, high];
  const beyond = low > high ? Infinity : (high - low || 1) / 2;
  for (const value of imputed.y) {
    if (value < from) from = Math.max(value, low > high ? value : low - beyond);
    if (value > to) to = Math.min(value, low > high ? value : high + beyond);
  }
  if (from > to) return [0, 1];
  const room = (to - from) * 0.06 || 0.5;
  return [from - room, to + room];
}

const DAY_MS = 86_400_000;

/** Times without a date are read as times of the first day of 1970, which nobody means. */
function isTimeOfDay(values: Float64Array): boolean {
  return values.every((value) => value >= 0 && value < DAY_MS) && values.some((value) => value > 0);
}

/** Letters of the name of a step below the axis. */
const LONGEST = 14;

function timeTicks({ kind, values, texts }: TimeAxis, low: number, high: number, most: number, locale: string): SeriesFigure['x']['ticks'] {
  if (kind === 'date') return dateTicks(low, high, most, locale, !isTimeOfDay(values));
  if (kind === 'number' || values.every((value, at) => texts[at] === String(value))) return linearTicks(low, high, most);
  const [first, end] = [firstAtLeast(values, low), firstAtLeast(values, high)];
  const every = Math.max(1, Math.ceil((end - first) / most));
  return Array.from({ length: Math.ceil((end - first) / every) }, (_, i) => first + i * every).map((at) => ({ at: values[at], text: shortened(texts[at] ?? '', LONGEST) }));
}

/** A text of the file, no longer than so many letters. */
export function shortened(text: string, longest: number): string {
  const letters = Array.from(text);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : text;
}

/** A time as the axis tells it: the name of a step, a date, or a number. */
export function timeText({ kind, values, texts }: TimeAxis, step: number, locale: string): string {
  if (kind !== 'date') return texts[step] ?? String(values[step]);
  const dated = !isTimeOfDay(values);
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(dated && { year: 'numeric', month: '2-digit', day: '2-digit' }) }).format(values[step]);
}

/** What is known of a row at place `at` of its steps. */
export function valuesAt({ pieces: { observed, imputed, hidden } }: Pick<DrawnRow, 'pieces'>, at: number): { kind: 'observed' | 'imputed' | 'hidden'; value: number }[] {
  const time = observed.x[at];
  if (Number.isFinite(observed.y[at])) return [{ kind: 'observed', value: observed.y[at] }];
  const found = [
    { kind: 'imputed', value: imputed.y[imputed.x.indexOf(time)] },
    { kind: 'hidden', value: hidden.y[hidden.x.indexOf(time)] },
  ] as const;
  return found.filter(({ value }) => value !== undefined);
}
