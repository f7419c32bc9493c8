/**
 * Puts our matrix product and column sums in the place of tfjs's on its wasm backend, over tfjs's own memory. tfjs's
 * product is built without fused multiply-add, copies the second factor for a library's sake, and is many times slower
 * when a factor is transposed; its sums over leading axes turn the whole matrix first.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend_util, util, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { replaceKernel } from '../replaceKernel';
import { withCall } from '../wasmCall';
import { addressOf, heapModule, withMemory } from '../wasmHeap';
import { partsOf } from '../wasmThreads';
import { wasmBase64 } from './matrixProduct.wasm';

/** The exports of assembly/index.ts. */
interface Assembly {
  workBytes(): number;
  multiply(M: number, N: number, K: number, a: number, aRow: number, aColumn: number, b: number, bRow: number, bColumn: number, c: number, work: number): void;
  share(job: number, call: number): void;
  sumRows(M: number, N: number, a: number, s: number): void;
}

/** The words of a Call, in order. */
const WORDS = ['M', 'N', 'K', 'a', 'aRow', 'aColumn', 'b', 'bRow', 'bColumn', 'c', 'work', 'jobs'] as const;

const module = heapModule<Assembly>(wasmBase64);
const KERNEL = 'matrixProduct';

/** The matrices that `shape` [.., rows, columns] stacks, and its last two axes. */
function stackOf(shape: number[]): { count: number; rows: number; columns: number } {
  const [rows, columns] = shape.slice(-2);
  return { count: shape.slice(0, -2).reduce((product, length) => product * length, 1), rows, columns };
}

const product = (stock: KernelFunc): KernelFunc => (call) => {
  const { a, b } = call.inputs as Record<string, TensorInfo>;
  const { transposeA, transposeB } = call.attrs as unknown as { transposeA: boolean; transposeB: boolean };
  const [left, right] = [stackOf(a.shape), stackOf(b.shape)];
  if (left.count !== right.count || a.dtype !== 'float32' || b.dtype !== 'float32') return stock(call); // broadcast
  const backend = call.backend as BackendWasm;
  const assembly = module.on(backend);
  const [M, K] = transposeA ? [left.columns, left.rows] : [left.rows, left.columns];
  const N = transposeB ? right.rows : right.columns;
  const out = backend.makeOutput([...a.shape.slice(0, -2), M, N], 'float32');
  const strides = (of: typeof left, transposed: boolean): [number, number] => (transposed ? [1, of.columns] : [of.columns, 1]);
  const [aRow, aColumn] = strides(left, transposeA);
  const [bRow, bColumn] = strides(right, transposeB);
  const jobs = partsOf(2 * M * N * K);
  withMemory(backend, KERNEL, assembly.workBytes() * jobs, (work) => {
    for (let i = 0; i < left.count; i++) {
      const at = (info: TensorInfo, size: number): number => addressOf(backend, info) + 4 * i * size;
      if (jobs === 1) assembly.multiply(M, N, K, at(a, M * K), aRow, aColumn, at(b, K * N), bRow, bColumn, at(out, M * N), work);
      else {
        withCall(backend, KERNEL, WORDS, [], ({ address, set }) => {
          set({ M, N, K, a: at(a, M * K), aRow, aColumn, b: at(b, K * N), bRow, bColumn, c: at(out, M * N), work, jobs });
          module.run(backend, 'share', jobs, address);
        });
      }
    }
  });
  return out;
};

/** Over the leading axes; others are left to tfjs. */
const sum = (stock: KernelFunc): KernelFunc => (call) => {
  const x = call.inputs.x as TensorInfo;
  const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean };
  const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  if (x.dtype !== 'float32' || axes.length === x.shape.length || axes.some((a, i) => a !== i)) return stock(call);
  const backend = call.backend as BackendWasm;
  const rest = x.shape.slice(axes.length);
  const out = backend.makeOutput(keepDims ? backend_util.expandShapeToKeepDim(rest, axes) : rest, 'float32');
  const N = util.sizeFromShape(rest);
  module.on(backend).sumRows(util.sizeFromShape(x.shape) / N, N, addressOf(backend, x), addressOf(backend, out));
  return out;
};

/** tfjs's wasm backend must have been imported. */
export function registerMatrixProductWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  replaceKernel('BatchMatMul', product);
  replaceKernel('Sum', sum);
}
