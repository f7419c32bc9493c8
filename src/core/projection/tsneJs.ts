import TSNE from 'tsne-js';
import { check } from '../lib/assert';
import type { Matrix } from '../lib/matrix';
import { Random } from '../lib/random';
import { centred } from './pca';

/** tsne-js takes over 10 ms a step beyond it, cannot be interrupted, and makes garbage of 40 N² bytes a step. */
export const TSNE_JS_LIMIT = 300;
/** Each point needs a few neighbours. */
const LEAST = 4;

export interface TsneJsOptions {
  seed: number;
  /** Default 30, at most (N − 1) / 3, at least 2. */
  perplexity?: number | null;
  /** Steps, over 101. Default 500. */
  iterations?: number;
}

/**
 * The map of the library tsne-js, as a reference to look at beside our own t-SNE.
 *
 * It draws from Math.random, which is replaced by a seeded generator during the call. It builds functions from text,
 * so it runs only where eval is allowed.
 *
 * @param points x [N, M]
 * @returns the map [N, 2] and the number of steps taken
 * @throws InputError when N is not from 4 to {@link TSNE_JS_LIMIT} or a coordinate is not finite, which the library
 *   would answer with a map of NaN
 *
 * Differs from t-SNE: affinities of plain, not squared, distances; gains grow where they should shrink. Neither its
 * map nor its divergence can be compared with other programs.
 */
export function tsneJs(points: Matrix, { seed, perplexity, iterations = 500 }: TsneJsOptions): { map: Float32Array; iteration: number } {
  const { rows: n, columns: m } = points;
  check(n <= TSNE_JS_LIMIT, `tsne-js takes at most ${TSNE_JS_LIMIT} series, and there are ${n}: choose t-SNE or PCA`);
  check(n >= LEAST, `tsne-js needs at least ${LEAST} series, and there are ${n}: choose PCA`);
  const x = centred(points);
  const widest = Math.max(2, (n - 1) / 3);
  const model = new TSNE({ dim: 2, perplexity: Math.min(perplexity ?? 30, widest), earlyExaggeration: 4, learningRate: 100, nIter: iterations, metric: 'euclidean' });
  const draw = Math.random;
  const random = new Random(seed);
  Math.random = () => random.uniform();
  try {
    model.init({ data: Array.from({ length: n }, (_, i) => Array.from(x.subarray(i * m, (i + 1) * m))), type: 'dense' });
    const [, iteration] = model.run();
    return { map: Float32Array.from(model.getOutput().flat()), iteration };
  } finally {
    Math.random = draw;
  }
}
