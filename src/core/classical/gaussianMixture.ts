import { topEigen } from '../clustering/eigen';
import { gaussianMixture as cluster } from '../clustering/gaussianMixture';
import type { Covariance } from '../clustering/gaussians';
import { gramOfColumns, gramOfRows } from '../clustering/gram';
import { matrix, type Matrix } from '../lib/matrix';
import type { Clusterer } from './once';
import { seriesPoints } from './seriesPoints';

/** A mixture of Gaussians on the first principal components of the series; the map shows these. */
export const gaussianMixture: Clusterer = function* (data, { clusters, options }, random) {
  const points = principalComponents(seriesPoints(data), Number(options.components));
  yield 0.5;
  const { assignments, logLikelihood } = cluster(points, clusters, random, { covariance: options.covariance as Covariance, restarts: Number(options.restarts) });
  return { assignments, points, losses: { negativeLogLikelihood: -logLikelihood } };
};

/** Scores on the first components [N, C], C at most min(N, M). */
function principalComponents({ rows: n, columns: m, data }: Matrix, wanted: number): Matrix {
  const mean = new Float64Array(m);
  for (let at = 0; at < n * m; at++) mean[at % m] += data[at] / n;
  const x = Float64Array.from({ length: n * m }, (_, at) => data[at] - mean[at % m]);
  const components = Math.min(wanted, n, m);
  const wide = m > n;
  const { values, vectors } = topEigen(wide ? gramOfRows(x, n, m) : gramOfColumns(x, n, m), components);
  const scores = new Float64Array(n * components);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < components; c++) {
      let score = wide ? vectors[i * components + c] * Math.sqrt(Math.max(0, values[c])) : 0;
      if (!wide) for (let j = 0; j < m; j++) score += x[i * m + j] * vectors[j * components + c];
      scores[i * components + c] = score;
    }
  }
  return matrix(n, components, scores);
}
