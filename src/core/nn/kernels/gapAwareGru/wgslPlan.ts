/** How the WGSL twin lays out a shape: buffers, workgroup memory, rows of the batch a workgroup, time slices. */
import { check } from '../../../lib/assert';
import { stateWidth, weightLayout, type GruShape } from './shape';

/** A plan. Shaders depend on lanes, slots and invocations only; the rest reaches them in uniforms and the table. */
export interface Plan {
  /** Rows of the batch that one workgroup carries through time: one vector, so that they share each load of a weight. */
  lanes: 1 | 2 | 4;
  /** Vectors of workgroup memory of either pass. */
  slots: { forward: number; backward: number };
  /** Invocations of a workgroup. */
  invocations: number;
  workgroups: number;
  /** Parts into which a sum that few invocations would make is cut: over H for an estimate, over 3H for du. */
  parts: number;
  tape: TapeLayout;
  adjoint: AdjointLayout;
  /** What the shaders must know of each layer, {@link TABLE_FIELDS} numbers a layer. */
  table: Int32Array;
}

/** u [S, B, I]; z, r, c [S, B, H] and h [S+1, B, H] of each layer; e [S+1, B, I]. */
export interface TapeLayout {
  layers: { z: number; r: number; c: number; h: number }[];
  estimates: number;
  size: number;
}

/** da [S, B, 3H] of each layer; de [S+1, B, I]; dx [B, S, I]; dh_0 [B, ΣH]. */
export interface AdjointLayout {
  da: number[];
  de: number;
  dx: number;
  initial: number;
  size: number;
}

export const TABLE_FIELDS = ['inputs', 'units', 'kernel', 'recurrent', 'bias', 'state', 'z', 'r', 'c', 'h', 'da'] as const;

export function tapeLayout({ batch: B, steps: S, inputs: I, units }: GruShape): TapeLayout {
  let at = S * B * I;
  const take = (count: number): number => (at += count) - count;
  const layers = units.map((H) => ({ z: take(S * B * H), r: take(S * B * H), c: take(S * B * H), h: take((S + 1) * B * H) }));
  return { layers, estimates: take((S + 1) * B * I), size: at };
}

export function adjointLayout({ batch: B, steps: S, inputs: I, units }: GruShape): AdjointLayout {
  let at = 0;
  const take = (count: number): number => (at += count) - count;
  const da = units.map((H) => take(S * B * 3 * H));
  return { da, de: take((S + 1) * B * I), dx: take(B * S * I), initial: take(B * stateWidth(units)), size: at };
}

const MAX_INVOCATIONS = 256;
const FLOAT_BYTES = 4;

/** A power of two from 64 with an invocation for each unit: idle ones cost at every barrier. */
function invocationsOf({ units }: GruShape): number {
  const widest = Math.max(...units);
  return [64, 128].find((size) => size >= widest) ?? MAX_INVOCATIONS;
}

/** As many as there are invocations for, at most 16. */
function partsOf(shape: GruShape): number {
  return Math.max(1, Math.min(16, Math.floor(invocationsOf(shape) / shape.inputs)));
}

/** Vectors of workgroup memory: forward h, r h, u and parts; backward g, the three da, de and parts. */
function slotsOf(shape: GruShape, pass: 'forward' | 'backward'): number {
  const { inputs, units } = shape;
  return stateWidth(units) + (pass === 'forward' ? 1 : 3) * Math.max(...units) + inputs * (1 + partsOf(shape));
}

/** Rounds up, so that shapes share a pipeline; not by much, since the memory is cleared at each dispatch. */
function rounded(slots: number): number {
  return Math.max(1, Math.ceil(slots / 256)) * 256;
}

/**
 * Lays out `shape` for a GPU with `memory` bytes of workgroup memory: as many rows a workgroup as there is room for, at most 4
 * and no more than the batch needs. Throws InputError when not even one row fits.
 */
export function plan(shape: GruShape, memory: number): Plan {
  const { batch, inputs, units } = shape;
  const room = (lanes: number): number => Math.floor(memory / (FLOAT_BYTES * lanes));
  const fitting = ([4, 2, 1] as const).filter((lanes) => slotsOf(shape, 'backward') <= room(lanes));
  check(
    fitting.length > 0,
    `gapAwareGru: units [${units}] with ${inputs} inputs need more than the ${memory} bytes of workgroup memory that this GPU has. Take fewer units, or the wasm backend.`,
  );
  const lanes = fitting.find((rows) => rows < 2 * batch) ?? fitting[fitting.length - 1];
  const slots = (pass: 'forward' | 'backward'): number => Math.min(rounded(slotsOf(shape, pass)), room(lanes));
  const tape = tapeLayout(shape);
  const adjoint = adjointLayout(shape);
  const { layers } = weightLayout(inputs, units);
  return {
    lanes,
    slots: { forward: slots('forward'), backward: slots('backward') },
    invocations: invocationsOf(shape),
    workgroups: Math.ceil(batch / lanes),
    parts: partsOf(shape),
    tape,
    adjoint,
    table: Int32Array.from(
      layers.flatMap((layer, l) => {
        const row = { ...layer, ...tape.layers[l], da: adjoint.da[l] };
        return TABLE_FIELDS.map((field) => row[field]);
      }),
    ),
  };
}

/** Multiply-adds in one dispatch of the parallel products: half a second on a software adapter, milliseconds on a GPU. */
export const MAX_DISPATCH_COST = 5e8;
/** Multiply-adds and steps in one dispatch of the recurrence, which keeps only a few workgroups busy. */
const SLICE_COST = 1e8;
const SLICE_STEPS = 1024;

/** Steps [from, to) of each dispatch, in order of time. */
export function timeSlices({ batch, steps, inputs, units }: GruShape): [from: number, to: number][] {
  const length = Math.max(1, Math.min(SLICE_STEPS, Math.floor(SLICE_COST / (batch * weightLayout(inputs, units).size))));
  const count = Math.max(1, Math.ceil(steps / length));
  return Array.from({ length: count }, (_, s) => [Math.floor((s * steps) / count), Math.floor(((s + 1) * steps) / count)]);
}
