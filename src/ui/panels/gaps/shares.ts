import type { SeriesSet } from '../../../core/series/SeriesSet';

/** Cells after which the work may pause. */
const SLICE = 40_000;

/** [D, T] share of the series that lack a value at each step, of those that exist there; NaN where none does. */
export function* missingByStep({ n, t, d, mask, starts, ends }: SeriesSet): Generator<void, Float64Array, void> {
  const missing = new Float64Array(d * t);
  const present = new Float64Array(t);
  let worked = 0;
  for (let i = 0; i < n; i++) {
    for (let step = starts[i]; step < ends[i]; step++) {
      present[step]++;
      for (let j = 0; j < d; j++) missing[j * t + step] += 1 - mask[(i * t + step) * d + j];
    }
    worked += t * d;
    if (worked < SLICE) continue;
    worked = 0;
    yield;
  }
  return missing.map((count, at) => count / present[at % t]);
}
