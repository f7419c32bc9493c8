/** Registers the WGSL twins of the gap-aware and of the plain GRU for tfjs's webgpu backend. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { emptyBuffer, runWgsl, type WgslJob } from '../wgslProgram';
import { weightGradients } from '../wgslWeightGradient';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './index';
import { PLAIN_GRU, PLAIN_GRU_GRAD, type PlainGruShape } from './plain';
import { rowsOf, stateWidth, weightLayout, type GruShape } from './shape';
import { backwardCode } from './wgslBackward';
import { gradientCode, outputCode, transposeCode } from './wgslCopy';
import { forwardCode } from './wgslForward';
import { plan, timeSlices, widestInput, widestPair, type Pass, type Plan } from './wgslPlan';
import { products } from './wgslProducts';

type Job = WgslJob;
type Inputs = Record<string, TensorInfo>;

const run = (backend: WebGPUBackend, job: Job, result: TensorInfo): void => runWgsl(backend, { ...job, key: `gapAwareGru_${job.key}` }, result);

const empty = (backend: WebGPUBackend, size: number, what: string): TensorInfo => emptyBuffer(backend, 'gapAwareGru', size, what);

/** A call of a kernel: what all its programs share. */
interface Call {
  backend: WebGPUBackend;
  shape: GruShape;
  plan: Plan;
  /** Weights of all sets. */
  weightCount: number;
  layerTable: TensorInfo;
  /** Of the recurrence; see wgslText.ts. */
  uniforms: Record<string, number>;
}

const isPlain = (shape: GruShape): shape is PlainGruShape => 'inputGradient' in shape;

function callOf(backend: WebGPUBackend, shape: GruShape): Call {
  const layout = plan(shape, backend.device.limits.maxComputeWorkgroupStorageSize, !isPlain(shape));
  const { batch, steps, inputs, units } = shape;
  const { imputation, imputationBias, size } = weightLayout(inputs, units);
  const width = stateWidth(units);
  const finals = layout.gaps ? rowsOf(shape) * (steps + 1) * inputs : 0;
  return {
    backend,
    shape,
    plan: layout,
    weightCount: layout.sets * size,
    layerTable: backend.makeTensorInfo([layout.table.length], 'int32', layout.table),
    uniforms: {
      batch,
      steps,
      inputs,
      layers: units.length,
      width,
      widest: Math.max(...units),
      widestInput: widestInput(shape),
      widestPair: widestPair(shape),
      top: units[units.length - 1],
      workgroups: layout.workgroups,
      weights: size,
      tape: layout.tape.size,
      adjoint: layout.adjoint.size,
      imputation,
      imputationBias,
      finals,
      topStates: shape.states ? finals + rowsOf(shape) * width : -1,
    },
  };
}

/** One dispatch of the recurrence, over steps start..end. */
function recurrence({ backend, plan: { lanes, slots, room, invocations, workgroups, sets, gaps } }: Call, pass: Pass, job: Omit<Job, 'key' | 'workgroup'>, result: TensorInfo): void {
  const key = `${gaps ? '' : 'plain_'}${pass}_${lanes}_${slots[pass]}_${invocations}`;
  run(backend, { key, ...job, uniforms: { ...job.uniforms, room: room[pass] }, workgroup: [invocations, 1, 1], workgroups: [sets * workgroups, 1, 1] }, result);
}

/** The inputs that a program without gaps has no use for are left out. */
const without = ({ plan: { gaps } }: Call, inputs: Inputs, ...names: string[]): Inputs => (gaps ? inputs : Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name))));

function forward(backend: WebGPUBackend, shape: GruShape, { x, mask, valid, initial, weights }: Inputs): TensorInfo[] {
  const call = callOf(backend, shape);
  const { plan, layerTable } = call;
  const uniforms = { ...call.uniforms, estimates: plan.tape.estimates };
  const tape = empty(backend, plan.sets * plan.tape.size, 'the tape');
  const code = forwardCode(plan);
  for (const [start, end] of timeSlices(shape)) {
    recurrence(call, 'forward', { code, inputs: without(call, { x, mask, valid, initial, weights, layerTable }, 'mask', 'initial'), uniforms: { ...uniforms, start, end } }, tape);
  }
  const { finals, topStates, width, top } = call.uniforms;
  const total = topStates < 0 ? finals + rowsOf(shape) * width : topStates + rowsOf(shape) * shape.steps * top;
  const output = empty(backend, total, 'the output');
  run(backend, { key: 'output', code: outputCode, inputs: { tape, layerTable }, uniforms: { ...uniforms, total }, workgroup: [64, 1, 1] }, output);
  backend.disposeData(layerTable.dataId);
  return [output, tape];
}

