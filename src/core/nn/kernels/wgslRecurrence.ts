/**
 * WGSL that the recurrences share: a workgroup carries `lanes` rows of the batch through time, one vector, so that they
 * share each load of a weight, with their state in workgroup memory.
 */

/** What the text depends on. */
export interface Lanes {
  lanes: 1 | 2 | 4;
  /** Invocations of a workgroup. */
  invocations: number;
}

export const MAX_INVOCATIONS = 256;

/** A power of two from 32 with an invocation for every four sums of `columns`, the most of a phase: idle ones cost at every barrier. */
export const invocationsFor = (columns: number): number => [32, 64, 128].find((size) => 4 * size >= columns) ?? MAX_INVOCATIONS;

/** Rounds slots of memory up, so that shapes share a pipeline; not by much, since the memory is cleared at each dispatch. */
export const rounded = (slots: number): number => Math.max(1, Math.ceil(slots / 256)) * 256;

/** A T whose lanes are `buffer` at the indices `at`, an R. */
export function gather({ lanes }: Lanes, buffer: string, at: string): string {
  return lanes === 1 ? `${buffer}[${at}]` : `T(${Array.from({ length: lanes }, (_, i) => `${buffer}[(${at})[${i}]]`).join(', ')})`;
}

/** Statements that write the lanes of `value`, a variable, to the result at `at` where the row is in the batch. */
export function scatter({ lanes }: Lanes, at: string, value: string): string {
  if (lanes === 1) return `if (row0 < B) { result[${at}] = ${value}; }`;
  const writes = Array.from({ length: lanes }, (_, i) => `if (row0 + ${i} < B) { result[to[${i}]] = ${value}[${i}]; }`);
  return `{ let to = ${at}; ${writes.join(' ')} }`;
}

/** A loop that is tested at its end: a software adapter makes a last pass without active lanes through one that is tested at its start. */
export const repeat = (start: string, step: string, until: string, body: string): string => `{ ${start}; loop { ${body} continuing { ${step}; break if ${until}; } } }`;

/** A loop over `j` < `count`, shared out among the invocations of a workgroup. */
export function each({ invocations }: Lanes, count: string, body: string): string {
  return repeat('var j = i32(localIndex)', `j += ${invocations}`, `j >= ${count}`, `if (j < ${count}) { ${body} }`);
}

/** Columns that an invocation sums up at once, so that they share the load of a factor, and the fewest rows it is started for. */
const COLUMNS = 4;
const LEAST_ROWS = 8;

/**
 * WGSL of T, R, `memory` and what is done with them.
 *
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
export function recurrenceHead({ lanes, invocations }: Lanes, slots: number): string {
  const columns = Array.from({ length: COLUMNS }, (_, c) => c);
  return `
  alias T = ${lanes === 1 ? 'f32' : `vec${lanes}<f32>`};
  alias R = ${lanes === 1 ? 'i32' : `vec${lanes}<i32>`};
  var<workgroup> memory: array<T, ${slots}>;
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
