/**
 * Lighter twins of kernels of tfjs's wasm backend. Its Identity copies the tensor, which happens to every tensor saved
 * for a backward pass; its Slice first copies the whole input out of the WebAssembly heap, and then moves single
 * elements when the last axis is short, and its SplitV is made of such slices; its Reverse finds each element's place
 * by a division for every axis.
 */
import { backend_util, slice_util, util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { replaceKernel } from './replaceKernel';

type Kernel = (x: TensorInfo, backend: BackendWasm, attributes: Record<string, unknown>) => TensorInfo | TensorInfo[];

/** The same data under a new name; tfjs counts the references. */
function identity({ dataId, shape, dtype }: TensorInfo, backend: BackendWasm): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

/** Copies the runs of elements that lie side by side in both tensors. */
function slice(x: TensorInfo, backend: BackendWasm, attributes: Record<string, unknown>): TensorInfo {
  const [begin, size] = slice_util.parseSliceParams(x as never, attributes.begin as number[], attributes.size as number[]);
  const out = backend.makeOutput(size, x.dtype);
  const source = backend.typedArrayFromHeap(x);
  const target = backend.typedArrayFromHeap(out);
  const strides = [...util.computeStrides(x.shape), 1];
  let axis = size.length - 1; // the run spans this axis and all after it
  while (axis > 0 && size[axis] === x.shape[axis]) axis--;
  const run = axis < 0 ? 1 : size[axis] * strides[axis];
  const index = begin.slice(0, Math.max(axis, 0));
  const offset = axis < 0 ? 0 : begin[axis] * strides[axis];
  for (let to = 0; to < target.length; to += run) {
    const from = index.reduce((sum, i, a) => sum + i * strides[a], offset);
    target.set(source.subarray(from, from + run), to);
    for (let a = index.length - 1; a >= 0 && ++index[a] === begin[a] + size[a]; a--) index[a] = begin[a];
  }
  return out;
}

/** The parts along one axis. */
function splitV(x: TensorInfo, backend: BackendWasm, { numOrSizeSplits, axis }: Record<string, unknown>): TensorInfo[] {
  const along = util.parseAxisParam(axis as number, x.shape)[0];
  const begin = x.shape.map(() => 0);
  return backend_util.prepareSplitSize(x as never, numOrSizeSplits as number[], along).map((length) => {
    const part = slice(x, backend, { begin: [...begin], size: x.shape.map((whole, a) => (a === along ? length : whole)) });
    begin[along] += length;
    return part;
  });
}

/** Blocks of what lies behind each reversed axis change places, one axis after the other. */
function reverse(x: TensorInfo, backend: BackendWasm, { dims }: Record<string, unknown>): TensorInfo {
  const out = backend.makeOutput(x.shape, x.dtype);
  const target = backend.typedArrayFromHeap(out);
  target.set(backend.typedArrayFromHeap(x));
  const strides = [...util.computeStrides(x.shape), 1];
  for (const axis of util.parseAxisParam(dims as number[], x.shape)) {
    const block = strides[axis];
    const length = x.shape[axis] * block;
    for (let from = 0; from < target.length; from += length) {
      for (let a = from, b = from + length - block; a < b; a += block, b -= block) {
        for (let i = 0; i < block; i++) {
          const kept = target[a + i];
          target[a + i] = target[b + i];
          target[b + i] = kept;
        }
      }
    }
  }
  return out;
}

function replace(name: string, kernel: Kernel): void {
  replaceKernel(name, (stock) => (call) => {
    const x = call.inputs.x as TensorInfo;
    return x.dtype === 'string' ? stock(call) : kernel(x, call.backend as BackendWasm, call.attrs as Record<string, unknown>);
  });
}

/** Replaces Identity, Slice, SplitV and Reverse of tfjs's wasm backend; its module must have been imported. */
export function registerWasmViews(): void {
  replace('Identity', identity);
  replace('Slice', slice);
  replace('SplitV', splitV);
  replace('Reverse', reverse);
}
