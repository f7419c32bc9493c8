/** WGSL shared by the forward and backward programs of the recurrence. */
import { repeat } from '../wgslRecurrence';
import { TABLE_FIELDS, type Plan } from './wgslPlan';

/** A loop over the layers `l`, up or down. */
export const layersUp = (body: string): string => repeat('var l = 0', 'l += 1', 'l >= L', body);
export const layersDown = (body: string): string => repeat('var l = L - 1', 'l -= 1', 'l < 0', body);

/** Where each field that is a place starts in the buffers of a set. */
const BASES: Partial<Record<(typeof TABLE_FIELDS)[number], string>> = { kernel: 'weights0', bias: 'weights0', z: 'tape0', r: 'tape0', c: 'tape0', h: 'tape0', da: 'adjoint0' };

/** The fields of layer `l` as constants with the names of TABLE_FIELDS; weights0, tape0 and adjoint0: where those of the set start. */
export const layerFields = TABLE_FIELDS.map((field, i) => `let ${field} = layerTable[l * ${TABLE_FIELDS.length} + ${i}]${BASES[field] ? ` + ${BASES[field]}` : ''};`).join(' ');

/** weights0, tape0, adjoint0 of the set `setIndex`. */
export const setBases = 'let weights0 = setIndex * uniforms.weights; let tape0 = setIndex * uniforms.tape; let adjoint0 = setIndex * uniforms.adjoint;';

/**
 * The uniforms by their letters, and the rows of the workgroup: the first in its set, the index of each lane there
 * (`rows`) and among the rows of all sets (`given`).
 */
export const opening = ({ lanes }: Plan): string => `
    let B = uniforms.batch; let S = uniforms.steps; let I = uniforms.inputs; let L = uniforms.layers;
    let setIndex = i32(workgroupId.x) / uniforms.workgroups;
    ${setBases}
    let row0 = (i32(workgroupId.x) % uniforms.workgroups) * ${lanes};
    let rows = min(R(row0) + R(${[0, 1, 2, 3].slice(0, lanes).join(', ')}), R(B - 1));
    let given = rows + setIndex * B;`;
