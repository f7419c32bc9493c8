import { counted } from './notes';
import { observed } from './table';
import type { Table } from './table';

/** A run of empty steps this unlikely to be a mere gap is taken for time in which the series is not there. */
const UNLIKELY = 1e-6;
/** Where gaps do occur inside, so many series must show such a run. */
const SHARE_OF_SERIES = 0.05;

export interface EndsDecision {
  ends: 'outside' | 'gaps';
  /** The evidence in one sentence; null when no series has an empty end. */
  sentence: string | null;
}

/**
 * Whether empty steps at the ends of the series are gaps, or lie outside of series that start late or end early.
 *
 * Inside the series a step is empty with probability p, and the step after an empty one with probability q
 * (both with one pseudo-count). An empty run of r steps at an end is a gap with probability p·q^(r−1).
 * `outside` when such runs are less likely than one in a million in at least 5 % of the series (or, without a
 * single gap inside, in any) and they hold most of the empty end steps.
 */
export function decideEnds(table: Table): EndsDecision {
  const { n, t, d } = table;
  const seen = stepsSeen(table);
  const runs: number[] = [];
  let inside = 0;
  let gaps = 0;
  let follow = 0;
  for (let i = 0; i < n; i++) {
    const [first, end] = extent(seen, i * t + table.from[i], i * t + table.to[i]);
    if (first === end) continue;
    if (first > i * t + table.from[i]) runs.push(first - i * t - table.from[i]);
    if (end < i * t + table.to[i]) runs.push(i * t + table.to[i] - end);
    inside += end - first;
    for (let k = first; k < end; k++) {
      if (seen[k] === 1) continue;
      gaps += 1;
      if (seen[k + 1] === 0) follow += 1;
    }
  }
  if (runs.length === 0) return { ends: 'gaps', sentence: null };
  const p = (gaps + 1) / (inside + 2);
  const q = gaps === 0 ? p : (follow + 1) / (gaps + 2);
  const unlikely = runs.filter((r) => p * q ** (r - 1) < UNLIKELY);
  const total = runs.reduce((a, b) => a + b, 0);
  const held = unlikely.reduce((a, b) => a + b, 0);
  const outside = unlikely.length > 0 && held > total / 2 && (gaps === 0 || unlikely.length >= SHARE_OF_SERIES * n);
  const rate = gaps === 0 ? 'no step is empty' : `${((100 * gaps) / inside).toPrecision(2)} % of the steps are empty`;
  const longest = runs.reduce((a, b) => Math.max(a, b), 0);
  const evidence = `Empty cells stand at ${counted(runs.length, 'start or end', 'starts and ends')} of series (at most ${counted(longest, 'step')} long); between the first and the last value of the series ${rate}${d > 1 ? ' in all variables' : ''}.`;
  return outside
    ? { ends: 'outside', sentence: `${evidence} So the empty ends are taken as series that start late or end early, not as gaps; change that if it is wrong.` }
    : { ends: 'gaps', sentence: `${evidence} So the empty ends are taken as gaps; change that if the series start late or end early.` };
}

/** First and end step of each series under the decision. */
export function seriesExtents(table: Table, ends: 'outside' | 'gaps'): { starts: Int32Array; ends: Int32Array } {
  if (ends === 'gaps') return { starts: table.from.slice(), ends: table.to.slice() };
  const seen = stepsSeen(table);
  const result = { starts: new Int32Array(table.n), ends: new Int32Array(table.n) };
  for (let i = 0; i < table.n; i++) {
    const [first, end] = extent(seen, i * table.t + table.from[i], i * table.t + table.to[i]);
    result.starts[i] = first - i * table.t;
    result.ends[i] = end - i * table.t;
  }
  return result;
}

/** [N, T]; 1 where any variable is observed. */
function stepsSeen({ n, t, d, kinds }: Table): Uint8Array {
  const seen = new Uint8Array(n * t);
  for (let k = 0; k < kinds.length; k++) if (observed(kinds[k])) seen[Math.floor(k / d)] = 1;
  return seen;
}

function extent(seen: Uint8Array, from: number, to: number): [first: number, end: number] {
  const first = seen.indexOf(1, from);
  if (first === -1 || first >= to) return [from, from];
  return [first, seen.lastIndexOf(1, to - 1) + 1];
}
