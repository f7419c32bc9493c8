/** One WGSL dispatch on tfjs's webgpu backend. */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { check } from '../../lib/assert';

type Triple = [number, number, number];

export interface WgslJob {
  /** Names the kernel and all that `code` depends on. */
  key: string;
  code: string;
  inputs: Record<string, TensorInfo>;
  /** All i32. */
  uniforms: Record<string, number>;
  /** Further uniforms, all f32. */
  floats?: Record<string, number>;
  workgroup: Triple;
  /** Workgroups; without them there is one invocation for each element of the result, or for each of `elements`. */
  workgroups?: Triple;
  elements?: number;
}

const flat = ({ dataId, dtype, shape }: TensorInfo): TensorInfo => ({ dataId, dtype, shape: [shape.reduce((a, b) => a * b, 1)] });

/** Runs `job` on `result` (flat), which it changes in place. tfjs overwrites a program's key, so each run takes a fresh program. */
export function runWgsl(backend: WebGPUBackend, { key, code, inputs, uniforms, floats = {}, workgroup, workgroups, elements }: WgslJob, result: TensorInfo): void {
  const program: WebGPUProgram = {
    outputShape: result.shape,
    variableNames: Object.keys(inputs),
    uniforms: [...Object.keys(uniforms).map((name) => `${name} : i32,`), ...Object.keys(floats).map((name) => `${name} : f32,`)].join(' '),
    workgroupSize: workgroup,
    // a layout in x alone makes tfjs pass main() the index of the element
    dispatchLayout: workgroups ? { x: [0], y: [1], z: [2] } : { x: [0] },
    dispatch: workgroups ?? [Math.ceil((elements ?? result.shape[0]) / workgroup[0]), 1, 1],
    shaderKey: [key, ...Object.keys(uniforms), ...Object.keys(floats)].join('_'),
    getUserCode: () => code,
  };
  const typed = (type: string, given: Record<string, number>): { type: string; data: number[] }[] => Object.values(given).map((value) => ({ type, data: [value] }));
  const values = [...typed('int32', uniforms), ...typed('float32', floats)];
  backend.runWebGPUProgram(program, Object.values(inputs).map(flat), 'float32', values, result);
}

/** A flat float32 buffer. Throws an InputError when the GPU allows none that large. */
export function emptyBuffer(backend: WebGPUBackend, kernel: string, size: number, what: string): TensorInfo {
  const { maxStorageBufferBindingSize: most } = backend.device.limits;
  check(4 * size <= most, `${kernel}: ${what} needs ${4 * size} bytes, more than the ${most} that this GPU allows in one buffer. Take a smaller batch.`);
  return backend.makeTensorInfo([size], 'float32');
}
