/** Registers the WGSL twin of the bidirectional LSTM for tfjs's webgpu backend. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { check } from '../../../lib/assert';
import { emptyBuffer, runWgsl, type WgslJob } from '../wgslProgram';
import { invocationsFor, rounded, type Lanes } from '../wgslRecurrence';
import { weightGradients, type Product } from '../wgslWeightGradient';
import { BIDIRECTIONAL_LSTM, BIDIRECTIONAL_LSTM_GRAD, lstmWeightCount, type BidirectionalLstmShape } from './index';
import { backwardCode, forwardCode, inputGradientCode, outputCode, packCode, weightSumCode } from './wgsl';

type Inputs = Record<string, TensorInfo>;

/** Places in the tape of a direction: x [S, B, I], gates [S, B, 4H], cells [S, B, H], states with h_0 [S + 1, B, H]. */
function tapeOf({ batch: B, steps: S, inputs: I, units: H }: BidirectionalLstmShape): { gates: number; cells: number; states: number; size: number } {
  const gates = S * B * I;
  const cells = gates + S * B * 4 * H;
  const states = cells + S * B * H;
  return { gates, cells, states, size: states + (S + 1) * B * H };
}

interface Plan extends Lanes {
  slots: number;
  /** How many of the slots hold partial sums. */
  room: number;
}

/** As many rows a workgroup as there is memory for, at most 4. @throws InputError when not even one row fits */
function planOf({ batch, inputs: I, units: H }: BidirectionalLstmShape, pass: 'forward' | 'backward', memory: number): Plan {
  const fixed = pass === 'forward' ? I + 2 * H : 6 * H;
  const least = pass === 'forward' ? 4 * H : I + H;
  const fits = (lanes: number): boolean => 4 * lanes * (fixed + least) <= memory;
  check(fits(1), `lstm: ${H} units with ${I} inputs need more than the ${memory} bytes of workgroup memory that this GPU has. Take fewer units, or the wasm backend.`);
  const lanes = ([4, 2, 1] as const).find((rows) => fits(rows) && rows < 2 * batch) ?? 1;
  const slots = Math.min(rounded(fixed + (pass === 'forward' ? 4 * H : 2 * (I + H))), Math.floor(memory / (4 * lanes)));
  return { lanes, invocations: invocationsFor(4 * H), slots, room: slots - fixed };
}

const run = (backend: WebGPUBackend, job: WgslJob, result: TensorInfo): void => runWgsl(backend, { ...job, key: `lstm_${job.key}` }, result);

const empty = (backend: WebGPUBackend, size: number, what: string): TensorInfo => emptyBuffer(backend, 'lstm', size, what);

const shaped = (info: TensorInfo, shape: number[]): TensorInfo => ({ ...info, shape });

function packed(backend: WebGPUBackend, { inputs, units }: BidirectionalLstmShape, { forward, backward }: Inputs, turned: 0 | 1): TensorInfo {
  const weights = lstmWeightCount(inputs, units);
  const both = empty(backend, 2 * weights, 'the weights');
  run(backend, { key: 'pack', code: packCode, inputs: { forward, backward }, uniforms: { weights, high: inputs + units, wide: 4 * units, turned }, workgroup: [64, 1, 1] }, both);
  return both;
}

/** One dispatch of the recurrence, both directions. */
function recurrence(backend: WebGPUBackend, shape: BidirectionalLstmShape, pass: 'forward' | 'backward', inputs: Inputs, result: TensorInfo): void {
  const plan = planOf(shape, pass, backend.device.limits.maxComputeWorkgroupStorageSize);
  const { batch, steps, units, slope } = shape;
  const { gates, cells, states, size } = tapeOf(shape);
  const workgroups = Math.ceil(batch / plan.lanes);
  const uniforms = {
    batch, steps, inputs: shape.inputs, units, workgroups, room: plan.room, gates, cells, states, tape: size,
    weights: lstmWeightCount(shape.inputs, units), adjoint: batch * steps * (4 * units + shape.inputs), dx: batch * steps * 4 * units,
  };
  const code = (pass === 'forward' ? forwardCode : backwardCode)(plan, plan.slots);
  const key = `${pass}_${plan.lanes}_${plan.slots}_${plan.invocations}`;
  run(backend, { key, code, inputs, uniforms, floats: { slope }, workgroup: [plan.invocations, 1, 1], workgroups: [2 * workgroups, 1, 1] }, result);
}

