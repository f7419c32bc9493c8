/** WGSL shared by the forward and backward programs of the recurrence. */
import { TABLE_FIELDS, type Plan } from './wgslPlan';

/** A T whose lanes are `buffer` at the indices `at`, an R. */
export function gather({ lanes }: Plan, buffer: string, at: string): string {
  return lanes === 1 ? `${buffer}[${at}]` : `T(${Array.from({ length: lanes }, (_, i) => `${buffer}[(${at})[${i}]]`).join(', ')})`;
}

/** Statements that write the lanes of `value`, a variable, to the result at `at` where the row is in the batch. */
export function scatter({ lanes }: Plan, at: string, value: string): string {
  if (lanes === 1) return `if (row0 < B) { result[${at}] = ${value}; }`;
  const writes = Array.from({ length: lanes }, (_, i) => `if (row0 + ${i} < B) { result[to[${i}]] = ${value}[${i}]; }`);
  return `{ let to = ${at}; ${writes.join(' ')} }`;
}

/** A loop over units `j` < `count`, shared out among the invocations of a workgroup. */
export function each({ invocations }: Plan, count: string, body: string): string {
  return `for (var j = i32(localIndex); j < ${count}; j += ${invocations}) { ${body} }`;
}

/** The fields of layer `l` as constants with the names of TABLE_FIELDS. */
export const layerFields = TABLE_FIELDS.map((field, i) => `let ${field} = layerTable[l * ${TABLE_FIELDS.length} + ${i}];`).join(' ');

/** The uniforms by their letters, and the rows of the workgroup: the first, and the index of each lane. */
export const opening = ({ lanes }: Plan): string => `
    let B = uniforms.batch; let S = uniforms.steps; let I = uniforms.inputs; let L = uniforms.layers; let P = uniforms.parts;
    let row0 = i32(workgroupId.x) * ${lanes};
    let rows = min(R(row0) + R(${[0, 1, 2, 3].slice(0, lanes).join(', ')}), R(B - 1));`;

/**
 * T: one value for each lane, a row of the batch. R: an index for each lane; rows past the end repeat the last row and
 * are never written. `memory` is the workgroup's: several arrays of one T a unit.
 *
 * Arguments of exp are clamped where σ and tanh no longer change, since WGSL need not honour infinities; near 0 tanh
 * is a polynomial, where 1 - 2 / (e^2a + 1) would cancel.
 */
export function recurrenceHead({ lanes }: Plan, slots: number): string {
  return `
  alias T = ${lanes === 1 ? 'f32' : `vec${lanes}<f32>`};
  alias R = ${lanes === 1 ? 'i32' : `vec${lanes}<i32>`};
  var<workgroup> memory: array<T, ${slots}>;
  // sum over k < count of memory[at + k] weights[column + k stride]
  fn product(at: i32, column: i32, stride: i32, count: i32) -> T {
    var sum = T(0.0);
    var weight = column;
    for (var k = 0; k < count; k++) {
      sum += memory[at + k] * weights[weight];
      weight += stride;
    }
    return sum;
  }
  fn sigma(a: T) -> T { return 1.0 / (1.0 + exp(-clamp(a, T(-40.0), T(40.0)))); }
  fn safeTanh(a: T) -> T {
    let x = clamp(a, T(-12.0), T(12.0));
    let s = x * x;
    let near = x * (1.0 - s * (0.33333333 - s * (0.13333333 - s * (0.053968254 - s * 0.021869488))));
    let far = 1.0 - 2.0 / (exp(2.0 * x) + 1.0);
    return select(far, near, abs(x) < T(0.3));
  }`;
}
