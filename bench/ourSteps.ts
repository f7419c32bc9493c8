/** Our side of the step benches: the steps that training makes, on the backend that is current. */
import { ones, tensor1d, tensor3d, type Tensor } from '@tensorflow/tfjs-core';
import { crliModel } from '../src/core/nn/models/crli';
import { Adam } from '../src/core/nn/training/adam';
import { step as crliStep } from '../src/core/nn/training/crli';
import { step as dtcStep } from '../src/core/nn/training/dtc';
import { step as dtcrStep } from '../src/core/nn/training/dtcr';
import type { TrainingData } from '../src/core/run';
import { dtcOf, dtcrOf, K, type CrliProblem, type DtcProblem, type DtcrProblem, type Problem } from './stepProblem';

/** All loss weights are 1 but λ. */
const optionsOf = ({ rate, clip, lambda }: Problem) => (key: string): number => ({ learningRate: rate, clipNorm: clip, lambda, weightDecay: 1e-4 } as Record<string, number>)[key] ?? 1;

/** Twice as many series as a batch holds, so that L_km is the share of a minibatch. */
const withOthers = (rows: readonly number[]): Float32Array => Float32Array.from([...rows, ...rows.map(() => 0)]);

const dataOf = ({ B, T, D, x }: Problem): TrainingData => ({
  n: 2 * B, t: T, d: D, values: withOthers(x), mask: new Uint8Array(2 * B * T * D).fill(1), starts: new Int32Array(2 * B), ends: new Int32Array(2 * B).fill(T), gaps: new Uint32Array(0),
});

const batchOf = (B: number): Int32Array => Int32Array.from({ length: B }, (_, b) => b);

function crli(problem: CrliProblem): () => Tensor[] {
  const { B, T, D, H, x, mask, f, centres, start, discriminatorStart } = problem;
  const model = crliModel({ variables: D, hiddenUnits: H, layers: 1 });
  const [generator, discriminator] = [new Adam(Float32Array.from(start)), new Adam(Float32Array.from(discriminatorStart))];
  const batch = { series: batchOf(B), x: tensor3d(x, [B, T, D]), mask: tensor3d(mask, [B, T, D]), valid: ones([B, T]) as never, rows: ones([B, 1]) as never };
  const indicator = { f: withOthers(f), centres: Float32Array.from(centres) };
  return () => [crliStep(model, generator, discriminator, batch, 2 * B, indicator, optionsOf(problem))];
}

function dtcr(problem: DtcrProblem): () => Tensor[] {
  const data = dataOf(problem);
  const model = dtcrOf(problem);
  const adam = new Adam(Float32Array.from(problem.start));
  const kernels = tensor1d(model.parameters.kernels());
  const indicator = { f: withOthers(problem.f), centres: Float32Array.from(problem.centres) };
  return () => [dtcrStep(model, adam, kernels, data, data.values, withOthers(problem.fakes), batchOf(problem.B), indicator, false, optionsOf(problem))];
}

function dtc(problem: DtcProblem): () => Tensor[] {
  const data = dataOf(problem);
  const model = dtcOf(problem);
  const adam = new Adam(Float32Array.from(problem.start));
  return () => [dtcStep(model, adam, data, batchOf(problem.B), problem.pooling, withOthers(problem.target), K, optionsOf(problem), problem.rate)];
}

/** A training step of `problem`; its losses stand first in what it returns. */
export const ourStep = (problem: Problem): (() => Tensor[]) => (problem.model === 'crli' ? crli(problem) : problem.model === 'dtcr' ? dtcr(problem) : dtc(problem));
