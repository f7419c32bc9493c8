/**
 * DTC: Deep Temporal Clustering (Madiraju, Sadat, Fisher and Karimabadi, 2018). The parts stand in the order of the
 * paper's figure: convolution and pooling, two bidirectional LSTMs, decoder, temporal clustering layer.
 *
 * Source: methods.md section 3; where sources disagree, the "follow" column of 3.6.
 */
import { add, mul, reshape, square, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { bidirectionalLstm } from '../kernels/lstm';
import { leakyRelu } from '../layers/leakyRelu';
import { lstmWeights } from '../layers/lstm';
import { pooledConvolution } from '../layers/pooledConvolution';
import { upsampledConvolution } from '../layers/upsampledConvolution';
import { similarities, squaredEuclidean, type SimilarityName } from '../losses/similarity';
import { softAssignment } from '../losses/softAssignment';
import { dense, layout, zeros, type Layout, type Weights } from '../parameters';

export interface DtcConfig {
  /** D, variables. */
  variables: number;
  /** T: steps of a batch, a multiple of P. */
  steps: number;
  /** P: steps that are pooled into one of the latent. */
  pooling: number;
  /** K. */
  clusters: number;
  similarity: SimilarityName;
  /** Whether the kernel takes siml² (DEC) instead of siml (paper). */
  squared: boolean;
  /** Of LeakyReLU below 0. */
  slope: number;
  /** H, units of the first LSTM in each direction; default 50. */
  units?: number;
}

type Name = 'convolution' | 'convolutionBias' | 'forward1' | 'backward1' | 'forward2' | 'backward2' | 'deconvolution' | 'deconvolutionBias' | 'centroids';
export type DtcWeights = Weights<Name>;

export interface DtcModel {
  /** S = T / P, width of z. */
  latentWidth: number;
  parameters: Layout<Name>;
  /** z [B, S] of series x [B, T, D]; `valid` [B, S]: 1 where a pooled step holds a real one. */
  encode(weights: DtcWeights, x: Tensor3D, valid: Tensor2D): Tensor2D;
  /** x^ [B, T, D]. */
  decode(weights: DtcWeights, z: Tensor2D): Tensor3D;
  /** siml of z [B, S] and points w [K, S]: [B, K]. */
  similarity(z: Tensor2D, w: Tensor2D): Tensor2D;
  /** s [B, K], siml or siml² of z and the centroids. */
  spread(weights: DtcWeights, z: Tensor2D): Tensor2D;
  /** q [B, K] of z and the centroids. */
  assign(weights: DtcWeights, z: Tensor2D): Tensor2D;
}

export const FILTERS = 50;
export const UNITS = 50;
const TAPS = 10;
/** Taps of a "same" convolution of even width that look back; the transposed one has the others. */
const BEFORE = 4;

/** P with which the latent has 10 to 64 steps: a divisor of T near 8 if there is one, else the P nearest to 8. */
export function poolingFor(T: number): number {
  const fits = Array.from({ length: T }, (_, i) => i + 1).filter((P) => Math.ceil(T / P) >= 10 && Math.ceil(T / P) <= 64);
  const divisors = fits.filter((P) => T % P === 0);
  const nearest = (list: number[]): number => list.reduce((best, P) => (Math.abs(P - 8) < Math.abs(best - 8) ? P : best));
  return divisors.length > 0 ? nearest(divisors) : fits.length > 0 ? nearest(fits) : 1;
}

export function dtcModel({ variables: D, steps: T, pooling: P, clusters: K, similarity, squared, slope, units = UNITS }: DtcConfig): DtcModel {
  const S = T / P;
  const parameters: DtcModel['parameters'] = layout({
    convolution: dense(TAPS * D, FILTERS),
    convolutionBias: zeros(1, FILTERS),
    forward1: lstmWeights(FILTERS, units),
    backward1: lstmWeights(FILTERS, units),
    forward2: lstmWeights(units, 1),
    backward2: lstmWeights(units, 1),
    deconvolution: dense(TAPS, D),
    deconvolutionBias: zeros(1, D),
    centroids: zeros(K, S),
  });

  const spread: DtcModel['spread'] = ({ centroids }, z) => {
    const w = centroids as Tensor2D;
    if (squared && similarity === 'eucl') return squaredEuclidean(z, w);
    const siml = similarities[similarity](z, w);
    return squared ? square(siml) : siml;
  };

  return {
    latentWidth: S,
    parameters,
    encode({ convolution, convolutionBias, forward1, backward1, forward2, backward2 }, x, valid) {
      // bias and LeakyReLU keep the order, so that they come after the greatest is taken
      const greatest = pooledConvolution(x, convolution as Tensor2D, BEFORE, P);
      const pooled: Tensor3D = leakyRelu(add(greatest, convolutionBias), slope); // [B, S, 50]
      const first = bidirectionalLstm(pooled, valid, forward1 as Tensor1D, backward1 as Tensor1D, units, slope); // [B, S, H]
      const second = bidirectionalLstm(first, valid, forward2 as Tensor1D, backward2 as Tensor1D, 1, slope); // [B, S, 1]
      return mul(reshape(second, [x.shape[0], S]), valid) as Tensor2D;
    },
    decode: ({ deconvolution, deconvolutionBias }, z) => upsampledConvolution(z, deconvolution as Tensor2D, deconvolutionBias, TAPS - 1 - BEFORE, P),
    similarity: similarities[similarity],
    spread,
    assign: (weights, z) => softAssignment(spread(weights, z)),
  };
}
