/** Registers the WGSL twin of the gap-aware GRU for tfjs's webgpu backend. */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { check } from '../../../lib/assert';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './index';
import { gradientLayout, outputLayout, weightLayout, type GruShape } from './shape';
import { backwardCode, backwardInvocations } from './wgslBackward';
import { gradientCode, outputCode, transposeCode } from './wgslCopy';
import { forwardCode, forwardInvocations } from './wgslForward';
import { adjointSize, MAX_DISPATCH_COST, rowBlock, tapeSize, timeSlices, type RowBlock } from './wgslPlan';
import { products, TILE, tileRowCost, tilesOf, weightGradientCode } from './wgslWeightGradient';

/** A program to run once: tfjs overwrites its key, so each run takes a fresh object. */
interface Job {
  /** Names the program and whatever its code depends on beside the shape. */
  key: string;
  code: string;
  inputs: Record<string, TensorInfo>;
  uniforms: Record<string, number>;
  workgroup: [number, number, number];
  /** Workgroups; by default as many as there are elements of the result, one invocation each. */
  workgroups?: [number, number, number];
}

const flat = ({ dataId, dtype, shape }: TensorInfo): TensorInfo => ({ dataId, dtype, shape: [shape.reduce((a, b) => a * b, 1)] });

/** Runs `job` on `result`, which it changes in place. */
function run(backend: WebGPUBackend, shape: GruShape, job: Job, result: TensorInfo): void {
  const { inputs: I, units, states } = shape;
  const each = job.workgroups === undefined;
  const program: WebGPUProgram = {
    outputShape: result.shape,
    variableNames: Object.keys(job.inputs),
    uniforms: Object.keys(job.uniforms)
      .map((name) => `${name} : i32,`)
      .join(' '),
    workgroupSize: job.workgroup,
    // an x layout alone makes tfjs pass main() the index of the element
    dispatchLayout: each ? { x: [0] } : { x: [0], y: [1], z: [2] },
    dispatch: job.workgroups ?? [Math.ceil(result.shape[0] / job.workgroup[0]), 1, 1],
    shaderKey: `gapAwareGru_${job.key}_${I}_${units.join('-')}_${states}`,
    getUserCode: () => job.code,
  };
  const uniforms = Object.values(job.uniforms).map((value) => ({ type: 'int32', data: [value] }));
  backend.runWebGPUProgram(program, Object.values(job.inputs).map(flat), 'float32', uniforms, result);
}

function empty(backend: WebGPUBackend, size: number, what: string): TensorInfo {
  const { maxStorageBufferBindingSize: most } = backend.device.limits;
  check(4 * size <= most, `gapAwareGru: ${what} needs ${4 * size} bytes, more than the ${most} that this GPU allows in one buffer. Take a smaller batch.`);
  return backend.makeTensorInfo([size], 'float32');
}

function blockOf(backend: WebGPUBackend, shape: GruShape): RowBlock {
  return rowBlock(shape, backend.device.limits.maxComputeWorkgroupStorageSize);
}

const blockKey = ({ lanes, groups }: RowBlock): string => `${lanes}x${groups}`;
const workgroupsOf = ({ batch }: GruShape, { lanes, groups }: RowBlock): [number, number, number] => [Math.ceil(batch / (lanes * groups)), 1, 1];

function forward(backend: WebGPUBackend, shape: GruShape, inputs: Record<string, TensorInfo>): TensorInfo[] {
  const { x, mask, valid, initial, weights } = inputs;
  const { batch, steps } = shape;
  const block = blockOf(backend, shape);
  const tape = empty(backend, tapeSize(shape), 'the tape');
  const code = forwardCode(shape, block);
  for (const [start, end] of timeSlices(shape)) {
    run(
      backend,
      shape,
      {
        key: `forward_${blockKey(block)}`,
        code,
        inputs: { x, mask, valid, initial, weights },
        uniforms: { batch, steps, start, end },
        workgroup: [forwardInvocations(shape, block), 1, 1],
        workgroups: workgroupsOf(shape, block),
      },
      tape,
    );
  }
  const output = empty(backend, outputLayout(shape).size, 'the output');
  run(backend, shape, { key: 'output', code: outputCode(shape), inputs: { tape }, uniforms: { batch, steps }, workgroup: [64, 1, 1] }, output);
  return [output, tape];
}

