/**
 * Weight gradients in WGSL: products of the tape with the adjoint buffer over all N = B S rows at once.
 *
 * In the packed weights the blocks W, U and b of a layer are one matrix [inputs + H + 1, 3H], whose gradient is A' da with
 * A = [input, h_{t-1}, 1]; in the columns of the candidate h_{t-1} is r h_{t-1}. W_imp and b_imp are [H_L + 1, I], with
 * A = [h, 1] and de. A workgroup makes a tile of the product over one part of the rows; wgslCopy.ts adds up the parts.
 */
import { weightLayout, type GruShape } from './shape';
import { adjointOffsets, tapeOffsets } from './wgslPlan';
import { sizes } from './wgslText';

/** Invocations along each side of a workgroup. */
export const TILE = 16;
/** Rows of a tile that one invocation makes. */
const HIGH = 4;

/** One product: `columns` of the matrix with `rows` rows and `width` columns at `offset` in the packed weights. */
export interface Product {
  /** Index of the layer, or 'imputation'. */
  part: number | 'imputation';
  rows: number;
  columns: [from: number, to: number];
  width: number;
  offset: number;
  /** Columns of a tile that one invocation makes. */
  wide: 1 | 4;
}

export function products({ inputs: I, units }: GruShape): Product[] {
  const { layers, imputation } = weightLayout(I, units);
  const top = units[units.length - 1];
  const product = (part: Product['part'], rows: number, columns: Product['columns'], width: number, offset: number): Product => ({
    part,
    rows,
    columns,
    width,
    offset,
    wide: columns[1] - columns[0] > TILE ? 4 : 1,
  });
  return [
    ...layers.flatMap(({ inputs, units: H, kernel }, l) => [
      product(l, inputs + H + 1, [0, 2 * H], 3 * H, kernel),
      product(l, inputs + H + 1, [2 * H, 3 * H], 3 * H, kernel),
    ]),
    product('imputation', top + 1, [0, I], I, imputation),
  ];
}

/** Tiles down and across. */
export function tilesOf({ rows, columns, wide }: Product): [down: number, across: number] {
  return [Math.ceil(rows / (TILE * HIGH)), Math.ceil((columns[1] - columns[0]) / (TILE * wide))];
}

/** Multiply-adds of one row of tiles of a product over all B S rows. */
export function tileRowCost(product: Product, { batch, steps }: GruShape): number {
  return tilesOf(product)[1] * TILE * HIGH * TILE * product.wide * batch * steps;
}

/**
 * WGSL of a product; result = partial sums [parts, P], inputs tape, adjoint; uniforms batch, steps, chunk (rows of A in a
 * part, a multiple of TILE) and tile (first row of tiles). Workgroups: across x down x parts.
 */
export function weightGradientCode(shape: GruShape, { part, rows, columns, width, offset, wide }: Product): string {
  const { inputs: I, units } = shape;
  const tape = tapeOffsets(shape);
  const adjoint = adjointOffsets(shape);
  const { size } = weightLayout(I, units);
  const type = wide === 4 ? 'vec4<f32>' : 'f32';

  let count = '(BS + B)';
  let right = `adjoint[${adjoint.de} + n * ${I} + column]`;
  let left = `return tape[${tape.layers[units.length - 1].h} + n * ${rows - 1} + row];`;
  if (part !== 'imputation') {
    const H = units[part];
    const W = rows - 1 - H;
    const { h, r } = tape.layers[part];
    const below = part === 0 ? `tape[n * ${I} + row]` : `tape[${tape.layers[part - 1].h} + (n + B) * ${W} + row]`;
    const gate = columns[0] === 2 * H ? `* tape[${r} + n * ${H} + row - ${W}]` : '';
    count = 'BS';
    right = `adjoint[${adjoint.da[part]} + n * ${width} + column]`;
    left = `if (row < ${W}) { return ${below}; } return tape[${h} + n * ${H} + row - ${W}] ${gate};`;
  }

  const four = (value: (i: number) => string): string => `vec4<f32>(${[0, 1, 2, 3].map(value).join(', ')})`;
  const column = (i: number): string => `rightAt(row, column0 + column * ${wide} + ${i}, B, BS)`;
  return `
  var<workgroup> a: array<vec4<f32>, ${TILE * TILE}>;
  var<workgroup> d: array<${type}, ${TILE * TILE}>;
  fn leftAt(n: i32, row: i32, B: i32, BS: i32) -> f32 {
    if (n >= ${count} || row >= ${rows}) { return 0.0; }
    if (row == ${rows - 1}) { return 1.0; }
    ${left}
  }
  fn rightAt(n: i32, column: i32, B: i32, BS: i32) -> f32 {
    if (n >= ${count} || column >= ${columns[1]}) { return 0.0; }
    return ${right};
  }
  fn main() {
    ${sizes}
    let line = i32(localId.y); let column = i32(localId.x);
    let row0 = (uniforms.tile + i32(workgroupId.y)) * ${TILE * HIGH};
    let column0 = ${columns[0]} + i32(workgroupId.x) * ${TILE * wide};
    let first = i32(workgroupId.z) * uniforms.chunk;
    var sums: array<${type}, ${HIGH}>;
    for (var n = 0; n < uniforms.chunk; n += ${TILE}) {
      let row = first + n + line;
      a[line * ${TILE} + column] = ${four((i) => `leftAt(row, row0 + column * ${HIGH} + ${i}, B, BS)`)};
      d[line * ${TILE} + column] = ${wide === 4 ? four(column) : column(0)};
      workgroupBarrier();
      for (var k = 0; k < ${TILE}; k++) {
        let left = a[k * ${TILE} + line];
        let right = d[k * ${TILE} + column];
        sums[0] += left.x * right; sums[1] += left.y * right; sums[2] += left.z * right; sums[3] += left.w * right;
      }
      workgroupBarrier();
    }
    let base = i32(workgroupId.z) * ${size} + ${offset};
    for (var i = 0; i < ${HIGH}; i++) {
      let row = row0 + line * ${HIGH} + i;
      for (var j = 0; j < ${wide}; j++) {
        let to = column0 + column * ${wide} + j;
        if (row < ${rows} && to < ${columns[1]}) { result[base + row * ${width} + to] = sums[i]${wide === 4 ? '[j]' : ''}; }
      }
    }
  }`;
}
