import { nearNeighbours } from '../../neighbours/neighbours';
import type { Descent, TsneKernel } from '../kernel';
import { createPairRepulsion } from './pairRepulsion';
import { createInterpolatedRepulsion, type Repulsion } from './interpolatedRepulsion';
import { sparseAffinities, type SparseAffinities } from './sparseAffinities';

const LEAST_GAIN = 0.01;
/** The share of the work on the affinities that goes into the neighbours. */
const SEARCH = 0.85;

/** Up to so many points a step over all pairs takes less time than interpolation, and misses nothing. */
export const PAIR_LIMIT = 20_000;

/**
 * The t-SNE kernel for many points: P over near neighbours only (3 × perplexity of them), repulsion of all pairs up to
 * {@link PAIR_LIMIT} points, beyond by interpolation: a step then costs O(N · perplexity), taking up points O(N log N).
 */
export function nearKernel(n: number, repulsion: (y: Float64Array) => Repulsion = n <= PAIR_LIMIT ? createPairRepulsion(n) : createInterpolatedRepulsion(n)): TsneKernel {
  let p: SparseAffinities = { offsets: new Int32Array(n + 1), columns: new Int32Array(0), values: new Float32Array(0) };
  let y = new Float64Array(2 * n);
  let velocity = new Float64Array(2 * n);
  let gains = new Float64Array(2 * n).fill(1);
  const gradient = new Float64Array(2 * n);

  const computeGradient = (exaggeration: number): void => {
    const { forces, z } = repulsion(y);
    for (let i = 0; i < n; i++) {
      const [x, v] = [y[2 * i], y[2 * i + 1]];
      let [pullX, pullY] = [0, 0];
      for (let e = p.offsets[i]; e < p.offsets[i + 1]; e++) {
        const j = 2 * p.columns[e];
        const dx = x - y[j];
        const dy = v - y[j + 1];
        const pull = p.values[e] / (1 + dx * dx + dy * dy);
        pullX += pull * dx;
        pullY += pull * dy;
      }
      gradient[2 * i] = 4 * (exaggeration * pullX - forces[2 * i] / z);
      gradient[2 * i + 1] = 4 * (exaggeration * pullY - forces[2 * i + 1] / z);
    }
  };

  return {
    n,
    *setPoints(points, width, perplexity) {
      const k = Math.min(n - 1, Math.ceil(3 * perplexity));
      const neighbours = yield* scaled(nearNeighbours(points, n, width, k), 0, SEARCH);
      p = yield* scaled(sparseAffinities(neighbours, n, Math.min(perplexity, k)), SEARCH, 1 - SEARCH);
    },
    affinities() {
      const dense = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let e = p.offsets[i]; e < p.offsets[i + 1]; e++) dense[i * n + p.columns[e]] = p.values[e];
      return dense;
    },
    map: () => y.slice(),
    setMap(map) {
      y = Float64Array.from(map);
      velocity = new Float64Array(2 * n);
      gains = new Float64Array(2 * n).fill(1);
    },
    iterate(steps, { exaggeration, momentum, learningRate }: Descent) {
      for (let step = 0; step < steps; step++) {
        computeGradient(exaggeration);
        for (let c = 0; c < 2 * n; c++) {
          gains[c] = velocity[c] * gradient[c] < 0 ? gains[c] + 0.2 : Math.max(gains[c] * 0.8, LEAST_GAIN);
          velocity[c] = momentum * velocity[c] - learningRate * gains[c] * gradient[c];
          y[c] += velocity[c];
        }
      }
      return Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    },
    gradient: () => gradient.slice(),
    klDivergence() {
      const { z } = repulsion(y);
      let kl = 0;
      for (let i = 0; i < n; i++) {
        for (let e = p.offsets[i]; e < p.offsets[i + 1]; e++) {
          const j = p.columns[e];
          const d = (y[2 * i] - y[2 * j]) ** 2 + (y[2 * i + 1] - y[2 * j + 1]) ** 2;
          if (p.values[e] > 0) kl += p.values[e] * Math.log(p.values[e] * z * (1 + d));
        }
      }
      return kl;
    },
  };
}

/** A part of some work: its shares from 0 to 1 become shares of the whole. */
function* scaled<A>(part: Generator<number, A, void>, before: number, share: number): Generator<number, A, void> {
  for (;;) {
    const { done, value } = part.next();
    if (done) return value;
    yield before + share * value;
  }
}
