/**
 * Puts our matrix product and sums in the place of tfjs's on its webgpu backend. tfjs compiles a program for each
 * kind of shape, turns matrices for its sums, and gives every sum a workgroup with barriers, however short it is.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend_util, util, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { replaceKernel } from '../replaceKernel';
import { emptyBuffer, runWgsl } from '../wgslProgram';
import { productCode, sumCode, TILE } from './wgsl';

const WORKGROUP = 8;
/** Invocations below which K is cut in parts, and the least K of a part. */
const BUSY = 2048;
const LEAST = 128;
/** Longest sum that one invocation makes alone. */
const LONGEST = 1024;

/** How many parts K is cut into, and how long they are. */
export function partsOf(tiles: number, depth: number): { parts: number; chunk: number } {
  const wanted = Math.max(1, Math.min(Math.floor(depth / LEAST), Math.ceil(BUSY / tiles)));
  const chunk = Math.max(1, Math.ceil(depth / wanted));
  return { parts: Math.max(1, Math.ceil(depth / chunk)), chunk };
}

/** Σ over the middle axis of `x` taken as [outer, count, inner], as a tensor of `shape`. */
export function sumOver(backend: WebGPUBackend, x: TensorInfo, count: number, inner: number, shape: number[]): TensorInfo {
  const total = util.sizeFromShape(shape);
  const sum = emptyBuffer(backend, 'sum', total, 'the sum');
  runWgsl(backend, { key: 'lacuna_sum', code: sumCode, inputs: { x }, uniforms: { count, inner, total }, workgroup: [64, 1, 1] }, sum);
  return { ...sum, shape };
}

const product = (stock: KernelFunc): KernelFunc => (call) => {
  const { a, b } = call.inputs as Record<string, TensorInfo>;
  const { transposeA, transposeB } = call.attrs as unknown as { transposeA: boolean; transposeB: boolean };
  const backend = call.backend as WebGPUBackend;
  const [stack, rightStack] = [a, b].map(({ shape }) => util.sizeFromShape(shape.slice(0, -2)));
  const [leftRows, leftColumns] = a.shape.slice(-2);
  const [rightRows, rightColumns] = b.shape.slice(-2);
  const [M, K, N] = [transposeA ? leftColumns : leftRows, transposeA ? leftRows : leftColumns, transposeB ? rightRows : rightColumns];
  const size = stack * M * N;
  if (stack !== rightStack || size === 0 || K === 0 || a.dtype !== 'float32' || b.dtype !== 'float32' || backend.shouldExecuteOnCPU([a, b])) return stock(call); // broadcast, for one
  const tiles = [Math.ceil(N / TILE), Math.ceil(M / TILE)];
  const { parts, chunk } = partsOf(stack * tiles[0] * tiles[1], K);
  const made = emptyBuffer(backend, 'matrixProduct', parts * size, 'the product');
  runWgsl(
    backend,
    {
      key: 'lacuna_product', code: productCode, inputs: { a, b },
      uniforms: {
        rows: M, columns: N, depth: K, parts, chunk,
        aRow: transposeA ? 1 : leftColumns, aColumn: transposeA ? leftColumns : 1,
        bRow: transposeB ? 1 : rightColumns, bColumn: transposeB ? rightColumns : 1,
      },
      workgroup: [WORKGROUP, WORKGROUP, 1],
      workgroups: [Math.ceil(tiles[0] / WORKGROUP), Math.ceil(tiles[1] / WORKGROUP), stack * parts],
    },
    made,
  );
  const shape = [...a.shape.slice(0, -2), M, N];
  if (parts === 1) return { ...made, shape };
  const whole = sumOver(backend, made, parts, M * N, shape);
  backend.disposeData(made.dataId);
  return whole;
};

/** Over neighbouring axes, when it is short; others are left to tfjs. */
const sum = (stock: KernelFunc): KernelFunc => (call) => {
  const x = call.inputs.x as TensorInfo;
  const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean };
  const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  const neighbours = axes.every((one, i) => one === axes[0] + i);
  const count = axes.reduce((length, one) => length * x.shape[one], 1);
  const backend = call.backend as WebGPUBackend;
  if (!neighbours || x.dtype !== 'float32' || count > LONGEST || util.sizeFromShape(x.shape) === 0 || backend.shouldExecuteOnCPU([x])) return stock(call);
  const rest = x.shape.filter((_, one) => !axes.includes(one));
  const inner = axes.length === 0 ? 1 : util.sizeFromShape(x.shape.slice(axes[axes.length - 1] + 1));
  return sumOver(backend, x, count, inner, keepDims ? backend_util.expandShapeToKeepDim(rest, axes) : rest);
};

/** tfjs's webgpu backend must have been imported. */
export function registerMatrixProductWebGpu(): void {
  replaceKernel('BatchMatMul', product, 'webgpu');
  replaceKernel('Sum', sum, 'webgpu');
}
