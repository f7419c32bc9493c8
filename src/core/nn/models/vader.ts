/**
 * VaDER: Variational Deep Embedding with Recurrence (de Jong et al., GigaScience 2019), with GRU cells. Gaps are
 * filled by a learned table; the latent has a mixture of Gaussians as its prior, whose components are the clusters.
 * The parts stand in the order of the data: filling, encoder, decoder, prior.
 *
 * Source: methods.md section 7, without the two errors of a public port that it names.
 */
import { add, matMul, mul, ones, reshape, slice, softplus, sub, zeros as zeroTensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { gapAwareGru } from '../kernels/gapAwareGru';
import { plainGru } from '../kernels/gapAwareGru/plain';
import { gru } from '../layers/gru';
import type { MixturePrior } from '../losses/gaussianMixturePrior';
import { dense, layout, zeros, type Layout, type Weights } from '../parameters';

export interface VaderConfig {
  /** T, steps. */
  steps: number;
  /** D, variables. */
  variables: number;
  /** Units of the recurrent layers of encoder and decoder. */
  hiddenUnits: number;
  /** M, width of z. */
  latentWidth: number;
  /** K, components of the prior. */
  clusters: number;
  /** What fills the gaps at the start, [T D]. */
  fillings: ArrayLike<number>;
}

export interface VaderBatch {
  /** x [B, T, D], finite where the mask is 0. */
  x: Tensor3D;
  /** w [B, T, D]; 1 = observed. */
  mask: Tensor3D;
  /** [B, T]; 1 = the step belongs to the series. */
  valid: Tensor2D;
}

/** q(z | x) = N(μ̃, s̃). */
export interface Posterior {
  /** μ̃, [B, M]. */
  mu: Tensor2D;
  /** log s̃, [B, M]. */
  logVariance: Tensor2D;
}

export interface VaderModel {
  latentWidth: number;
  /** The blocks of the prior, `logits`, `means` and `spreads`, are the last ones, in this order. */
  parameters: Layout<string>;
  encode(weights: Weights, batch: VaderBatch): Posterior;
  /** x̂ [B, T, D] from z [B, M]; zero inputs, so that all there is to tell comes through z. */
  decode(weights: Weights, z: Tensor2D, valid: Tensor2D): Tensor3D;
  prior(weights: Weights): MixturePrior;
}

export function vaderModel({ steps: T, variables: D, hiddenUnits: H, latentWidth: M, clusters: K, fillings }: VaderConfig): VaderModel {
  const parameters = layout<string>({
    fillings: { shape: [T, D], initialise: (values) => values.set(fillings) },
    encoder: gru(D, [H]),
    mu: dense(H, M),
    muBias: zeros(1, M),
    logVariance: dense(H, M),
    logVarianceBias: zeros(1, M),
    expand: dense(M, H),
    expandBias: zeros(1, H),
    decoder: gru(D, [H]),
    logits: zeros(K),
    means: dense(K, M),
    spreads: zeros(K, M),
  });
  const affine = (weights: Weights, x: Tensor2D, name: string): Tensor2D => add(matMul(x, weights[name] as Tensor2D), weights[`${name}Bias`]) as Tensor2D;

  return {
    latentWidth: M,
    parameters,
    encode(weights, { x, mask, valid }) {
      const filled = add(mul(x, mask), mul(reshape(weights.fillings, [1, T, D]), sub(1, mask))) as Tensor3D; // x w + A (1 − w)
      const { finalStates } = plainGru(filled, valid, weights.encoder as Tensor1D, H);
      return { mu: affine(weights, finalStates, 'mu'), logVariance: affine(weights, finalStates, 'logVariance') };
    },
    decode(weights, z, valid) {
      const B = z.shape[0];
      const initial = softplus(affine(weights, z, 'expand')) as Tensor2D;
      const { estimates } = gapAwareGru({ x: zeroTensor([B, T, D]), mask: ones([B, T, D]), valid, initial, weights: weights.decoder as Tensor1D }, [H]);
      return slice(estimates, [0, 1, 0], [B, T, D]); // x̂_t from the state after t steps
    },
    prior({ logits, means, spreads }) {
      return { logits: logits as Tensor1D, means: means as Tensor2D, spreads: spreads as Tensor2D };
    },
  };
}