/** The adjoint buffers, and the partial sums of the weight gradients. The caller disposes of both. */
function adjoints(call: Call, { mask, valid, weights: packed, tape, gradOutput }: Inputs): { adjoint: TensorInfo; partials: TensorInfo; parts: number } {
  const { backend, shape, plan, layerTable, weightCount } = call;
  const weights = empty(backend, weightCount, 'the weights');
  run(backend, { key: 'transpose', code: transposeCode, inputs: { weights: packed, layerTable }, uniforms: { ...call.uniforms, total: weightCount }, workgroup: [64, 1, 1] }, weights);
  const { de, dx, initial, size } = plan.adjoint;
  const adjoint = empty(backend, plan.sets * size, 'the backward pass');
  const code = backwardCode(plan);
  for (const [end, start] of timeSlices(shape).reverse()) {
    recurrence(call, 'backward', { code, inputs: without(call, { mask, valid, weights, tape, gradOutput, layerTable }, 'mask'), uniforms: { ...call.uniforms, estimates: de, dx, initial, start, end } }, adjoint);
  }
  const sums = weightGradients(backend, 'gapAwareGru', products(shape, plan), weightCount, tape, adjoint);
  for (const temporary of [weights, layerTable]) backend.disposeData(temporary.dataId);
  return { adjoint, ...sums };
}

/** What of dx, dh_0 and the gradients for the weights is wanted, side by side in one buffer. */
function gradient({ backend, shape, plan, weightCount }: Call, { adjoint, partials, parts }: ReturnType<typeof adjoints>, wanted: { dx?: boolean; initial?: boolean; weights?: boolean }): TensorInfo {
  const { batch, steps, inputs, units } = shape;
  const [inputsPerSet, initialPerSet] = [batch * steps * inputs, batch * stateWidth(units)];
  const inputsSize = wanted.dx ? plan.sets * inputsPerSet : 0;
  const weights = inputsSize + (wanted.initial ? plan.sets * initialPerSet : 0);
  const total = wanted.weights ? weightCount : 0;
  const { imputation, size: perSet } = weightLayout(inputs, units);
  const { dx, initial, size } = plan.adjoint;
  const made = empty(backend, weights + total, 'the gradient');
  const uniforms = { dx, initial, inputsSize, inputsPerSet, initialPerSet, adjoint: size, weights, total, perSet, made: plan.gaps ? perSet : imputation, parts };
  run(backend, { key: 'gradient', code: gradientCode, inputs: { adjoint, partials }, uniforms, workgroup: [64, 1, 1] }, made);
  return made;
}

/** Packed, see gradientLayout. */
function backward(backend: WebGPUBackend, shape: GruShape, inputs: Inputs): TensorInfo {
  const call = callOf(backend, shape);
  const made = adjoints(call, inputs);
  const packed = gradient(call, made, { dx: true, initial: true, weights: true });
  for (const { dataId } of [made.adjoint, made.partials]) backend.disposeData(dataId);
  return packed;
}

/** For the weights, and for x if that is wanted. */
function plainBackward(backend: WebGPUBackend, shape: PlainGruShape, inputs: Inputs): TensorInfo[] {
  const call = callOf(backend, shape);
  const made = adjoints(call, inputs);
  const dx = (): TensorInfo => ({ ...gradient(call, made, { dx: true }), shape: [rowsOf(shape), shape.steps, shape.inputs] });
  const gradients = [gradient(call, made, { weights: true }), ...(shape.inputGradient ? [dx()] : [])];
  for (const { dataId } of [made.adjoint, made.partials]) backend.disposeData(dataId);
  return gradients;
}

type KernelPass = (backend: WebGPUBackend, shape: never, inputs: Inputs) => TensorInfo | TensorInfo[];

const kernels: Record<string, KernelPass> = { [GAP_AWARE_GRU]: forward, [GAP_AWARE_GRU_GRAD]: backward, [PLAIN_GRU]: forward, [PLAIN_GRU_GRAD]: plainBackward };

const kernelOf = (pass: KernelPass): KernelFunc => ({ inputs, backend, attrs }) => pass(backend as WebGPUBackend, attrs as never, inputs as Inputs);

export function registerGapAwareGruWebGpu(): void {
  for (const [kernelName, pass] of Object.entries(kernels)) registerKernel({ kernelName, backendName: 'webgpu', kernelFunc: kernelOf(pass) });
}
