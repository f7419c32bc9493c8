/**
 * The GRU of one layer over complete series: the gap-aware GRU with mask 1, first states 0 and no estimate read. Where a
 * backend has a twin for it, neither mask nor estimates are made; elsewhere it is the gap-aware GRU.
 */
import { customGrad, engine, fill, getBackend, getKernel, reshape, split, zeros, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { check } from '../../../lib/assert';
import { gapAwareGru, setsOf, type GapAwareGruOutputs } from './index';
import { rowsOf, weightLayout, type GruShape } from './shape';

/** Inputs x, valid, weights; attributes PlainGruShape; outputs [packed output, tape (opaque)]. */
export const PLAIN_GRU = 'LacunaPlainGru';
/** Inputs valid, weights, tape, gradOutput; attributes PlainGruShape; outputs the gradient for the weights, and that for x if wanted. */
export const PLAIN_GRU_GRAD = 'LacunaPlainGruGrad';

export interface PlainGruShape extends GruShape {
  /** Whether the gradient for x is an output. */
  inputGradient: boolean;
}

/** Sizes of what lies in the packed output: final states [B, H], states [B, S, H] if wanted. */
export const plainOutputSizes = (shape: PlainGruShape): number[] => {
  const values = rowsOf(shape) * shape.units[0];
  return [values, ...(shape.states ? [values * shape.steps] : [])];
};

export interface PlainGruOptions {
  /** Whether h_1..h_S are wanted beside h_S; default false. */
  states?: boolean;
  /** Whether x is data, so that no gradient flows to it; default false. */
  constantInput?: boolean;
}

/**
 * @param x [B, S, I]
 * @param valid v: [B, S]; 1 = a real step, 0 = hold the state (padding at either end)
 * @param weights packed, see weightLayout; the estimate's get gradient 0. Several sets as in gapAwareGru
 * @param units H
 * @returns h_S [B, H], and h_1..h_S [B, S, H] if wanted. Gradients flow to weights and x.
 * @throws InputError when a shape does not fit
 */
export function plainGru(x: Tensor3D, valid: Tensor2D, weights: Tensor1D, units: number, { states = false, constantInput = false }: PlainGruOptions = {}): Pick<GapAwareGruOutputs, 'finalStates' | 'states'> {
  const [rows, steps, inputs] = x.shape;
  if (!getKernel(PLAIN_GRU, getBackend())) return gapAwareGru({ x, mask: fill(x.shape, 1), valid, initial: zeros([rows, units]), weights }, [units], { states });
  check(valid.shape.join() === [rows, steps].join(), `plainGru: valid [${valid.shape}] must be [${rows}, ${steps}]`);
  const sets = setsOf('plainGru', weights, weightLayout(inputs, [units]).size, rows);
  const shape: PlainGruShape = { batch: rows / sets, sets, steps, inputs, units: [units], states, inputGradient: !constantInput };
  const output = recurrence(shape, x, valid, weights);
  const [finalStates, all] = states ? split(output, plainOutputSizes(shape)) : [output];
  return { finalStates: reshape(finalStates, [rows, units]), states: states ? reshape(all, [rows, steps, units]) : null };
}

function recurrence(shape: PlainGruShape, x: Tensor3D, valid: Tensor2D, weights: Tensor1D): Tensor1D {
  const attributes = shape as unknown as Record<string, never>;
  const run = customGrad((...args) => {
    const [weights, x = given] = args.slice(0, -1) as Tensor[];
    const save = args[args.length - 1] as unknown as (tensors: Tensor[]) => void;
    const [output, tape] = engine().runKernel(PLAIN_GRU, { x, valid, weights }, attributes) as Tensor[];
    save([valid, weights, tape]);
    return {
      value: output,
      gradFunc: (gradOutput: Tensor, saved: Tensor[]) => {
        const [valid, weights, tape] = saved;
        return engine().runKernel(PLAIN_GRU_GRAD, { valid, weights, tape, gradOutput }, attributes) as Tensor[];
      },
    };
  });
  const given = x;
  return (shape.inputGradient ? run(weights, x) : run(weights)) as Tensor1D;
}
