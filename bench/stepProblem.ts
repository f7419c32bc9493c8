/** The training step that the sides of the `step` bench make: sizes, options, data and start values. */
import { ones, tensor3d } from '@tensorflow/tfjs-core';
import { Random } from '../src/core/lib/random';
import { crliModel } from '../src/core/nn/models/crli';
import type { Minibatch } from '../src/core/nn/training/minibatch';

export const OPTIONS: Record<string, number> = { learningRate: 0.005, clipNorm: 5, lambda: 1e-3, predictionWeight: 1, reconstructionWeight: 1, adversarialWeight: 1 };

/** The losses a side reports, in this order. */
export const TERMS = ['prediction', 'reconstruction', 'adversarial', 'discriminator', 'k-means'];

/** Plain data, sent to the other processes as JSON. */
export interface Problem {
  B: number;
  T: number;
  D: number;
  /** h, units in each direction; one layer. */
  H: number;
  K: number;
  discriminator: number[];
  rate: number;
  clip: number;
  lambda: number;
  x: number[];
  mask: number[];
  /** F_b [B, K] and C [M, K] */
  f: number[];
  centres: number[];
  generatorStart: number[];
  discriminatorStart: number[];
}

/** Sines with noise and 30 % gaps, and start values that all sides share. */
export function problem(B: number, T: number, D: number, H: number): Problem {
  const random = new Random(H);
  const K = 3;
  const model = crliModel({ variables: D, hiddenUnits: H, layers: 1 });
  const mask = Array.from({ length: B * T * D }, () => (random.uniform() < 0.7 ? 1 : 0));
  const value = (b: number, t: number): number => Math.sin(t * (0.1 + 0.05 * (b % K))) + 0.2 * random.normal();
  return {
    B, T, D, H, K,
    discriminator: [32, 16, 8, 16, 32],
    rate: OPTIONS.learningRate,
    clip: OPTIONS.clipNorm,
    lambda: OPTIONS.lambda,
    x: mask.map((m, i) => (m === 0 ? 0 : Math.fround(value(Math.floor(i / (T * D)), Math.floor(i / D) % T)))),
    mask,
    f: Array.from({ length: B * K }, () => Math.fround(random.normal() / Math.sqrt(B))),
    centres: Array.from({ length: model.latentWidth * K }, () => Math.fround(0.1 * random.normal())),
    generatorStart: [...model.generator.initialise(random.fork(0))],
    discriminatorStart: [...model.discriminator.initialise(random.fork(1))],
  };
}

export function minibatchOf({ B, T, D, x, mask }: Problem): Minibatch {
  return {
    series: Int32Array.from({ length: B }, (_, b) => b),
    x: tensor3d(Float32Array.from(x), [B, T, D]),
    mask: tensor3d(Float32Array.from(mask), [B, T, D]),
    valid: ones([B, T]),
    rows: ones([B, 1]),
  };
}
