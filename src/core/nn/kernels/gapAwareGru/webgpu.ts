/** Registers the WGSL twin of the gap-aware GRU for tfjs's webgpu backend. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { emptyBuffer, runWgsl, type WgslJob } from '../wgslProgram';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './index';
import { gradientLayout, outputLayout, stateWidth, weightLayout, type GruShape } from './shape';
import { backwardCode } from './wgslBackward';
import { gradientCode, outputCode, transposeCode } from './wgslCopy';
import { forwardCode } from './wgslForward';
import { MAX_DISPATCH_COST, plan, timeSlices, type Plan } from './wgslPlan';
import { weightGradientCode, weightGradientPlan } from './wgslWeightGradient';

type Job = WgslJob;

const run = (backend: WebGPUBackend, job: Job, result: TensorInfo): void => runWgsl(backend, { ...job, key: `gapAwareGru_${job.key}` }, result);

const empty = (backend: WebGPUBackend, size: number, what: string): TensorInfo => emptyBuffer(backend, 'gapAwareGru', size, what);

/** A call of either kernel: what all its programs share. */
interface Call {
  backend: WebGPUBackend;
  shape: GruShape;
  plan: Plan;
  layerTable: TensorInfo;
  /** Of the recurrence; see wgslText.ts. */
  uniforms: Record<string, number>;
}

function callOf(backend: WebGPUBackend, shape: GruShape): Call {
  const layout = plan(shape, backend.device.limits.maxComputeWorkgroupStorageSize);
  const { batch, steps, inputs, units } = shape;
  const { imputation, imputationBias } = weightLayout(inputs, units);
  return {
    backend,
    shape,
    plan: layout,
    layerTable: backend.makeTensorInfo([layout.table.length], 'int32', layout.table),
    uniforms: {
      batch,
      steps,
      inputs,
      layers: units.length,
      width: stateWidth(units),
      widest: Math.max(...units),
      parts: layout.parts,
      imputation,
      imputationBias,
    },
  };
}

/** One dispatch of the recurrence, over steps start..end. */
function recurrence({ backend, plan: { lanes, slots, invocations, workgroups } }: Call, pass: 'forward' | 'backward', job: Omit<Job, 'key' | 'workgroup'>, result: TensorInfo): void {
  const key = `${pass}_${lanes}_${slots[pass]}_${invocations}`;
  run(backend, { key, ...job, workgroup: [invocations, 1, 1], workgroups: [workgroups, 1, 1] }, result);
}

function forward(backend: WebGPUBackend, shape: GruShape, inputs: Record<string, TensorInfo>): TensorInfo[] {
  const call = callOf(backend, shape);
  const { plan, layerTable } = call;
  const { x, mask, valid, initial, weights } = inputs;
  const uniforms = { ...call.uniforms, estimates: plan.tape.estimates };
  const tape = empty(backend, plan.tape.size, 'the tape');
  const code = forwardCode(plan);
  for (const [start, end] of timeSlices(shape)) {
    recurrence(call, 'forward', { code, inputs: { x, mask, valid, initial, weights, layerTable }, uniforms: { ...uniforms, start, end } }, tape);
  }
  const total = outputLayout(shape).size;
  const output = empty(backend, total, 'the output');
  run(backend, { key: 'output', code: outputCode, inputs: { tape, layerTable }, uniforms: { ...uniforms, total }, workgroup: [64, 1, 1] }, output);
  backend.disposeData(layerTable.dataId);
  return [output, tape];
}

/** Partial sums of the weight gradients, [parts, P]. */
function weightGradients({ backend, shape, plan }: Call, tape: TensorInfo, adjoint: TensorInfo): { partials: TensorInfo; parts: number } {
  const { table: fields, products, blocks, chunk, parts, dispatches } = weightGradientPlan(shape, plan, MAX_DISPATCH_COST);
  const total = weightLayout(shape.inputs, shape.units).size;
  const table = backend.makeTensorInfo([fields.length], 'int32', fields);
  const partials = empty(backend, parts * total, 'the weight gradient');
  for (const [from, to] of dispatches) {
    const job: Job = {
      key: 'weightGradient',
      code: weightGradientCode,
      inputs: { tape, adjoint, table },
      uniforms: { products, blocks, chunk, part: from, total },
      workgroup: [64, 1, 1],
      workgroups: [Math.ceil(blocks / 64), to - from, 1],
    };
    run(backend, job, partials);
  }
  backend.disposeData(table.dataId);
  return { partials, parts };
}

function backward(backend: WebGPUBackend, shape: GruShape, inputs: Record<string, TensorInfo>): TensorInfo {
  const call = callOf(backend, shape);
  const { plan, layerTable } = call;
  const { mask, valid, weights: packed, tape, gradOutput } = inputs;
  const total = weightLayout(shape.inputs, shape.units).size;
  const weights = empty(backend, total, 'the weights');
  run(backend, { key: 'transpose', code: transposeCode, inputs: { weights: packed, layerTable }, uniforms: { ...call.uniforms, total }, workgroup: [64, 1, 1] }, weights);

  const { de, dx, initial, size } = plan.adjoint;
  const uniforms = { ...call.uniforms, estimates: de, dx, initial, states: shape.states ? 1 : 0 };
  const adjoint = empty(backend, size, 'the backward pass');
  const code = backwardCode(plan);
  for (const [end, start] of timeSlices(shape).reverse()) {
    recurrence(call, 'backward', { code, inputs: { mask, valid, weights, tape, gradOutput, layerTable }, uniforms: { ...uniforms, start, end } }, adjoint);
  }

  const { partials, parts } = weightGradients(call, tape, adjoint);
  const layout = gradientLayout(shape);
  const gradient = empty(backend, layout.size, 'the gradient');
  run(
    backend,
    { key: 'gradient', code: gradientCode, inputs: { adjoint, partials }, uniforms: { dx, weights: layout.weights, total, parts }, workgroup: [64, 1, 1] },
    gradient,
  );
  for (const temporary of [weights, adjoint, partials, layerTable]) backend.disposeData(temporary.dataId);
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
