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

/** Quantiles `shares`, ascending, of the first `count` numbers of `values`, interpolated linearly. Changes their order. */
export function quantiles(values: Float32Array, count: number, shares: readonly number[]): number[] {
  let from = 0;
  return shares.map((share) => {
    if (count === 0) return Number.NaN;
    const at = share * (count - 1);
    const below = Math.floor(at);
    select(values, below, from, count - 1);
    from = below;
    let next = below === count - 1 ? values[below] : Infinity;
    for (let i = below + 1; i < count; i++) if (values[i] < next) next = values[i];
    return values[below] + (at - below) * (next - values[below]);
  });
}

/** Brings the number of rank `k` to its place: none before it is larger, none after it smaller. Hoare (1961), Algorithm 65: Find. */
function select(values: Float32Array, k: number, from: number, to: number): void {
  let [low, high] = [from, to];
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}

/** Spreads the numbers of the series, so that examples are not neighbours in the file. */
const shuffledRank = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;

/** Summaries of all K clusters of `curves` [N, S]; yields between parts, so that the work can be cut into slices. */
export function* summarise(curves: Float32Array, steps: number, assignments: Int32Array, clusters: number, examples: number): Generator<void, ClusterSummary[], void> {
  const summaries: ClusterSummary[] = [];
  for (let cluster = 0; cluster < clusters; cluster++) {
    const series = membersOf(assignments, cluster);
    const [low, median, high, mean] = Array.from({ length: 4 }, () => new Float32Array(steps));
    const column = new Float32Array(series.length);
    let worked = 0;
    for (let s = 0; s < steps; s++) {
      let count = 0;
      let sum = 0;
      for (const i of series) {
        const value = curves[i * steps + s];
        if (Number.isNaN(value)) continue;
        column[count++] = value;
        sum += value;
      }
      [low[s], median[s], high[s]] = quantiles(column, count, [0.1, 0.5, 0.9]);
      mean[s] = count > 0 ? sum / count : Number.NaN;
      worked += series.length;
      if (worked > 20_000) {
        worked = 0;
        yield;
      }
    }
    yield;
    const medoid = nearest(curves, steps, series, mean);
    const members = series.filter((i) => i !== medoid).sort((a, b) => shuffledRank(a) - shuffledRank(b)).slice(0, examples);
    summaries.push({ cluster, size: series.length, low, median, high, medoid, members });
    yield;
  }
  return summaries;
}

function membersOf(assignments: Int32Array, cluster: number): number[] {
  const series: number[] = [];
  for (let i = 0; i < assignments.length; i++) if (assignments[i] === cluster) series.push(i);
  return series;
}

/** The series with the least mean squared distance to `mean` over the steps that both have; -1 when there is none. */
function nearest(curves: Float32Array, steps: number, series: readonly number[], mean: Float32Array): number {
  let best = -1;
  let least = Infinity;
  for (const i of series) {
    let [sum, count] = [0, 0];
    for (let s = 0; s < steps; s++) {
      const gap = curves[i * steps + s] - mean[s];
      if (Number.isNaN(gap)) continue;
      sum += gap * gap;
      count++;
    }
    if (count > 0 && sum / count < least) [best, least] = [i, sum / count];
  }
  return best;
}
