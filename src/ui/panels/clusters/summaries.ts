import { quantiles } from './quantiles';

/** What a card shows of one cluster, at the sampled steps. */
export interface ClusterSummary {
  cluster: number;
  /** Number of members. */
  size: number;
  /** [S]; the 10 %, 50 % and 90 % quantiles of the members, NaN where no member has a value. */
  low: Float32Array;
  median: Float32Array;
  high: Float32Array;
  /** The member nearest to the mean, which is the medoid for squared Euclidean distance; -1 without members. */
  medoid: number;
  /** A few members, the same ones as long as they stay in the cluster. */
  members: number[];
}

/** Values after which the work may pause. */
const SLICE = 20_000;

/** Spreads the numbers of the series, so that examples are not neighbours in the file. */
const shuffledRank = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;

/** Steps that are taken from the curves at a time: those of a line of the processor's cache. */
const TAKEN = 16;

const SHARES = [0.1, 0.5, 0.9] as const;

/** Summaries of all K clusters of `curves` [N, S]; yields between parts, so that the work can be cut into slices. */
export function* summarise(curves: Float32Array, steps: number, assignments: Int32Array, clusters: number, examples: number): Generator<void, ClusterSummary[], void> {
  const summaries: ClusterSummary[] = [];
  for (let cluster = 0; cluster < clusters; cluster++) {
    const series = membersOf(assignments, cluster);
    const [low, median, high, mean] = Array.from({ length: 4 }, () => new Float32Array(steps));
    const columns = Array.from({ length: Math.min(TAKEN, steps) }, () => new Float32Array(series.length));
    const counts = new Uint32Array(columns.length);
    let worked = 0;
    for (let first = 0; first < steps; first += columns.length) {
      const taken = Math.min(columns.length, steps - first);
      takeColumns(curves, steps, series, first, columns, counts.subarray(0, taken));
      for (let c = 0; c < taken; c++) {
        const s = first + c;
        mean[s] = meanOf(columns[c], counts[c]);
        [low[s], median[s], high[s]] = quantiles(columns[c], counts[c], SHARES);
        worked += series.length;
        if (worked < SLICE) continue;
        worked = 0;
        yield;
      }
    }
    yield;
    const medoid = nearest(curves, steps, series, mean);
    const members = examplesOf(series, medoid, examples);
    summaries.push({ cluster, size: series.length, low, median, high, medoid, members });
    yield;
  }
  return summaries;
}

/** The known values of `series` at the steps from `first` on, one step a column; their numbers go to `counts`. */
function takeColumns(curves: Float32Array, steps: number, series: Int32Array, first: number, columns: readonly Float32Array[], counts: Uint32Array): void {
  counts.fill(0);
  for (let p = 0; p < series.length; p++) {
    const from = series[p] * steps + first;
    for (let c = 0; c < counts.length; c++) {
      const value = curves[from + c];
      columns[c][counts[c]] = value;
      if (value === value) counts[c]++;
    }
  }
}

function meanOf(values: Float32Array, count: number): number {
  let sum = 0;
  for (let p = 0; p < count; p++) sum += values[p];
  return sum / count;
}

function membersOf(assignments: Int32Array, cluster: number): Int32Array {
  const series = new Int32Array(assignments.length);
  let count = 0;
  for (let i = 0; i < assignments.length; i++) if (assignments[i] === cluster) series[count++] = i;
  return series.slice(0, count);
}

/** The series with the least mean squared distance to `mean` over the steps that both have; -1 when there is none. */
function nearest(curves: Float32Array, steps: number, series: Int32Array, mean: Float32Array): number {
  let best = -1;
  let least = Infinity;
  for (let p = 0; p < series.length; p++) {
    const from = series[p] * steps;
    let [sum, count] = [0, 0];
    for (let s = 0; s < steps; s++) {
      const gap = curves[from + s] - mean[s];
      if (gap !== gap) continue;
      sum += gap * gap;
      count++;
    }
    if (count > 0 && sum / count < least) [best, least] = [series[p], sum / count];
  }
  return best;
}

/** A few of `series`, those of the least shuffled rank. */
function examplesOf(series: Int32Array, medoid: number, most: number): number[] {
  const found: number[] = [];
  for (let p = 0; p < series.length; p++) {
    const i = series[p];
    if (i === medoid) continue;
    const rank = shuffledRank(i);
    if (found.length === most && rank > shuffledRank(found[most - 1])) continue;
    const place = found.findIndex((other) => shuffledRank(other) > rank);
    found.splice(place < 0 ? found.length : place, 0, i);
    if (found.length > most) found.pop();
  }
  return found;
}
