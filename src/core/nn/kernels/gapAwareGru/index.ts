/**
 * The gap-aware GRU: one recurrence for every GRU of DTCR and CRLI (methods.md, section 2).
 *
 * | use                | mask                 | read                              |
 * | ------------------ | -------------------- | --------------------------------- |
 * | plain GRU          | 1                    | states, finalStates               |
 * | imputing encoder   | 1 (start), the data's | estimates e_t, finalStates       |
 * | free-running decoder | 1 in row 1, then 0 | estimates e_1..e_S                |
 * | discriminator      | 1                    | estimates e_1..e_S (its output head) |
 */
import { clone, customGrad, engine, getBackend, keep, reshape, split, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { check } from '../../../lib/assert';
import '../../gradients';
import { outputLayout, stateWidth, weightLayout, type GruShape } from './shape';

/** Inputs x, mask, valid, initial, weights; attributes GruShape; outputs [packed output, tape (opaque)]. */
export const GAP_AWARE_GRU = 'GapAwareGru';
/** Inputs x, mask, valid, initial, weights, tape, gradOutput; attributes GruShape and constantWeights, with which a backend may leave the weights' part of the gradient undefined; output [packed gradient]. */
export const GAP_AWARE_GRU_GRAD = 'GapAwareGruGrad';

export interface GapAwareGruInputs {
  /** x: [B, S, I]; finite everywhere. */
  x: Tensor3D;
  /** m: [B, S, I]; 1 = observed, 0 = use the estimate. */
  mask: Tensor3D;
  /** v: [B, S]; 1 = a real step, 0 = hold the state (padding at either end). */
  valid: Tensor2D;
  /** h_0: [B, ΣH], all layers side by side. */
  initial: Tensor2D;
  /** Packed weights [P], see weightLayout. */
  weights: Tensor1D;
}

export interface GapAwareGruOptions {
  /** Whether h_1..h_S of the top layer are wanted; default false. */
  states?: boolean;
  /** Whether no gradient flows to the weights, as to those of a discriminator that only judges; default false. */
  constantWeights?: boolean;
  /** A forward pass to share; filled with the same inputs. */
  pass?: GruPass;
}

export interface GapAwareGruOutputs {
  /** e_0..e_S: [B, S+1, I]; e_t is made from the state after t steps. */
  estimates: Tensor3D;
  /** h_S of every layer, side by side: [B, ΣH]. */
  finalStates: Tensor2D;
  /** h_1..h_S of the top layer: [B, S, H_L], or null unless asked for. */
  states: Tensor3D | null;
}

/**
 * A forward pass that is made once and used again with the same inputs: the first call fills it, later calls read
 * it. A training procedure that needs a part's outputs before it differentiates that part saves one pass by it.
 */
export class GruPass {
  #tensors: Tensor[] | null = null;

  /** Output and tape; `make` is called the first time only. The caller owns the tensors returned. */
  tensors(make: () => Tensor[]): Tensor[] {
    this.#tensors ??= make().map((tensor) => keep(tensor));
    return this.#tensors.map((tensor) => clone(tensor));
  }

  dispose(): void {
    this.#tensors?.forEach((tensor) => tensor.dispose());
    this.#tensors = null;
  }
}

/** Whether the backend carries the rows of several sets of weights at once, see {@link GruShape.sets}: both directions of a GRU, say. */
export const carriesSets = (): boolean => getBackend() === 'webgpu';

/** How many sets of weights there are, each of `size`. Throws InputError when that is none, or what the backend does not carry. */
export function setsOf(call: string, weights: Tensor1D, size: number, rows: number): number {
  const sets = weights.shape[0] / size;
  check(Number.isInteger(sets) && sets > 0, `${call}: weights [${weights.shape}] must be [${size}], or a multiple of it`);
  check(sets === 1 || (carriesSets() && rows % sets === 0), `${call}: ${sets} sets of weights for ${rows} rows on the ${getBackend()} backend: only webgpu carries several, for equal shares of the rows`);
  return sets;
}

/**
 * Runs the recurrence over the whole sequence as one fused kernel on the current backend.
 *
 *     e_{t-1} = h_{t-1} W_imp + b_imp     u_t = m_t x_t + (1 - m_t) e_{t-1}     h_t = GRU(u_t, h_{t-1})
 *
 * Gradients flow to x, initial and weights. With several sets of weights side by side (see carriesSets) each has an equal
 * share of the rows, one set after the other. Throws InputError when a shape does not fit.
 */
export function gapAwareGru(inputs: GapAwareGruInputs, units: readonly number[], { states = false, constantWeights = false, pass }: GapAwareGruOptions = {}): GapAwareGruOutputs {
  const { x, mask, valid, initial, weights } = inputs;
  const [rows, steps, width] = x.shape;
  const sets = setsOf('gapAwareGru', weights, weightLayout(width, units).size, rows);
  const shape: GruShape = { batch: rows / sets, sets, steps, inputs: width, units, states };
  const sumH = stateWidth(units);
  check(mask.shape.join() === x.shape.join(), `gapAwareGru: mask [${mask.shape}] must have the shape of x [${x.shape}]`);
  check(valid.shape.join() === [rows, steps].join(), `gapAwareGru: valid [${valid.shape}] must be [${rows}, ${steps}]`);
  check(initial.shape.join() === [rows, sumH].join(), `gapAwareGru: initial [${initial.shape}] must be [${rows}, ${sumH}]`);

  const attributes = { ...shape, constantWeights } as unknown as Record<string, never>;
  const differentiated = constantWeights ? [x, initial] : [x, initial, weights];
  const run = customGrad((...args) => {
    const [x, initial] = args as Tensor[];
    const save = args[differentiated.length] as unknown as (tensors: Tensor[]) => void;
    const forward = (): Tensor[] => engine().runKernel(GAP_AWARE_GRU, { x, mask, valid, initial, weights }, attributes) as Tensor[];
    const [output, tape] = pass ? pass.tensors(forward) : forward();
    save([x, mask, valid, initial, weights, tape]);
    return {
      value: output,
      gradFunc: (gradOutput: Tensor, saved: Tensor[]) => {
        const [x, mask, valid, initial, weights, tape] = saved;
        const gradient = engine().runKernel(GAP_AWARE_GRU_GRAD, { x, mask, valid, initial, weights, tape, gradOutput }, attributes) as Tensor1D;
        const parts = split(gradient, [x.size, initial.size, weights.size]);
        return [x, initial, weights].slice(0, differentiated.length).map((input, i) => reshape(parts[i], input.shape));
      },
    };
  });
  const output = run(...differentiated) as Tensor1D;
  const at = outputLayout(shape);
  const sizes = [at.finalStates, at.states - at.finalStates, ...(shape.states ? [at.size - at.states] : [])];
  const [estimates, finalStates, all] = split(output, sizes);
  return {
    estimates: reshape(estimates, [rows, steps + 1, width]),
    finalStates: reshape(finalStates, [rows, sumH]),
    states: shape.states ? reshape(all, [rows, steps, units[units.length - 1]]) : null,
  };
}
