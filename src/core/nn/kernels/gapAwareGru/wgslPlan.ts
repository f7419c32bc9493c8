/** How the WGSL twin lays out a shape: buffers, workgroup memory, rows of the batch a workgroup, time slices. */
import { check } from '../../../lib/assert';
import { invocationsFor, rounded, type Lanes } from '../wgslRecurrence';
import { stateWidth, weightLayout, type GruShape } from './shape';

export type Pass = 'forward' | 'backward';

/** A plan. Shaders depend on lanes, slots and invocations only; the rest reaches them in uniforms and the table. */
export interface Plan extends Lanes {
  /** Vectors of workgroup memory of either pass, and how many of them hold partial sums. */
  slots: Record<Pass, number>;
  room: Record<Pass, number>;
  /** Of each set of weights. */
  workgroups: number;
  sets: number;
  /** Whether there may be gaps: without, no estimates are made and the states start at 0. */
  gaps: boolean;
  tape: TapeLayout;
  adjoint: AdjointLayout;
  /** What the shaders must know of each layer, {@link TABLE_FIELDS} numbers a layer. */
  table: Int32Array;
}

/** Of one set, those of all sets follow each other: u [S, B, I]; z, r, c [S, B, H] and h [S+1, B, H] of each layer; e [S+1, B, I]. */
export interface TapeLayout {
  layers: { z: number; r: number; c: number; h: number }[];
  estimates: number;
  size: number;
}

/** Of one set, those of all sets follow each other: da [S, B, 3H] of each layer; de [S+1, B, I]; dx [B, S, I]; dh_0 [B, ΣH]. */
export interface AdjointLayout {
  da: number[];
  de: number;
  dx: number;
  initial: number;
  size: number;
}

export const TABLE_FIELDS = ['inputs', 'units', 'kernel', 'bias', 'state', 'z', 'r', 'c', 'h', 'da'] as const;

export function tapeLayout({ batch: B, steps: S, inputs: I, units }: GruShape, gaps = true): TapeLayout {
  let at = S * B * I;
  const take = (count: number): number => (at += count) - count;
  const layers = units.map((H) => ({ z: take(S * B * H), r: take(S * B * H), c: take(S * B * H), h: take((S + 1) * B * H) }));
  return { layers, estimates: take(gaps ? (S + 1) * B * I : 0), size: at };
}

export function adjointLayout({ batch: B, steps: S, inputs: I, units }: GruShape, gaps = true): AdjointLayout {
  let at = 0;
  const take = (count: number): number => (at += count) - count;
  const da = units.map((H) => take(S * B * 3 * H));
  return { da, de: take(gaps ? (S + 1) * B * I : 0), dx: take(B * S * I), initial: take(B * stateWidth(units)), size: at };
}

const FLOAT_BYTES = 4;

/** Widest input and its layer together. */
export const widestPair = ({ inputs, units }: GruShape): number => Math.max(...units.map((H, l) => (l === 0 ? inputs : units[l - 1]) + H));

export const widestInput = ({ inputs, units }: GruShape): number => Math.max(inputs, ...units.slice(0, -1));

/** Vectors of workgroup memory without the partial sums: forward u, h and the candidate's factors; backward g, two da, de and du. */
function fixedSlots(shape: GruShape, pass: Pass): number {
  const { inputs, units } = shape;
  return stateWidth(units) + inputs + (pass === 'forward' ? widestPair(shape) : 2 * Math.max(...units) + widestInput(shape));
}

/** Least room for partial sums: those of two gates forward, those of an input and a state backward. */
const leastRoom = (shape: GruShape, pass: Pass): number => (pass === 'forward' ? Math.max(2 * Math.max(...shape.units), shape.inputs) : widestPair(shape));

/** Room that is taken where there is memory: two parts of a candidate beside z, and of the sums backward. */
const goodRoom = (shape: GruShape, pass: Pass): number => (pass === 'forward' ? Math.max(3 * Math.max(...shape.units), shape.inputs) : 2 * widestPair(shape));

/**
 * Lays out `shape` for a GPU with `memory` bytes of workgroup memory: as many rows a workgroup as there is room for, at most 4
 * and no more than the batch needs; `gaps`: see Plan. Throws InputError when not even one row fits.
 */
export function plan(shape: GruShape, memory: number, gaps = true): Plan {
  const { batch, sets = 1, inputs, units } = shape;
  const available = (lanes: number): number => Math.floor(memory / (FLOAT_BYTES * lanes));
  const needed = Math.max(...(['forward', 'backward'] as const).map((pass) => fixedSlots(shape, pass) + leastRoom(shape, pass)));
  const fitting = ([4, 2, 1] as const).filter((lanes) => needed <= available(lanes));
  check(
    fitting.length > 0,
    `gapAwareGru: units [${units}] with ${inputs} inputs need more than the ${memory} bytes of workgroup memory that this GPU has. Take fewer units, or the wasm backend.`,
  );
  const lanes = fitting.find((rows) => rows < 2 * batch) ?? fitting[fitting.length - 1];
  const slots = (pass: Pass): number => Math.min(rounded(fixedSlots(shape, pass) + goodRoom(shape, pass)), available(lanes));
  const room = (pass: Pass): number => slots(pass) - fixedSlots(shape, pass);
  const tape = tapeLayout(shape, gaps);
  const adjoint = adjointLayout(shape, gaps);
  const { layers } = weightLayout(inputs, units);
  return {
    lanes,
    slots: { forward: slots('forward'), backward: slots('backward') },
    room: { forward: room('forward'), backward: room('backward') },
    invocations: invocationsFor(2 * Math.max(...units)),
    workgroups: Math.ceil(batch / lanes),
    sets,
    gaps,
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

/** Multiply-adds and steps in one dispatch of the recurrence, which keeps only a few workgroups busy. */
const SLICE_COST = 1e8;
const SLICE_STEPS = 1024;

/** Steps [from, to) of each dispatch, in order of time. */
export function timeSlices({ batch, sets = 1, steps, inputs, units }: GruShape): [from: number, to: number][] {
  const length = Math.max(1, Math.min(SLICE_STEPS, Math.floor(SLICE_COST / (sets * batch * weightLayout(inputs, units).size))));
  const count = Math.max(1, Math.ceil(steps / length));
  return Array.from({ length: count }, (_, s) => [Math.floor((s * steps) / count), Math.floor(((s + 1) * steps) / count)]);
}
