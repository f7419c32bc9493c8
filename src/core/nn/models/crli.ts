/**
 * CRLI: Clustering Representation Learning on Incomplete time series (Ma, Chen, Li and Cottrell, AAAI 2021).
 * The parts stand in the order of the paper's figure: generator, discriminator, linear layer, decoder.
 *
 * Source: methods.md sections 2.4 and 5; where sources disagree, the "follow" column of 5.6.
 */
import { add, concat, fill, matMul, mul, ones, reshape, reverse, slice, split, sub, tile, zeros as zeroTensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { carriesSets, gapAwareGru, GruPass } from '../kernels/gapAwareGru';
import { gru } from '../layers/gru';
import { dense, layout, zeros, type Layout, type Weights } from '../parameters';

export interface CrliConfig {
  /** D, variables. */
  variables: number;
  /** h, units of each GRU layer in each direction. */
  hiddenUnits: number;
  /** L, layers in each direction. */
  layers: number;
  /** Whether the linear layer stands between states and H; default true. */
  linear?: boolean;
}

/** A minibatch; every tensor is a constant. */
export interface CrliBatch {
  /** x: [B, T, D]; 0 where missing. */
  x: Tensor3D;
  /** m: [B, T, D]; 1 = observed. */
  mask: Tensor3D;
  /** v: [B, T]; 1 = the step belongs to the series. */
  valid: Tensor2D;
  /** s: [B, T, D], how much the forward estimate counts against the backward one; left out: 1/2, as in the paper. */
  share?: Tensor3D;
}

/** The recurrences of the directions, made once and used by both steps of a minibatch; one serves both where they are carried together. */
export type GeneratorPasses = Record<Direction, GruPass>;

export function generatorPasses(): GeneratorPasses {
  return { forward: new GruPass(), backward: new GruPass() };
}

type Direction = 'forward' | 'backward';
type GeneratorBlock = 'forward' | 'backward' | 'forwardStart' | 'forwardStartBias' | 'backwardStart' | 'backwardStartBias' | 'linear' | 'linearBias' | 'decoder';

export type GeneratorWeights = Weights<GeneratorBlock>;

export interface Generated {
  /** x̂ of each direction, aligned in time, [B, T, D]: forward from the steps before t, backward from those after. */
  forward: Tensor3D;
  backward: Tensor3D;
  /** x̃ = s x̂ forward + (1 − s) x̂ backward, [B, T, D]. */
  imputation: Tensor3D;
  /** U = m x + (1 - m) x̃, [B, T, D]. */
  complete: Tensor3D;
  /** Final states of all layers, forward then backward, [B, 2Lh]. */
  states: Tensor2D;
}

export interface CrliModel {
  /** M = 2Lh, width of H. */
  latentWidth: number;
  /** Generator, linear layer and decoder. */
  generator: Layout<GeneratorBlock>;
  /** One block, the packed weights of its GRU. */
  discriminator: Layout<'discriminator'>;
  /** Both directions over the gaps; see Generated. */
  generate(weights: GeneratorWeights, batch: CrliBatch, passes?: GeneratorPasses): Generated;
  /** Logits a of D(U) = σ(a), "this cell was observed": [B, T, D]. `constant`: no gradient flows to the weights. */
  discriminate(weights: Tensor1D, complete: Tensor3D, valid: Tensor2D, constant?: boolean): Tensor3D;
  /** H: [B, 2Lh], a linear layer without activation on the final states of all layers and directions, or these themselves. */
  represent(weights: GeneratorWeights, states: Tensor2D): Tensor2D;
  /** Free-running reconstruction from H: [B, T, D]. */
  decode(weights: GeneratorWeights, representation: Tensor2D, steps: number): Tensor3D;
}

/** The constants that the learned start symbols project. */
const FORWARD_START = -128;
const BACKWARD_START = 128;
export const DISCRIMINATOR_UNITS = [32, 16, 8, 16, 32];

export function crliModel({ variables: D, hiddenUnits: h, layers: L, linear = true }: CrliConfig): CrliModel {
  const units = Array<number>(L).fill(h);
  const M = 2 * L * h;
  const generator = layout<GeneratorBlock>({
    forward: gru(D, units),
    backward: gru(D, units),
    forwardStart: dense(1, D),
    forwardStartBias: zeros(1, D),
    backwardStart: dense(1, D),
    backwardStartBias: zeros(1, D),
    linear: dense(M, M),
    linearBias: zeros(1, M),
    decoder: gru(D, [M]),
  });
  const discriminator = layout({ discriminator: gru(D, DISCRIMINATOR_UNITS) });

  /** S = W s + b, the learned first input, for B series: [B, 1, D]. */
  const startSymbol = (weights: GeneratorWeights, direction: Direction, B: number): Tensor3D => {
    const symbol = add(mul(weights[`${direction}Start`], direction === 'forward' ? FORWARD_START : BACKWARD_START), weights[`${direction}StartBias`]); // [1, D]
    return tile(reshape(symbol, [1, 1, D]) as Tensor3D, [B, 1, 1]);
  };

  /** The imputing encoder over equal shares of the rows, one for each direction: x̂_t made from the state before x_t, [rows, T, D], and final states. */
  const encode = (weights: GeneratorWeights, directions: readonly Direction[], { x, mask, valid }: CrliBatch, pass?: GruPass): { estimates: Tensor3D; finalStates: Tensor2D } => {
    const [R, T] = x.shape;
    const starts = directions.map((direction) => startSymbol(weights, direction, R / directions.length));
    const own = directions.map((direction) => weights[direction] as Tensor1D);
    const { estimates, finalStates } = gapAwareGru(
      {
        x: concat([starts.length > 1 ? concat(starts) : starts[0], x], 1), // [R, T+1, D]
        mask: concat([ones([R, 1, D]) as Tensor3D, mask], 1),
        valid: concat([ones([R, 1]) as Tensor2D, valid], 1),
        initial: zeroTensor([R, L * h]),
        weights: own.length > 1 ? concat(own) : own[0],
      },
      units,
      { pass },
    );
    return { estimates: slice(estimates, [0, 1, 0], [R, T, D]), finalStates };
  };

  /** Both directions, the second against time; on a backend that carries several sets of weights they are one recurrence. */
  const encodeBoth = (weights: GeneratorWeights, batch: CrliBatch, passes?: GeneratorPasses): ReturnType<typeof encode>[] => {
    const turned: CrliBatch = { x: reverse(batch.x, 1), mask: reverse(batch.mask, 1), valid: reverse(batch.valid, 1) };
    if (!carriesSets()) return [encode(weights, ['forward'], batch, passes?.forward), encode(weights, ['backward'], turned, passes?.backward)];
    const both: CrliBatch = { x: concat([batch.x, turned.x]), mask: concat([batch.mask, turned.mask]), valid: concat([batch.valid, turned.valid]) };
    const { estimates, finalStates } = encode(weights, ['forward', 'backward'], both, passes?.forward);
    const states = split(finalStates, 2) as Tensor2D[];
    return (split(estimates, 2) as Tensor3D[]).map((part, i) => ({ estimates: part, finalStates: states[i] }));
  };

  return {
    latentWidth: M,
    generator,
    discriminator,
    generate(weights, batch, passes) {
      const [ahead, back] = encodeBoth(weights, batch, passes);
      const forward = ahead.estimates;
      const backward: Tensor3D = reverse(back.estimates, 1);
      const imputation: Tensor3D = batch.share ? add(mul(batch.share, forward), mul(sub(1, batch.share), backward)) : mul(add(forward, backward), 0.5); // x̃
      const complete: Tensor3D = add(mul(batch.mask, batch.x), mul(sub(1, batch.mask), imputation)); // U
      return { forward, backward, imputation, complete, states: concat([ahead.finalStates, back.finalStates], 1) };
    },
    discriminate(weights, complete, valid, constant = false) {
      const [B, T] = complete.shape;
      const { estimates } = gapAwareGru(
        {
          x: complete,
          mask: fill([B, T, D], 1),
          valid,
          initial: zeroTensor([B, DISCRIMINATOR_UNITS.reduce((a, b) => a + b)]),
          weights,
        },
        DISCRIMINATOR_UNITS,
        { constantWeights: constant },
      );
      return slice(estimates, [0, 1, 0], [B, T, D]);
    },
    represent: (weights, states) => (linear ? add(matMul(states, weights.linear as Tensor2D), weights.linearBias) : states),
    decode(weights, representation, T) {
      const B = representation.shape[0];
      const rest = zeroTensor([B, T - 1, D]) as Tensor3D;
      const { estimates } = gapAwareGru(
        {
          x: concat([startSymbol(weights, 'forward', B), rest], 1), // [B, T, D]
          mask: concat([fill([B, 1, D], 1) as Tensor3D, rest], 1),
          valid: ones([B, T]),
          initial: representation,
          weights: weights.decoder as Tensor1D,
        },
        [M],
      );
      return slice(estimates, [0, 1, 0], [B, T, D]);
    },
  };
}
