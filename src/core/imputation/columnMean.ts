import { filled, type Gapped } from './gapped';

/**
 * Fills every gap with the mean of the same step and variable over the series that are observed there.
 *
 *     x̂_itj = Σ_s m_stj x_stj / Σ_s m_stj
 *
 * @returns a filled copy [N, T, D]. A step at which no series is observed takes the mean of the whole variable; a
 *   variable never observed takes 0.
 */
export function columnMean<A extends Float32Array | Float64Array>(data: Gapped<A>): A {
  const means = columnMeans(data);
  return filled(data, (_, t, j) => means[t * data.d + j]);
}

/** The means of {@link columnMean} [T, D], with their fallbacks, summed in float64. */
export function columnMeans(data: Gapped): Float64Array {
  const { t: T, d: D, values, mask } = data;
  const width = T * D;
  const sum = new Float64Array(width);
  const count = new Float64Array(width);
  const variableSum = new Float64Array(D);
  const variableCount = new Float64Array(D);
  for (let at = 0; at < data.n * width; at++) {
    if (mask[at] === 0) continue;
    sum[at % width] += values[at];
    count[at % width]++;
    variableSum[at % D] += values[at];
    variableCount[at % D]++;
  }
  return sum.map((total, column) => {
    if (count[column] > 0) return total / count[column];
    const j = column % D;
    return variableCount[j] > 0 ? variableSum[j] / variableCount[j] : 0;
  });
}
