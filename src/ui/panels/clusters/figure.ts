import type { ClusterSummary } from './summaries';

/** Units of a card's drawing; it is stretched to the card. */
export const CARD = { width: 200, height: 90 } as const;

export interface Span {
  low: number;
  high: number;
}

export interface CardFigure {
  band: string;
  median: string;
  medoid: string;
  members: string[];
}

/** One span for all cards, so that they can be compared. */
export function commonSpan(summaries: readonly ClusterSummary[], curves: Float32Array, steps: number): Span {
  let [low, high] = [Infinity, -Infinity];
  const see = (values: Float32Array): void => {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  };
  for (const summary of summaries) {
    see(summary.low);
    see(summary.high);
    if (summary.medoid >= 0) see(curves.subarray(summary.medoid * steps, (summary.medoid + 1) * steps));
  }
  if (low > high) return { low: 0, high: 1 };
  const room = (high - low) * 0.04 || 0.5;
  return { low: low - room, high: high + room };
}

/** SVG paths of one card. */
export function cardFigure(summary: ClusterSummary, curves: Float32Array, steps: number, span: Span): CardFigure {
  const series = (i: number): string => (i < 0 ? '' : linePath(curves.subarray(i * steps, (i + 1) * steps), span));
  return {
    band: bandPath(summary.low, summary.high, span),
    median: linePath(summary.median, span),
    medoid: series(summary.medoid),
    members: summary.members.map(series),
  };
}

const across = (s: number, steps: number): string => ((steps === 1 ? 0.5 : s / (steps - 1)) * CARD.width).toFixed(1);
const down = (value: number, { low, high }: Span): string => ((1 - (value - low) / (high - low)) * CARD.height).toFixed(1);

/** A line through the values, with a hole at each NaN; a value alone is a short dash. */
export function linePath(values: Float32Array, span: Span): string {
  let path = '';
  let run = 0;
  for (let s = 0; s < values.length; s++) {
    if (Number.isNaN(values[s])) {
      if (run === 1) path += 'h1';
      run = 0;
      continue;
    }
    path += `${run === 0 ? 'M' : 'L'}${across(s, values.length)},${down(values[s], span)}`;
    run++;
  }
  return run === 1 ? `${path}h1` : path;
}

/** The area between two curves, in one piece for each stretch without NaN. */
export function bandPath(low: Float32Array, high: Float32Array, span: Span): string {
  let path = '';
  for (let from = 0; from < low.length; from++) {
    if (Number.isNaN(low[from])) continue;
    let to = from;
    while (to + 1 < low.length && !Number.isNaN(low[to + 1])) to++;
    const points: string[] = [];
    for (let s = from; s <= to; s++) points.push(`${across(s, low.length)},${down(high[s], span)}`);
    for (let s = to; s >= from; s--) points.push(`${across(s, low.length)},${down(low[s], span)}`);
    path += `M${points.join('L')}Z`;
    from = to;
  }
  return path;
}
