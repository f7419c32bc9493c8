/**
 * DTCR: Deep Temporal Clustering Representation (Ma, Zheng, Li and Cottrell, NeurIPS 2019).
 * The parts stand in the order of the paper's figure: encoder, decoder, classifier.
 *
 * Source: methods.md sections 2.4, 2.5 and 4; where sources disagree, the "follow" column of 4.5.
 */
import { add, concat, matMul, mul, ones, relu, reshape, reverse, slice, split, sum, zeros as zeroTensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { carriesSets, gapAwareGru } from '../kernels/gapAwareGru';
import { plainGru } from '../kernels/gapAwareGru/plain';
import { dilate, interleave, type Subsequences } from '../layers/dilation';
import { gru } from '../layers/gru';
import { layout, type Block, type Layout, type Weights } from '../parameters';

export interface DtcrConfig {
  /** D, variables. */
  variables: number;
  /** m_1, m_2, m_3: units of the layers in each direction. */
  units: readonly number[];
  /** d_l: dilation of each layer; each less than T. */
  dilations: readonly number[];
}

/** Complete series; padding at either end is marked by `valid`. */
export interface DtcrBatch {
  /** x: [B, T, D]. */
  x: Tensor3D;
  /** v: [B, T]; 1 = the step belongs to the series. */
  valid: Tensor2D;
  /** [B, T, 1]; 1 at the last step of each series. */
  last: Tensor3D;
  /** [B, T, 1]; 1 at the first step of each series. */
  first: Tensor3D;
}

/** What a direction of the encoder reads: a batch whose steps lie in its order, [rows, T, ...]. */
type Directed = Pick<DtcrBatch, 'x' | 'valid' | 'last'>;

export interface DtcrModel {
  /** m = 2 (m_1 + m_2 + m_3), width of H. */
  latentWidth: number;
  parameters: Layout<string>;
  /** H: the outputs of all layers at the last step, forward then backward, [B, m]. */
  encode(weights: Weights, batch: DtcrBatch): Tensor2D;
  /** Free-running reconstruction from H and the first value x_1 [B, D]: [B, T, D]. */
  decode(weights: Weights, representation: Tensor2D, firstValue: Tensor2D, steps: number): Tensor3D;
  /** Logits of "fake" and "real": [B, 2]. */
  classify(weights: Weights, representation: Tensor2D): Tensor2D;
}

const CLASSIFIER_UNITS = 128;
const PROJECTION_LIMIT = 0.04;

/** Normal with this deviation, redrawn beyond two of them. */
function truncatedNormal(inputs: number, outputs: number, deviation: number): Block {
  return {
    shape: [inputs, outputs],
    initialise(values, random) {
      for (let i = 0; i < values.length; i++) {
        do values[i] = random.normal();
        while (Math.abs(values[i]) > 2);
        values[i] *= deviation;
      }
    },
  };
}

function constant(value: number, ...shape: number[]): Block {
  return { shape, initialise: (values) => values.fill(value) };
}

/** The decoder's GRU; its output projection starts uniform in ± 0.04, weights and bias. */
function decoder(variables: number, units: number): Block {
  const block = gru(variables, [units]);
  return {
    ...block,
    initialise(values, random) {
      block.initialise(values, random);
      const projection = values.subarray(values.length - (units + 1) * variables);
      for (let i = 0; i < projection.length; i++) projection[i] = PROJECTION_LIMIT * (2 * random.uniform() - 1);
    },
  };
}

export function dtcrModel({ variables: D, units, dilations }: DtcrConfig): DtcrModel {
  const m = 2 * units.reduce((total, width) => total + width, 0);
  const layers = units.map((width, l) => ({ width, inputs: l === 0 ? D : units[l - 1], dilation: dilations[l] }));
  const blocks: Record<string, Block> = {};
  for (const direction of ['forward', 'backward']) {
    for (const [l, { inputs, width }] of layers.entries()) blocks[`${direction}${l}`] = gru(inputs, [width]);
  }
  Object.assign(blocks, {
    decoder: decoder(D, m),
    hidden: truncatedNormal(m, CLASSIFIER_UNITS, 0.01),
    hiddenBias: constant(0.1, 1, CLASSIFIER_UNITS),
    output: truncatedNormal(CLASSIFIER_UNITS, 2, 0.01),
    outputBias: constant(0.1, 1, 2),
  });
  const parameters = layout<string>(blocks);

  /** The encoder over equal shares of the rows, one for each direction: the output of every layer at the step marked by `last`, [rows, m/2]. */
  const direct = (weights: Weights, directions: readonly string[], { x, valid, last }: Directed): Tensor2D => {
    const [R, T] = x.shape;
    let input: Subsequences = { x, splits: [] };
    const outputs = layers.map(({ width, dilation }, l) => {
      input = dilate(input, dilation);
      const [rows, steps] = input.x.shape;
      const alike = (flags: Tensor3D): Tensor3D => input.splits.reduce((of, { by }) => interleave(of, by), flags); // [rows, steps, 1]
      const within = reshape(alike(reshape(valid, [R, T, 1])), [rows, steps]) as Tensor2D;
      const own = directions.map((direction) => weights[`${direction}${l}`] as Tensor1D);
      const { states, finalStates } = plainGru(input.x, within, own.length > 1 ? concat(own) : own[0], width, { states: l + 1 < layers.length, constantInput: l === 0 });
      if (states) input = { ...input, x: states };
      // the subsequence that holds the last step ends with it: what follows is padding, over which the state is held
      const chosen = mul(finalStates, sum(alike(last), 1)); // [rows, m_l]
      return sum(reshape(chosen, [R, rows / R, width]), 1) as Tensor2D; // [R, m_l]
    });
    return reshape(concat(outputs, 1), [R, m / 2]);
  };

  return {
    latentWidth: m,
    parameters,
    encode(weights, { x, valid, first, last }) {
      const ahead: Directed = { x, valid, last };
      const back: Directed = { x: reverse(x, 1), valid: reverse(valid, 1), last: reverse(first, 1) };
      if (!carriesSets()) return concat([direct(weights, ['forward'], ahead), direct(weights, ['backward'], back)], 1);
      const both: Directed = { x: concat([ahead.x, back.x]), valid: concat([ahead.valid, back.valid]), last: concat([ahead.last, back.last]) };
      return concat(split(direct(weights, ['forward', 'backward'], both), 2), 1);
    },
    decode(weights, representation, firstValue, T) {
      const B = representation.shape[0];
      const rest = zeroTensor([B, T - 1, D]) as Tensor3D;
      const { estimates } = gapAwareGru(
        {
          x: concat([reshape(firstValue, [B, 1, D]) as Tensor3D, rest], 1),
          mask: concat([ones([B, 1, D]) as Tensor3D, rest], 1),
          valid: ones([B, T]),
          initial: representation,
          weights: weights.decoder as Tensor1D,
        },
        [m],
      );
      return slice(estimates, [0, 1, 0], [B, T, D]);
    },
    classify({ hidden, hiddenBias, output, outputBias }, representation) {
      return add(matMul(relu(add(matMul(representation, hidden as Tensor2D), hiddenBias)), output as Tensor2D), outputBias);
    },
  };
}
