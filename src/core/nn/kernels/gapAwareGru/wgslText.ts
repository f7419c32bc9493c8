/** WGSL shared by the forward and backward programs of the recurrence. */
import { TABLE_FIELDS, type Pass, type Plan } from './wgslPlan';

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

/** A loop that is tested at its end: a software adapter makes a last pass without active lanes through one that is tested at its start. */
export const repeat = (start: string, step: string, until: string, body: string): string => `{ ${start}; loop { ${body} continuing { ${step}; break if ${until}; } } }`;

/** A loop over `j` < `count`, shared out among the invocations of a workgroup. */
export function each({ invocations }: Plan, count: string, body: string): string {
  return repeat('var j = i32(localIndex)', `j += ${invocations}`, `j >= ${count}`, `if (j < ${count}) { ${body} }`);
}

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

/** Columns that an invocation sums up at once, so that they share the load of a factor, and the fewest rows it is started for. */
const COLUMNS = 4;
const LEAST_ROWS = 8;

/**
 * T: one value for each lane, a row of the batch. R: an index for each lane; rows past the end repeat the last row and
 * are never written. `memory` is the workgroup's: several arrays of one T a unit.
 *
 * A product of a vector in memory with a matrix is made by all invocations: each takes four columns, a quarter of the
 * width apart, so that neighbours read neighbours, over a part of the rows. The partial sums lie in memory, part by part,
 * and are added where they are used.
 *
 * Arguments of exp are clamped where σ and tanh no longer change, since WGSL need not honour infinities; near 0 tanh
 * is a polynomial, where 1 - 2 / (e^2a + 1) would cancel.
 */
export function recurrenceHead({ lanes, slots, invocations }: Plan, pass: Pass): string {
  const columns = Array.from({ length: COLUMNS }, (_, c) => c);
  return `
  alias T = ${lanes === 1 ? 'f32' : `vec${lanes}<f32>`};
  alias R = ${lanes === 1 ? 'i32' : `vec${lanes}<i32>`};
  var<workgroup> memory: array<T, ${slots[pass]}>;
  // how many parts the rows of a product are cut into: none is empty
  fn partsOf(count: i32, columns: i32, room: i32) -> i32 {
    let quarter = (columns + ${COLUMNS - 1}) / ${COLUMNS};
    let wanted = clamp(min(${invocations} / quarter, count / ${LEAST_ROWS}), 1, room / columns);
    let most = (count + wanted - 1) / wanted;
    return (count + most - 1) / most;
  }
  // to_[part, column] = sum over the rows k of the part of memory[at + k] weights[matrix + k stride + column]
  fn products(at: i32, count: i32, matrix: i32, stride: i32, columns: i32, parts: i32, to_: i32) {
    let quarter = (columns + ${COLUMNS - 1}) / ${COLUMNS};
    let most = (count + parts - 1) / parts;
    ${repeat(
      'var item = i32(localIndex)',
      `item += ${invocations}`,
      'item >= quarter * parts',
      `if (item < quarter * parts) {
      let part = item / quarter;
      let first = item - part * quarter;
      let high = min(count, (part + 1) * most);
      var weight = min(vec4<i32>(0, 1, 2, 3) * quarter + first, vec4<i32>(columns - 1)) + matrix + part * most * stride;
      ${columns.map((c) => `var sum${c} = T(0.0);`).join(' ')}
      ${repeat(
        'var k = part * most',
        'k += 2',
        'k >= high',
        `let y = memory[at + k];
        let next = select(T(0.0), memory[at + k + 1], k + 1 < high);
        ${columns.map((c) => `sum${c} += y * weights[weight[${c}]];`).join(' ')}
        weight += vec4<i32>(stride);
        ${columns.map((c) => `sum${c} += next * weights[weight[${c}]];`).join(' ')}
        weight += vec4<i32>(stride);`,
      )}
      let mine = to_ + part * columns + first;
      memory[mine] = sum0;
      ${columns
        .slice(1)
        .map((c) => `if (first + ${c} * quarter < columns) { memory[mine + ${c} * quarter] = sum${c}; }`)
        .join(' ')}
    }`,
    )}
    workgroupBarrier();
  }
  // column j of such a product
  fn total(at: i32, columns: i32, parts: i32, j: i32) -> T {
    var sum = T(0.0);
    ${repeat('var part = 0', 'part += 1', 'part >= parts', 'sum += memory[at + part * columns + j];')}
    return sum;
  }
  // sum over k < count of memory[at + k] weights[weight + k stride], by one invocation
  fn column(at: i32, weight: i32, stride: i32, count: i32) -> T {
    var sum = T(0.0);
    ${repeat('var k = 0', 'k += 1', 'k >= count', 'sum += memory[at + k] * weights[weight + k * stride];')}
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
