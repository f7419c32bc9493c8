import { warpable, type Warpable } from '../distances/warpable';
import { checkVariables, type SeriesView } from '../distances/SeriesView';
import { withoutGaps } from '../distances/withoutGaps';
import { check } from '../lib/assert';

/** The series of a warping clusterer, and prototypes made of them: no gaps, every variable that any series has. */
export interface WarpingItems {
  items: Warpable[];
  /** A prototype at series i: gaps on straight lines, a variable it never observes at that variable's mean over all series. */
  prototype(i: number): Warpable;
}

/** Throws an InputError at a series without observed values or with other variables than the first. */
export function warpingItems(series: readonly SeriesView[]): WarpingItems {
  const items = series.map((view, i) => {
    checkVariables(series[0], view);
    const item = warpable(view);
    check(item.n > 0, `Series ${i + 1} has no observed value: leave it out, or fill it first.`);
    return item;
  });
  const d = series[0]?.d ?? 0;
  const seen = Uint8Array.from({ length: d }, (_, j) => Number(items.some((item) => item.seen[j] === 1)));
  const means = Float64Array.from({ length: d }, (_, j) => meanOf(items, j));
  const prototype = (i: number): Warpable => {
    const values = withoutGaps(series[i]);
    for (let j = 0; j < d; j++) if (items[i].seen[j] === 0) for (let at = j; at < values.length; at += d) values[at] = means[j];
    return prototypeOf(values, d, seen);
  };
  return { items, prototype };
}

export function prototypeOf(values: Float64Array, d: number, seen: Uint8Array): Warpable {
  const n = values.length / d;
  return { n, d, length: n, places: Int32Array.from({ length: n }, (_, t) => t), values, seen };
}

function meanOf(items: readonly Warpable[], j: number): number {
  let sum = 0;
  let count = 0;
  for (const { n, d, values, seen } of items) {
    if (seen[j] === 0) continue;
    for (let at = j; at < n * d; at += d) sum += values[at];
    count += n;
  }
  return count === 0 ? 0 : sum / count;
}
