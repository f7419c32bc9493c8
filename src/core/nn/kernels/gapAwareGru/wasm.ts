/**
 * Registers the WebAssembly twin for tfjs's wasm backend. The module is instantiated over tfjs's own memory, so
 * it reads the inputs and writes the outputs where tfjs keeps them: nothing is copied. Where that memory is shared,
 * several threads take a part of the rows each.
 */
import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { wasmBase64 } from './gapAwareGru.wasm';
import { makeTape, partsOfTape, registerPasses, rowsOfTape, withCall, type Inputs, type WasmCall } from '../wasmCall';
import { addressOf, heapModule, withMemory } from '../wasmHeap';
import { rowsOfPart } from '../wasmThreads';
import { registerWasmViews } from '../wasmViews';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './index';
import { PLAIN_GRU, PLAIN_GRU_GRAD, plainOutputSizes, type PlainGruShape } from './plain';
import { gradientLayout, outputLayout, weightLayout, type GruShape } from './shape';

/** The exports of assembly/index.ts; `call` is the address of a Call of layout.ts. */
interface Assembly {
  recordBytes(layers: number): number;
  tapeLength(call: number): number;
  forwardBytes(call: number): number;
  backwardBytes(call: number): number;
  prepareForward(call: number): void;
  forward(part: number, call: number): void;
  /** Returns the steps of a span. */
  prepareBackward(call: number): number;
  backward(part: number, call: number): void;
  sums(job: number, call: number): void;
  finishBackward(call: number): void;
}

/** The words of a Call, in order. */
const WORDS = ['batch', 'steps', 'inputs', 'layers', 'states', 'plain', 'inputGradient', 'rows', 'first', 'stop', 'columnJobs', 'records', 'x', 'mask', 'valid', 'initial', 'weights', 'output', 'tape', 'gradOutput', 'gradient', 'weightGradient', 'scratch'] as const;
const module = heapModule<Assembly>(wasmBase64);

const KERNEL = 'gapAwareGru';

interface Parts extends WasmCall<(typeof WORDS)[number]> {
  parts: number;
  assembly: Assembly;
}

/** What a call is about: a plain GRU makes less, see plain.ts. */
type Shape = GruShape & Partial<Pick<PlainGruShape, 'inputGradient'>> & { constantWeights?: boolean };

const isPlain = (shape: Shape): shape is PlainGruShape => shape.inputGradient !== undefined;

/** Calls `use` with a call for `shape`, cut into parts of so many rows. */
function withParts<A>(backend: BackendWasm, shape: Shape, rows: number, use: (parts: Parts) => A): A {
  const { batch, steps, inputs, units, states, inputGradient = true } = shape;
  const assembly = module.on(backend);
  const layers = units.length;
  const parts = Math.ceil(batch / rows);
  return withCall(backend, KERNEL, WORDS, units, ({ address, set }) =>
    withMemory(backend, KERNEL, assembly.recordBytes(layers) * (parts + 1), (records) => {
      set({ batch, steps, inputs, layers, states: Number(states), plain: Number(isPlain(shape)), inputGradient: Number(inputGradient), rows, columnJobs: parts, records });
      return use({ address, set, parts, assembly });
    }),
  );
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
const outputSize = (shape: Shape): number => (isPlain(shape) ? sum(plainOutputSizes(shape)) : outputLayout(shape).size);

/** Floating-point operations of a forward pass. */
const operations = ({ batch, steps, inputs, units }: GruShape): number => 2 * batch * steps * weightLayout(inputs, units).size;

function forward(wasm: BackendWasm, shape: Shape, { x, mask, valid, initial, weights }: Inputs): TensorInfo[] {
  const rows = rowsOfPart(shape.batch, operations(shape));
  return withParts(wasm, shape, rows, ({ address, set, parts, assembly }) => {
    const output = wasm.makeOutput([outputSize(shape)], 'float32');
    const tape = makeTape(wasm, assembly.tapeLength(address), rows);
    withMemory(wasm, KERNEL, assembly.forwardBytes(address), (scratch) => {
      set({ x, mask, valid, initial, weights, output, tape: partsOfTape(wasm, tape), scratch });
      assembly.prepareForward(address);
      module.run(wasm, 'forward', parts, address);
    });
    return [output, tape];
  });
}

function backward(wasm: BackendWasm, shape: Shape, { mask, valid, weights, tape, gradOutput }: Inputs): TensorInfo[] {
  const { batch, steps, inputs, units, constantWeights } = shape;
  return withParts(wasm, shape, rowsOfTape(wasm, tape), ({ address, set, parts, assembly }) => {
    const outputs = isPlain(shape)
      ? [[weightLayout(inputs, units).size], ...(shape.inputGradient ? [[batch, steps, inputs]] : [])].map((size) => wasm.makeOutput(size, 'float32'))
      : [wasm.makeOutput([gradientLayout(shape).size], 'float32')];
    const addresses = outputs.map((output) => addressOf(wasm, output));
    const [gradient, weightGradient] = isPlain(shape) ? [addresses[1] ?? 0, addresses[0]] : [addresses[0], addresses[0] + 4 * gradientLayout(shape).weights];
    withMemory(wasm, KERNEL, assembly.backwardBytes(address), (scratch) => {
      set({ mask, valid, weights, tape: partsOfTape(wasm, tape), gradOutput, gradient, weightGradient, scratch });
      const span = assembly.prepareBackward(address);
      for (let stop = steps; stop > 0; stop -= span) {
        set({ stop, first: Math.max(stop - span, 0) });
        module.run(wasm, 'backward', parts, address);
        if (!constantWeights) module.run(wasm, 'sums', parts, address);
      }
      if (!constantWeights) assembly.finishBackward(address);
    });
    return outputs;
  });
}

/**
 * Call once, before the backend starts: tfjs's threaded build has a shared memory, which the module cannot use.
 * Also puts lighter twins in the place of tfjs's Identity and Slice: saving the tape would copy it.
 */
export function registerGapAwareGruWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  registerWasmViews();
  registerPasses({ [GAP_AWARE_GRU]: forward, [GAP_AWARE_GRU_GRAD]: (...call) => backward(...call)[0], [PLAIN_GRU]: forward, [PLAIN_GRU_GRAD]: backward });
}
