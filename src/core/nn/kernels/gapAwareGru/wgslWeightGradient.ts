/**
 * Weight gradients in WGSL: products of the tape with the adjoint buffer over all N = B S rows at once.
 *
 * In the packed weights the blocks W, U and b of a layer are one matrix [inputs + H + 1, 3H], whose gradient is A' da with
 * A = [input, h_{t-1}, 1]; in the columns of the candidate h_{t-1} is r h_{t-1}. W_imp and b_imp are [H_L + 1, I], with
 * A = [h, 1] and de. A workgroup makes a tile of the product over one part of the N rows; wgslCopy.ts adds up the parts.
 */
import { weightLayout, type GruShape } from './shape';
import type { Plan } from './wgslPlan';

/** Invocations along each side of a workgroup. */
export const TILE = 16;
/** Rows of a tile that one invocation makes. */
const HIGH = 4;

/** Some columns of one matrix of the packed weights. */
export interface Product {
  /** N: rows of A. */
  count: number;
  /** Height of the matrix, its columns first..last - 1, its width and its place in the packed weights. */
  rows: number;
  first: number;
  last: number;
  width: number;
  offset: number;
  /** Columns of A before h_{t-1}; where they, h_{t-1} and r start on the tape; where da or de starts in the adjoint buffer. */
  inputs: number;
  input: number;
  hidden: number;
  reset: number;
  right: number;
}

/** The fields in one order, since they become the fields of a WGSL structure. */
function product({ count, rows, first, last, width, offset, inputs, input, hidden, reset, right }: Product): Product {
  return { count, rows, first, last, width, offset, inputs, input, hidden, reset, right };
}

export function products({ batch: B, steps: S, inputs: I, units }: GruShape, { tape, adjoint }: Plan): Product[] {
  const { layers, imputation } = weightLayout(I, units);
  const top = units.length - 1;
  return [
    ...layers.flatMap(({ inputs, units: H, kernel }, l) => {
      const input = l === 0 ? 0 : tape.layers[l - 1].h + B * inputs;
      const all = { count: B * S, rows: inputs + H + 1, width: 3 * H, offset: kernel, inputs, input, hidden: tape.layers[l].h, right: adjoint.da[l] };
      return [
        product({ ...all, first: 0, last: 2 * H, reset: -1 }),
        product({ ...all, first: 2 * H, last: 3 * H, reset: tape.layers[l].r }),
      ];
    }),
    product({
      count: B * (S + 1),
      rows: units[top] + 1,
      first: 0,
      last: I,
      width: I,
      offset: imputation,
      inputs: 0,
      input: 0,
      hidden: tape.layers[top].h,
      reset: -1,
      right: adjoint.de,
    }),
  ];
}

/** Columns of a tile that one invocation makes. */
export function wideOf({ first, last }: Product): 1 | 4 {
  return last - first > TILE ? 4 : 1;
}

/** Tiles down and across. */
export function tilesOf(product: Product): [down: number, across: number] {
  return [Math.ceil(product.rows / (TILE * HIGH)), Math.ceil((product.last - product.first) / (TILE * wideOf(product)))];
}

/** Multiply-adds of one row of tiles. */
export function tileRowCost(product: Product): number {
  return tilesOf(product)[1] * TILE * HIGH * TILE * wideOf(product) * product.count;
}

/**
 * WGSL of a product; result = partial sums [parts, P]; inputs tape, adjoint; uniforms those of a Product, chunk (rows of A
 * in a part, a multiple of TILE), tile (first row of tiles) and total (P). Workgroups: across x down x parts.
 */
export function weightGradientCode(wide: 1 | 4): string {
  const type = wide === 4 ? 'vec4<f32>' : 'f32';
  const four = (value: (i: number) => string): string => `vec4<f32>(${[0, 1, 2, 3].map(value).join(', ')})`;
  const right = (i: number): string => `rightAt(row, column0 + column * ${wide} + ${i})`;
  return `
  var<workgroup> lefts: array<vec4<f32>, ${TILE * TILE}>;
  var<workgroup> rights: array<${type}, ${TILE * TILE}>;
  fn leftAt(n: i32, row: i32) -> f32 {
    if (n >= uniforms.count || row >= uniforms.rows) { return 0.0; }
    if (row == uniforms.rows - 1) { return 1.0; }
    if (row < uniforms.inputs) { return tape[uniforms.input + n * uniforms.inputs + row]; }
    let units = uniforms.rows - 1 - uniforms.inputs;
    let unit = n * units + row - uniforms.inputs;
    if (uniforms.reset < 0) { return tape[uniforms.hidden + unit]; }
    return tape[uniforms.hidden + unit] * tape[uniforms.reset + unit];
  }
  fn rightAt(n: i32, column: i32) -> f32 {
    if (n >= uniforms.count || column >= uniforms.last) { return 0.0; }
    return adjoint[uniforms.right + n * uniforms.width + column];
  }
  fn main() {
    let line = i32(localId.y); let column = i32(localId.x);
    let row0 = (uniforms.tile + i32(workgroupId.y)) * ${TILE * HIGH};
    let column0 = uniforms.first + i32(workgroupId.x) * ${TILE * wide};
    let first = i32(workgroupId.z) * uniforms.chunk;
    var sum0: ${type}; var sum1: ${type}; var sum2: ${type}; var sum3: ${type};
    for (var n = 0; n < uniforms.chunk; n += ${TILE}) {
      let row = first + n + line;
      lefts[line * ${TILE} + column] = ${four((i) => `leftAt(row, row0 + column * ${HIGH} + ${i})`)};
      rights[line * ${TILE} + column] = ${wide === 4 ? four(right) : right(0)};
      workgroupBarrier();
      for (var k = 0; k < ${TILE}; k++) {
        let l = lefts[k * ${TILE} + line];
        let r = rights[k * ${TILE} + column];
        sum0 += l.x * r; sum1 += l.y * r; sum2 += l.z * r; sum3 += l.w * r;
      }
      workgroupBarrier();
    }
    var sums = array<${type}, ${HIGH}>(sum0, sum1, sum2, sum3);
    let base = i32(workgroupId.z) * uniforms.total + uniforms.offset;
    for (var i = 0; i < ${HIGH}; i++) {
      let row = row0 + line * ${HIGH} + i;
      for (var j = 0; j < ${wide}; j++) {
        let to_ = column0 + column * ${wide} + j;
        if (row < uniforms.rows && to_ < uniforms.last) { result[base + row * uniforms.width + to_] = sums[i]${wide === 4 ? '[j]' : ''}; }
      }
    }
  }`;
}
