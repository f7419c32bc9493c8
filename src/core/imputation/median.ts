import { filled, type Gapped } from './gapped';

/**
 * Fills every gap with the median of the same step and variable over the series that are observed there; of an even
 * number of values, the mean of the middle two.
 *
 * @returns a filled copy [N, T, D]. A step at which no series is observed takes the median of the whole variable; a
 *   variable never observed takes 0. Steps outside of a series are neither read nor filled.
 */
export function columnMedian<A extends Float32Array | Float64Array>(data: Gapped<A>): A {
  const { n, t: T, d: D, values, mask } = data;
  const width = T * D;
  const columns = Array.from({ length: width }, (): number[] => []);
  for (let at = 0; at < n * width; at++) if (mask[at] === 1) columns[at % width].push(values[at]);
  const whole = Array.from({ length: D }, (_, j) => median(columns.filter((_, column) => column % D === j).flat()) ?? 0);
  const medians = columns.map((column, at) => median(column) ?? whole[at % D]);
  return filled(data, (_, t, j) => medians[t * D + j]);
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
