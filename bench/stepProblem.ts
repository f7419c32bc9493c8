/** The training steps that the sides of the `step` bench make: sizes, data and start values, as plain JSON. */
import { Random } from '../src/core/lib/random';
import { crliModel, DISCRIMINATOR_UNITS } from '../src/core/nn/models/crli';
import { dtcModel, poolingFor, type DtcModel } from '../src/core/nn/models/dtc';
import { dtcrModel, type DtcrModel } from '../src/core/nn/models/dtcr';
import { dilations } from '../src/core/nn/training/dtcr';

export const K = 3;
export const RATE = 0.005;
export const CLIP = 5;
/** Of the k-means term of CRLI, and of DTCR's sum before it is halved. */
export const LAMBDA = 1e-3;

interface Sizes {
  B: number;
  T: number;
  D: number;
  /** Hidden units of the recurrent layers, see unitsOf. */
  H: number;
  threads: number;
  rate: number;
  clip: number;
  lambda: number;
  /** Sines with noise, [B, T, D]. */
  x: number[];
}

export interface CrliProblem extends Sizes {
  model: 'crli';
  /** 30 % gaps, where x is 0. */
  mask: number[];
  discriminator: readonly number[];
  /** F_b [B, K] and C [M, K]. */
  f: number[];
  centres: number[];
  start: number[];
  discriminatorStart: number[];
}

export interface DtcrProblem extends Sizes {
  model: 'dtcr';
  units: number[];
  dilations: number[];
  /** x with a fifth of the steps in another order, [B, T, D]. */
  fakes: number[];
  f: number[];
  centres: number[];
  start: number[];
}

export interface DtcProblem extends Sizes {
  model: 'dtc';
  pooling: number;
  /** Soft targets P_b, [B, K]. */
  target: number[];
  start: number[];
}

export type Problem = CrliProblem | DtcrProblem | DtcProblem;
export type ModelName = Problem['model'];

/** The losses that the sides report first, by model. */
export const TERMS: Record<ModelName, readonly string[]> = {
  crli: ['prediction', 'reconstruction', 'adversarial', 'discriminator', 'k-means'],
  dtcr: ['reconstruction', 'classification', 'k-means'],
  dtc: ['reconstruction', 'clustering'],
};

/** What H means for DTCR: the paper's 100-50-50 and 50-30-30. */
const unitsOf = (H: number): number[] => (H === 100 ? [100, 50, 50] : H === 50 ? [50, 30, 30] : [H, H / 2, H / 2]);

export const dtcrOf = ({ D, units, dilations }: DtcrProblem): DtcrModel => dtcrModel({ variables: D, units, dilations });

/** T is a multiple of P here, so no series is padded. */
export const dtcOf = ({ T, D, H, pooling }: Pick<DtcProblem, 'T' | 'D' | 'H' | 'pooling'>): DtcModel =>
  dtcModel({ variables: D, steps: T, pooling, clusters: K, similarity: 'eucl', squared: true, slope: 0.3, units: H });

export function problem(model: ModelName, B: number, T: number, D: number, H: number, threads: number): Problem {
  const random = new Random(H);
  const normals = (count: number, scale: number): number[] => Array.from({ length: count }, () => Math.fround(scale * random.normal()));
  const x = Array.from({ length: B * T * D }, (_, i) => {
    const [b, t] = [Math.floor(i / (T * D)), Math.floor(i / D) % T];
    return Math.fround(Math.sin(t * (0.1 + 0.05 * (b % K))) + 0.2 * random.normal());
  });
  const sizes: Sizes = { B, T, D, H, threads, rate: RATE, clip: CLIP, lambda: LAMBDA, x };
  if (model === 'crli') {
    const { generator, discriminator, latentWidth } = crliModel({ variables: D, hiddenUnits: H, layers: 1 });
    const mask = x.map(() => (random.uniform() < 0.7 ? 1 : 0));
    return {
      ...sizes, model, mask,
      x: x.map((value, i) => value * mask[i]),
      discriminator: DISCRIMINATOR_UNITS,
      f: normals(B * K, 1 / Math.sqrt(B)),
      centres: normals(latentWidth * K, 0.1),
      start: [...generator.initialise(random.fork(0))],
      discriminatorStart: [...discriminator.initialise(random.fork(1))],
    };
  }
  if (model === 'dtcr') {
    const made: DtcrProblem = { ...sizes, model, units: unitsOf(H), dilations: dilations(T), fakes: [...x], f: normals(B * K, 1 / Math.sqrt(B)), centres: [], start: [] };
    for (let i = 0; i < x.length; i++) if (Math.floor(i / D) % 5 === 0) made.fakes[i] = x[(i + 5 * D) % x.length];
    const { parameters, latentWidth } = dtcrOf(made);
    return { ...made, centres: normals(latentWidth * K, 0.1), start: [...parameters.initialise(random.fork(0))] };
  }
  const pooling = poolingFor(T);
  if (T % pooling !== 0) throw new Error(`T = ${T} would be padded`);
  const { parameters, latentWidth } = dtcOf({ T, D, H, pooling });
  const start = [...parameters.initialise(random.fork(0))];
  start.splice(start.length - K * latentWidth, K * latentWidth, ...normals(K * latentWidth, 0.3));
  const target = Array.from({ length: B }, (_, b) => Array.from({ length: K }, (_, k) => (k === b % K ? 0.8 : 0.1))).flat();
  return { ...sizes, model, pooling, target, start };
}
