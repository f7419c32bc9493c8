/** How the WGSL twin is laid out: the shape of its tape, rows of the batch a workgroup, and time slices short enough for watchdogs. */
import { check } from '../../../lib/assert';
import { stateWidth, weightLayout, type GruShape } from './shape';

/** Rows of the batch that one workgroup carries through time: `groups` vectors of `lanes` rows each. */
export interface RowBlock {
  lanes: 1 | 2 | 4;
  groups: number;
}

const MAX_INVOCATIONS = 256;
const FLOAT_BYTES = 4;

/** Parts into which the sums over H for one estimate are cut, so that more invocations than I share them. */
export function partsOf(inputs: number, { groups }: RowBlock): number {
  return Math.max(1, Math.min(16, Math.floor(128 / (inputs * groups))));
}

/** Floats of workgroup memory for one row: forward h, r h, u; backward g, da, de; and the parts of both. */
function floatsPerRow({ inputs, units }: GruShape, block: RowBlock): number {
  return stateWidth(units) + 3 * Math.max(...units) + inputs * (1 + partsOf(inputs, block));
}

/**
 * The most rows a workgroup can carry in `memory` bytes, at most 16 and no more than the batch needs.
 * Throws InputError when not even one row fits.
 */
export function rowBlock(shape: GruShape, memory: number): RowBlock {
  const blocks: RowBlock[] = [
    { lanes: 4, groups: 4 },
    { lanes: 4, groups: 2 },
    { lanes: 4, groups: 1 },
    { lanes: 2, groups: 1 },
    { lanes: 1, groups: 1 },
  ];
  const fitting = blocks.filter((block) => floatsPerRow(shape, block) * block.lanes * block.groups * FLOAT_BYTES <= memory);
  check(
    fitting.length > 0,
    `gapAwareGru: units [${shape.units}] with ${shape.inputs} inputs need more than the ${memory} bytes of workgroup memory that this GPU has. Take fewer units, or the wasm backend.`,
  );
  return fitting.find((block) => block.lanes * block.groups < 2 * shape.batch) ?? fitting[fitting.length - 1];
}

/** Invocations of a workgroup that has `items` to do in its widest phase: a multiple of 32, at most 256. */
export function invocations(items: number): number {
  return Math.min(MAX_INVOCATIONS, Math.ceil(items / 32) * 32);
}

/** Multiply-adds of the products of one time step for the whole batch. */
function stepCost({ batch, inputs, units }: GruShape): number {
  return batch * weightLayout(inputs, units).size;
}

/** Multiply-adds in one dispatch of the parallel products: half a second on a software adapter, milliseconds on a GPU. */
export const MAX_DISPATCH_COST = 5e8;
/** Multiply-adds and steps in one dispatch of the recurrence, which keeps only a few workgroups busy. */
const SLICE_COST = 1e8;
const SLICE_STEPS = 1024;

/** Steps [from, to) of each dispatch, in order of time. */
export function timeSlices(shape: GruShape): [from: number, to: number][] {
  const length = Math.max(1, Math.min(SLICE_STEPS, Math.floor(SLICE_COST / stepCost(shape))));
  const count = Math.max(1, Math.ceil(shape.steps / length));
  return Array.from({ length: count }, (_, s) => [Math.floor((s * shape.steps) / count), Math.floor(((s + 1) * shape.steps) / count)]);
}

/**
 * Floats of the tape: u [S, B, I]; z, r, c [S, B, H] and h [S+1, B, H] of each layer; e [S+1, B, I].
 * In WGSL the same offsets are expressions, see {@link tapeOffsets}.
 */
export function tapeSize({ batch: B, steps: S, inputs: I, units }: GruShape): number {
  return S * B * I + units.reduce((sum, H) => sum + (4 * S + 1) * B * H, 0) + (S + 1) * B * I;
}

export interface LayerOffsets {
  z: string;
  r: string;
  c: string;
  h: string;
}

/** WGSL expressions for the places on the tape, in terms of `BS` = B S and `B`, so that one pipeline serves all B and S. */
export function tapeOffsets({ inputs: I, units }: GruShape): { u: string; layers: LayerOffsets[]; e: string } {
  let below = 0;
  const layers = units.map((H): LayerOffsets => {
    const at = (gate: number): string => `(BS * ${I + 4 * below + gate * H} + B * ${below})`;
    const offsets = { z: at(0), r: at(1), c: at(2), h: at(3) };
    below += H;
    return offsets;
  });
  return { u: '0', layers, e: `(BS * ${I + 4 * below} + B * ${below})` };
}

/** Floats of the adjoint buffer: da [S, B, 3H] of each layer; de [S+1, B, I]; dx [B, S, I]; dh_0 [B, ΣH]. */
export function adjointSize({ batch: B, steps: S, inputs: I, units }: GruShape): number {
  return S * B * 3 * stateWidth(units) + (S + 1) * B * I + B * S * I + B * stateWidth(units);
}

/** As {@link tapeOffsets}, for the adjoint buffer. */
export function adjointOffsets({ inputs: I, units }: GruShape): { da: string[]; de: string; dx: string; initial: string } {
  let below = 0;
  const da = units.map((H) => {
    const at = `(BS * ${3 * below})`;
    below += H;
    return at;
  });
  return { da, de: `(BS * ${3 * below})`, dx: `(BS * ${3 * below + I} + B * ${I})`, initial: `(BS * ${3 * below + 2 * I} + B * ${I})` };
}
