import { jointAffinities } from './affinities';
import type { Descent, TsneKernel } from './kernel';

const LEAST_GAIN = 0.01;

/** The plain twin of the t-SNE kernel: float64, obvious, the oracle of the other. */
export function referenceKernel(n: number): TsneKernel {
  let p: Float64Array = new Float64Array(n * n);
  let y = new Float64Array(2 * n);
  let velocity = new Float64Array(2 * n);
  let gains = new Float64Array(2 * n).fill(1);
  let gradient: Float64Array = new Float64Array(2 * n);

  return {
    n,
    *setPoints(points, width, perplexity) {
      p = jointAffinities(points, n, width, perplexity);
    },
    affinities: () => p.slice(),
    map: () => y.slice(),
    setMap(map) {
      y = Float64Array.from(map);
      velocity = new Float64Array(2 * n);
      gains = new Float64Array(2 * n).fill(1);
    },
    iterate(steps, { exaggeration, momentum, learningRate }: Descent) {
      for (let step = 0; step < steps; step++) {
        gradient = gradientOf(p, y, n, exaggeration);
        for (let c = 0; c < 2 * n; c++) {
          gains[c] = velocity[c] * gradient[c] < 0 ? gains[c] + 0.2 : Math.max(gains[c] * 0.8, LEAST_GAIN);
          velocity[c] = momentum * velocity[c] - learningRate * gains[c] * gradient[c];
        }
        for (let c = 0; c < 2 * n; c++) y[c] += velocity[c];
      }
      return Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    },
    gradient: () => gradient.slice(),
    klDivergence() {
      const z = similarities(y, n).z;
      let kl = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const share = p[i * n + j];
          if (share > 0) kl += share * Math.log(share * z * (1 + squaredGap(y, i, j)));
        }
      }
      return kl;
    },
  };
}

function squaredGap(y: Float64Array, i: number, j: number): number {
  return (y[2 * i] - y[2 * j]) ** 2 + (y[2 * i + 1] - y[2 * j + 1]) ** 2;
}

/** w_ij = 1 / (1 + ‖y_i − y_j‖²) [N, N] with a zero diagonal, and their sum Z. */
function similarities(y: Float64Array, n: number): { w: Float64Array; z: number } {
  const w = new Float64Array(n * n);
  let z = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      w[i * n + j] = 1 / (1 + squaredGap(y, i, j));
      z += w[i * n + j];
    }
  }
  return { w, z: Math.max(z, 1e-12) };
}

function gradientOf(p: Float64Array, y: Float64Array, n: number, exaggeration: number): Float64Array {
  const { w, z } = similarities(y, n);
  const gradient = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const pull = 4 * (exaggeration * p[i * n + j] - w[i * n + j] / z) * w[i * n + j];
      gradient[2 * i] += pull * (y[2 * i] - y[2 * j]);
      gradient[2 * i + 1] += pull * (y[2 * i + 1] - y[2 * j + 1]);
    }
  }
  return gradient;
}