function forward(backend: WebGPUBackend, shape: BidirectionalLstmShape, { x, valid, ...directions }: Inputs): TensorInfo[] {
  const { batch, steps, units, slope } = shape;
  const { states, size } = tapeOf(shape);
  const weights = packed(backend, shape, directions, 0);
  const tape = empty(backend, 2 * size, 'the tape');
  recurrence(backend, shape, 'forward', { x, valid, weights }, tape);
  const total = batch * steps * units;
  const y = empty(backend, total, 'the states');
  const first = states + batch * units;
  run(backend, { key: 'output', code: outputCode, inputs: { tape }, uniforms: { batch, steps, width: units, first, second: size + first, total }, floats: { slope }, workgroup: [64, 1, 1] }, y);
  backend.disposeData(weights.dataId);
  return [shaped(y, [batch, steps, units]), tape];
}

/** Of either direction, [I + H, 4H] and b. */
function products(shape: BidirectionalLstmShape): Product[] {
  const { batch, steps, inputs, units } = shape;
  const { states, size } = tapeOf(shape);
  const width = 4 * units;
  return [0, 1].map((back) => ({
    count: batch * steps, rows: inputs + units + 1, first: 0, last: width, width, offset: back * lstmWeightCount(inputs, units),
    inputs, input: back * size, hidden: back * size + states, reset: -1, right: back * batch * steps * (width + inputs),
  }));
}

function backward(backend: WebGPUBackend, shape: BidirectionalLstmShape, { valid, tape, gradStates, ...directions }: Inputs): TensorInfo[] {
  const { batch, steps, inputs, units } = shape;
  const count = lstmWeightCount(inputs, units);
  const weights = packed(backend, shape, directions, 1);
  const [dx, size] = [batch * steps * 4 * units, batch * steps * (4 * units + inputs)];
  const adjoint = empty(backend, 2 * size, 'the backward pass');
  recurrence(backend, shape, 'backward', { valid, weights, tape, gradStates }, adjoint);
  const { partials, parts } = weightGradients(backend, 'lstm', products(shape), 2 * count, tape, adjoint);
  const total = batch * steps * inputs;
  const ofInputs = empty(backend, total, 'the gradient');
  run(backend, { key: 'inputGradient', code: inputGradientCode, inputs: { adjoint }, uniforms: { batch, steps, width: inputs, first: dx, second: size + dx, total }, workgroup: [64, 1, 1] }, ofInputs);
  const ofWeights = [0, count].map((first) => {
    const gradient = empty(backend, count, 'the gradient');
    run(backend, { key: 'weightSum', code: weightSumCode, inputs: { partials }, uniforms: { first, weights: count, parts }, workgroup: [64, 1, 1] }, gradient);
    return gradient;
  });
  for (const { dataId } of [weights, adjoint, partials]) backend.disposeData(dataId);
  return [shaped(ofInputs, [batch, steps, inputs]), ...ofWeights];
}

const kernels: KernelConfig[] = [
  { kernelName: BIDIRECTIONAL_LSTM, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => forward(backend as WebGPUBackend, attrs as unknown as BidirectionalLstmShape, inputs as Inputs) },
  { kernelName: BIDIRECTIONAL_LSTM_GRAD, backendName: 'webgpu', kernelFunc: ({ inputs, backend, attrs }) => backward(backend as WebGPUBackend, attrs as unknown as BidirectionalLstmShape, inputs as Inputs) },
];

export function registerLstmWebGpu(): void {
  for (const kernel of kernels) registerKernel(kernel);
}
