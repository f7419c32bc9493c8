import type { SeriesSet } from '../../../core/series/SeriesSet';

/** One variable of one series, taken apart by how much is known of each cell. */
export interface Pieces {
  /** Observed and seen by the model; NaN elsewhere, so that no line joins over a gap. */
  observed: { x: Float64Array; y: Float64Array };
  /** What the model says in gaps and hidden cells, each stretch led from and to its observed neighbours, NaN between. */
  imputed: { x: number[]; y: number[] };
  /** True values that were hidden from the model. */
  hidden: { x: number[]; y: number[] };
  /** Stretches without a value, from half a step before to half a step after. */
  gaps: { from: number; to: number }[];
  /** Of what is known, the hidden values too. */
  low: number;
  high: number;
}

/** What a run adds to a set. */
export interface Filling {
  gaps: Uint32Array;
  /** [G], the cell `gaps[g]`; null before the first epoch. */
  imputed: Float64Array | null;
  /** [N, T, D] 1 = hidden. */
  hidden: Uint8Array;
}

/** [size] 1 at each of `cells`. */
export function flagCells(size: number, cells: Uint32Array): Uint8Array {
  const flags = new Uint8Array(size);
  for (const cell of cells) flags[cell] = 1;
  return flags;
}

/** Variable `variable` of series `i`, in pieces. `gapIndex(cell)` is the place of a cell in `filling.gaps`. */
export function piecesOf(set: SeriesSet, i: number, variable: number, filling: Filling | null, gapIndex: (gaps: Uint32Array, cell: number) => number): Pieces {
  const { t, d, mask, values, time } = set;
  const [start, end] = [set.starts[i], set.ends[i]];
  const observed = { x: time.values.slice(start, end), y: new Float64Array(end - start).fill(Number.NaN) };
  const imputed = { x: [] as number[], y: [] as number[] };
  const hidden = { x: [] as number[], y: [] as number[] };
  const gaps: Pieces['gaps'] = [];
  let [low, high] = [Infinity, -Infinity];
  let filled = false;

  const add = (line: { x: number[]; y: number[] }, step: number, value: number): void => {
    line.x.push(time.values[step]);
    line.y.push(value);
  };
  for (let step = start; step < end; step++) {
    const cell = (i * t + step) * d + variable;
    const isHidden = filling !== null && filling.hidden[cell] === 1;
    const known = mask[cell] === 1;
    if (known) {
      low = Math.min(low, values[cell]);
      high = Math.max(high, values[cell]);
      if (isHidden) add(hidden, step, values[cell]);
      else observed.y[step - start] = values[cell];
    } else {
      const last = gaps[gaps.length - 1];
      if (last !== undefined && step > start && mask[cell - d] === 0) last.to = edge(time.values, step, 1);
      else gaps.push({ from: edge(time.values, step, -1), to: edge(time.values, step, 1) });
    }
    const unseen = !known || isHidden;
    if (unseen && filling?.imputed) {
      if (!filled && step > start) add(imputed, step - 1, values[cell - d]);
      add(imputed, step, filling.imputed[gapIndex(filling.gaps, cell)]);
    } else if (filled) {
      add(imputed, step, values[cell]);
      add(imputed, step, Number.NaN);
    }
    filled = unseen && Boolean(filling?.imputed);
  }
  return { observed, imputed, hidden, gaps, low, high };
}

/** Half way from step `at` to its neighbour on one side; as far beyond the end as the other neighbour is near. */
function edge(times: Float64Array, at: number, side: -1 | 1): number {
  const [near, far] = [times[at + side], times[at - side]];
  if (near !== undefined) return (times[at] + near) / 2;
  return far === undefined ? times[at] + side / 2 : times[at] + (times[at] - far) / 2;
}
