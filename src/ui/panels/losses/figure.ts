import type { LossTerm } from '../../../core/catalog';
import type { Losses } from '../../../core/run';
import { groupColour, type Scheme } from '../../charts/colours';
import { linearTicks, logTicks, type Tick } from '../../charts/ticks';

/** Lengths of strokes and gaps, in pixels. */
const DASHES: readonly (readonly number[])[] = [[], [9, 9], [3, 3], [9, 3, 3, 3], [15, 15], [15, 6, 3, 6]];

/** How a loss term is drawn, here and in the legend. */
export function termLook(index: number, scheme: Scheme): { colour: string; dash: readonly number[] } {
  return { colour: groupColour(index, scheme), dash: DASHES[index % DASHES.length] };
}

export interface LossesView {
  history: readonly { epoch: number; losses: Losses | null }[];
  terms: readonly LossTerm[];
  hidden: ReadonlySet<string>;
  log: boolean;
  /** The epochs that a person zoomed to; null: all. */
  zoom: readonly [number, number] | null;
}

export interface Axis {
  low: number;
  high: number;
  ticks: Tick[];
}

export interface Line {
  key: string;
  label: string;
  colour: string;
  dash: readonly number[];
  /** [E]; logarithms on a logarithmic axis. */
  values: Float64Array;
}

export interface LossesFigure {
  /** [E], ascending. */
  epochs: Float64Array;
  lines: Line[];
  x: Axis;
  y: Axis;
}

/** Share of the height left free above and below the lines. */
const ROOM = 0.055;

/** One line for each loss term over the epochs; null before the first epoch. */
export function lossesFigure({ history, terms, hidden, log, zoom }: LossesView, { width, scheme }: { width: number; scheme: Scheme }): LossesFigure | null {
  const told = history.filter((record) => record.losses !== null);
  if (told.length === 0) return null;
  const epochs = Float64Array.from(told, (record) => record.epoch);
  const lines = terms.flatMap(({ key, label }, i): Line[] => {
    if (hidden.has(key)) return [];
    const values = Float64Array.from(told, ({ losses }) => {
      const value = losses?.[key] ?? Number.NaN;
      return log ? (value > 0 ? Math.log10(value) : Number.NaN) : value;
    });
    return [{ key, label, ...termLook(i, scheme), values }];
  });
  const last = epochs[epochs.length - 1];
  const [from, to] = zoom ?? [Math.min(epochs[0], last - 1), last];
  const [low, high] = span(epochs, lines, from, to);
  return {
    epochs,
    lines,
    x: { low: from, high: to, ticks: linearTicks(from, to, width / 60, 1) },
    y: { low, high, ticks: log ? logTicks(low, high, 6) : linearTicks(low, high, 6) },
  };
}

/** From the least to the largest value between two epochs, with some room. */
function span(epochs: Float64Array, lines: readonly Line[], from: number, to: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of lines) {
    for (let i = 0; i < values.length; i++) {
      if (epochs[i] < from || epochs[i] > to || !Number.isFinite(values[i])) continue;
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  if (low > high) return [0, 1];
  const room = (high - low) * ROOM || Math.abs(high) / 2 || 1;
  return [low - room, high + room];
}

/** The epoch with losses nearest to `epoch`, as its place in `epochs`. */
export function nearestEpoch(epochs: Float64Array, epoch: number): number {
  let [low, high] = [0, epochs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (epochs[middle] < epoch) low = middle;
    else high = middle;
  }
  return Math.abs(epochs[low] - epoch) <= Math.abs(epochs[high] - epoch) ? low : high;
}
