/**
 * Weight gradients of recurrences in WGSL: products of the tape with the adjoint buffer over all N = B S rows at once.
 *
 * In the packed weights the blocks W, U and b of a layer are one matrix, whose gradient is A' da with A = [input, h_{t-1}, 1],
 * where h_{t-1} may be multiplied by a gate. One dispatch makes all products: an invocation takes a block of one of them over
 * one part of the N rows, in registers and without a barrier; the parts are added up by who reads them.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { emptyBuffer, runWgsl } from './wgslProgram';

/** Rows and columns of the block that one invocation makes. */
const HIGH = 8;
const WIDE = 4;
/** Invocations that keep a GPU busy, and rows of A that are worth one of them. */
const ENOUGH = 16_384;
const LEAST_ROWS = 64;

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** `block`: the blocks of the products before it. */
const FIELDS = ['block', 'count', 'rows', 'first', 'last', 'width', 'offset', 'inputs', 'input', 'hidden', 'reset', 'right'] as const;

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
  /** Columns of A before h_{t-1}; where they, h_{t-1} and r (or -1) start on the tape; where da or de starts in the adjoint buffer. */
  inputs: number;
  input: number;
  hidden: number;
  reset: number;
  right: number;
}

interface WeightGradientPlan {
  /** All products, field by field. */
  table: Int32Array;
  products: number;
  blocks: number;
  /** Rows of A in a part. */
  chunk: number;
  parts: number;
  /** Parts [from, to) of each dispatch: no more multiply-adds in one than `most`. */
  dispatches: [from: number, to: number][];
}

/** Multiply-adds in one dispatch of the parallel products: half a second on a software adapter, milliseconds on a GPU. */
export const MAX_DISPATCH_COST = 5e8;
/** How the products are cut: small ones into many parts, so that there is work for a GPU, large ones into several dispatches. */
function planOf(all: readonly Product[], most: number): WeightGradientPlan {
  const starts: number[] = [];
  let blocks = 0;
  for (const product of all) {
    starts.push(blocks);
    blocks += Math.ceil(product.rows / HIGH) * Math.ceil((product.last - product.first) / WIDE);
  }
  const rows = Math.max(...all.map(({ count }) => count));
  const wanted = Math.min(Math.ceil(ENOUGH / blocks), Math.ceil(rows / LEAST_ROWS));
  const whole = HIGH * WIDE * blocks;
  const chunk = Math.max(1, Math.min(Math.ceil(rows / wanted), Math.floor(most / whole)));
  const parts = Math.ceil(rows / chunk);
  const atOnce = Math.max(1, Math.floor(most / (whole * chunk)));
  return {
    table: Int32Array.from(all.flatMap((product, i) => [starts[i], ...FIELDS.slice(1).map((field) => product[field as keyof Product])])),
    products: all.length,
    blocks,
    chunk,
    parts,
    dispatches: Array.from({ length: Math.ceil(parts / atOnce) }, (_, i) => [i * atOnce, Math.min(parts, (i + 1) * atOnce)]),
  };
}

const groups = range(HIGH / 4);

/**
 * WGSL of the products; result = partial sums [parts, weights of all sets]; inputs tape, adjoint, table; uniforms products, blocks, chunk,
 * part (the first of this dispatch) and total (weights of all sets). Rows and columns past the end repeat the last and are never written.
 */
const code = `
  fn main() {
    let block_ = i32(globalId.x);
    if (block_ >= uniforms.blocks) { return; }
    var p = 0;
    while (p + 1 < uniforms.products && table[(p + 1) * ${FIELDS.length}] <= block_) { p++; }
    ${FIELDS.map((field, i) => `let ${field} = table[p * ${FIELDS.length} + ${i}];`).join(' ')}
    let across = (last - first + ${WIDE - 1}) / ${WIDE};
    let row0 = ((block_ - block) / across) * ${HIGH};
    let column0 = first + ((block_ - block) % across) * ${WIDE};
    let columns = min(vec4<i32>(0, 1, 2, 3) + column0, vec4<i32>(last - 1)) + right;
    let units = rows - 1 - inputs;
    ${groups
      .map(
        (g) => `
    let rows${g} = min(vec4<i32>(0, 1, 2, 3) + row0 + ${4 * g}, vec4<i32>(rows - 1));
    let isInput${g} = rows${g} < vec4<i32>(inputs);
    let isBias${g} = rows${g} == vec4<i32>(rows - 1);
    let base${g} = select(rows${g} + hidden - inputs, rows${g} + input, isInput${g});
    let stride${g} = select(vec4<i32>(units), vec4<i32>(inputs), isInput${g});`,
      )
      .join('')}
    ${range(HIGH)
      .map((i) => `var sum${i} = vec4<f32>(0.0);`)
      .join(' ')}
    let part = uniforms.part + i32(workgroupId.y);
    let end = min((part + 1) * uniforms.chunk, count);
    for (var n = part * uniforms.chunk; n < end; n++) {
      let to_ = columns + n * width;
      let r = vec4<f32>(adjoint[to_.x], adjoint[to_.y], adjoint[to_.z], adjoint[to_.w]);
      ${groups
        .map(
          (g) => `
      let at${g} = base${g} + n * stride${g};
      var l${g} = vec4<f32>(tape[at${g}.x], tape[at${g}.y], tape[at${g}.z], tape[at${g}.w]);
      if (reset >= 0) {
        let gate = at${g} + (reset - hidden);
        l${g} = select(l${g} * vec4<f32>(tape[gate.x], tape[gate.y], tape[gate.z], tape[gate.w]), l${g}, isInput${g});
      }
      l${g} = select(l${g}, vec4<f32>(1.0), isBias${g});`,
        )
        .join('')}
      ${range(HIGH)
        .map((i) => `sum${i} += l${i >> 2}.${'xyzw'[i % 4]} * r;`)
        .join(' ')}
    }
    var sums = array<vec4<f32>, ${HIGH}>(${range(HIGH)
      .map((i) => `sum${i}`)
      .join(', ')});
    for (var i = 0; i < min(${HIGH}, rows - row0); i++) {
      for (var j = 0; j < min(${WIDE}, last - column0); j++) {
        result[part * uniforms.total + offset + (row0 + i) * width + column0 + j] = sums[i][j];
      }
    }
  }`;

/** Partial sums of the gradients for `total` weights, [parts, total]; the caller disposes of them. */
export function weightGradients(backend: WebGPUBackend, kernel: string, all: readonly Product[], total: number, tape: TensorInfo, adjoint: TensorInfo): { partials: TensorInfo; parts: number } {
  const { table: fields, products, blocks, chunk, parts, dispatches } = planOf(all, MAX_DISPATCH_COST);
  const table = backend.makeTensorInfo([fields.length], 'int32', fields);
  const partials = emptyBuffer(backend, kernel, parts * total, 'the weight gradient');
  for (const [from, to] of dispatches) {
    const uniforms = { products, blocks, chunk, part: from, total };
    runWgsl(backend, { key: 'recurrent_weightGradient', code, inputs: { tape, adjoint, table }, uniforms, workgroup: [64, 1, 1], workgroups: [Math.ceil(blocks / 64), to - from, 1] }, partials);
  }
  backend.disposeData(table.dataId);
  return { partials, parts };
}
