/** WGSL shared by the forward and backward programs of the recurrence. */
import { TABLE_FIELDS, type Plan } from './wgslPlan';

/** A T whose lanes are `buffer` at the indices `at`, an R. */
export function gather({ block: { lanes } }: Plan, buffer: string, at: string): string {
  return lanes === 1 ? `${buffer}[${at}]` : `T(${Array.from({ length: lanes }, (_, i) => `${buffer}[(${at})[${i}]]`).join(', ')})`;
}

/** Statements that write the lanes of `value`, a variable, to the result at `at` where the row, counted from `b`, is in the batch. */
export function scatter({ block: { lanes } }: Plan, at: string, value: string): string {
  if (lanes === 1) return `if (b < B) { result[${at}] = ${value}; }`;
  const writes = Array.from({ length: lanes }, (_, i) => `if (b + ${i} < B) { result[to[${i}]] = ${value}[${i}]; }`);
  return `{ let to = ${at}; ${writes.join(' ')} }`;
}

/** A loop over `count` units and the vectors of rows of a workgroup: unit `j`, vector `v`, its first row `b` and its `rows`. */
export function each({ block: { lanes, groups }, invocations }: Plan, count: string, body: string): string {
  return `for (var item = i32(localIndex); item < (${count}) * ${groups}; item += ${invocations}) {
    let j = item % (${count}); let v = item / (${count});
    let b = row0 + v * ${lanes}; let rows = rowsFrom(b);
    ${body}
  }`;
}

/** The fields of layer `l` as constants with the names of TABLE_FIELDS. */
export const layerFields = TABLE_FIELDS.map((field, i) => `let ${field} = layerTable[l * ${TABLE_FIELDS.length} + ${i}];`).join(' ');

/** Names of the uniforms, used throughout. */
export const sizes = 'let B = uniforms.batch; let S = uniforms.steps; let I = uniforms.inputs; let L = uniforms.layers; let P = uniforms.parts;';

/**
 * T: one value for each lane, a row of the batch. R: an index for each lane; rows past the end repeat the last row and
 * are never written. `memory` is the workgroup's; the vector v of unit k of the array at `at` is memory[(at + k) V + v].
 *
 * Arguments of exp are clamped where σ and tanh no longer change, since WGSL need not honour infinities; near 0 tanh
 * is a polynomial, where 1 - 2 / (e^2a + 1) would cancel.
 */
export function recurrenceHead({ block: { lanes, groups } }: Plan, slots: number): string {
  return `
  alias T = ${lanes === 1 ? 'f32' : `vec${lanes}<f32>`};
  alias R = ${lanes === 1 ? 'i32' : `vec${lanes}<i32>`};
  const V = ${groups};
  var<workgroup> memory: array<T, ${slots}>;
  fn rowsFrom(b: i32) -> R { return min(R(b) + R(${[0, 1, 2, 3].slice(0, lanes).join(', ')}), R(uniforms.batch - 1)); }
  // sum over k < count of memory[at + k] weights[column + k stride]
  fn product(at: i32, v: i32, column: i32, stride: i32, count: i32) -> T {
    var sum = T(0.0);
    var from_ = at * V + v;
    var weight = column;
    for (var k = 0; k < count; k++) {
      sum += memory[from_] * weights[weight];
      from_ += V;
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