/** Rows of the products in each of `parts`, so that small products still make some 64 workgroups. */
function partition(shape: GruShape): { parts: number; chunk: number } {
  const rows = shape.batch * (shape.steps + 1);
  const tiles = products(shape).map((product) => tilesOf(product).reduce((a, b) => a * b));
  const wanted = Math.ceil(64 / Math.max(...tiles));
  const chunk = Math.ceil(Math.max(rows / wanted, 8 * TILE) / TILE) * TILE;
  return { parts: Math.ceil(rows / chunk), chunk };
}

function weightGradients(backend: WebGPUBackend, shape: GruShape, tape: TensorInfo, adjoint: TensorInfo): { partials: TensorInfo; parts: number } {
  const { batch, steps } = shape;
  const { parts, chunk } = partition(shape);
  const partials = empty(backend, parts * weightLayout(shape.inputs, shape.units).size, 'the weight gradient');
  for (const [i, product] of products(shape).entries()) {
    const code = weightGradientCode(shape, product);
    const [down, across] = tilesOf(product);
    const rowsAtOnce = Math.max(1, Math.floor(MAX_DISPATCH_COST / tileRowCost(product, shape)));
    for (let tile = 0; tile < down; tile += rowsAtOnce) {
      run(
        backend,
        shape,
        {
          key: `weightGradient_${i}`,
          code,
          inputs: { tape, adjoint },
          uniforms: { batch, steps, chunk, tile },
          workgroup: [TILE, TILE, 1],
          workgroups: [across, Math.min(rowsAtOnce, down - tile), parts],
        },
        partials,
      );
    }
  }
  return { partials, parts };
}

function backward(backend: WebGPUBackend, shape: GruShape, inputs: Record<string, TensorInfo>): TensorInfo {
  const { mask, valid, weights, tape, gradOutput } = inputs;
  const { batch, steps } = shape;
  const block = blockOf(backend, shape);
  const transposed = empty(backend, weights.shape[0], 'the weights');
  run(backend, shape, { key: 'transpose', code: transposeCode(shape), inputs: { weights }, uniforms: { count: weights.shape[0] }, workgroup: [64, 1, 1] }, transposed);

  const adjoint = empty(backend, adjointSize(shape), 'the backward pass');
  const code = backwardCode(shape, block);
  for (const [end, start] of timeSlices(shape).reverse()) {
    run(
      backend,
      shape,
      {
        key: `backward_${blockKey(block)}`,
        code,
        inputs: { mask, valid, weights: transposed, tape, gradOutput },
        uniforms: { batch, steps, start, end },
        workgroup: [backwardInvocations(shape, block), 1, 1],
        workgroups: workgroupsOf(shape, block),
      },
      adjoint,
    );
  }
  const { partials, parts } = weightGradients(backend, shape, tape, adjoint);
  const gradient = empty(backend, gradientLayout(shape).size, 'the gradient');
  run(backend, shape, { key: 'gradient', code: gradientCode(shape), inputs: { adjoint, partials }, uniforms: { batch, steps, parts }, workgroup: [64, 1, 1] }, gradient);
  for (const temporary of [transposed, adjoint, partials]) backend.disposeData(temporary.dataId);
  return gradient;
}

const kernels: KernelConfig[] = [
  {
    kernelName: GAP_AWARE_GRU,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, backend, attrs }) => forward(backend as WebGPUBackend, attrs as unknown as GruShape, inputs as Record<string, TensorInfo>),
  },
  {
    kernelName: GAP_AWARE_GRU_GRAD,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, backend, attrs }) => backward(backend as WebGPUBackend, attrs as unknown as GruShape, inputs as Record<string, TensorInfo>),
  },
];

export function registerGapAwareGruWebGpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
