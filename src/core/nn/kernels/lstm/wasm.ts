/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. Several threads take a part of the rows each. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { makeTape, partsOfTape, registerPasses, rowsOfTape, withCall, type Inputs, type WasmCall } from '../wasmCall';
import { heapModule, withMemory } from '../wasmHeap';
import { rowsOfPart } from '../wasmThreads';
import { BIDIRECTIONAL_LSTM, BIDIRECTIONAL_LSTM_GRAD, lstmWeightCount, type BidirectionalLstmShape } from './index';
import { wasmBase64 } from './lstm.wasm';

/** The exports of assembly/index.ts; `call` is the address of a Call of layout.ts. */
interface Assembly {
  tapeLength(call: number): number;
  workBytes(call: number): number;
  prepareForward(call: number): void;
  forward(part: number, call: number): void;
  prepareBackward(call: number): void;
  backward(part: number, call: number): void;
  sums(job: number, call: number): void;
  finishBackward(call: number): void;
}

/** The words of a Call, in order. */
const WORDS = ['batch', 'steps', 'inputs', 'units', 'rows', 'back', 'columnJobs', 'slope', 'x', 'valid', 'forward', 'backward', 'states', 'tape', 'gradStates', 'dx', 'dForward', 'dBackward', 'work'] as const;
type Call = WasmCall<(typeof WORDS)[number]>;

const module = heapModule<Assembly>(wasmBase64);
const KERNEL = 'lstm';

/** The word that holds a float32. */
const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0];

/** Calls `use` with a call for `shape`, cut into parts of so many rows. */
function withParts<A>(wasm: BackendWasm, { batch, steps, inputs, units, slope }: BidirectionalLstmShape, rows: number, back: boolean, use: (call: Call, parts: number, assembly: Assembly) => A): A {
  const parts = Math.ceil(batch / rows);
  return withCall(wasm, KERNEL, WORDS, [], (call) => {
    call.set({ batch, steps, inputs, units, rows, back: Number(back), columnJobs: parts, slope: bitsOf(slope) });
    return use(call, parts, module.on(wasm));
  });
}

function forward(wasm: BackendWasm, shape: BidirectionalLstmShape, inputs: Inputs): TensorInfo[] {
  const { batch, steps, units } = shape;
  const rows = rowsOfPart(batch, 4 * batch * steps * lstmWeightCount(shape.inputs, units));
  return withParts(wasm, shape, rows, false, ({ address, set }, parts, assembly) => {
    const states = wasm.makeOutput([batch, steps, units], 'float32');
    const tape = makeTape(wasm, assembly.tapeLength(address), rows);
    withMemory(wasm, KERNEL, assembly.workBytes(address), (work) => {
      set({ ...inputs, states, tape: partsOfTape(wasm, tape), work });
      assembly.prepareForward(address);
      module.run(wasm, 'forward', parts, address);
    });
    return [states, tape];
  });
}

function backward(wasm: BackendWasm, shape: BidirectionalLstmShape, { tape, ...inputs }: Inputs): TensorInfo[] {
  return withParts(wasm, shape, rowsOfTape(wasm, tape), true, ({ address, set }, parts, assembly) => {
    const { batch, steps, units } = shape;
    const [dx, dForward, dBackward] = [[batch, steps, shape.inputs], ...[0, 1].map(() => [lstmWeightCount(shape.inputs, units)])].map((size) => wasm.makeOutput(size, 'float32'));
    withMemory(wasm, KERNEL, assembly.workBytes(address), (work) => {
      set({ ...inputs, tape: partsOfTape(wasm, tape), dx, dForward, dBackward, work });
      assembly.prepareBackward(address);
      module.run(wasm, 'backward', parts, address);
      module.run(wasm, 'sums', parts, address);
      assembly.finishBackward(address);
    });
    return [dx, dForward, dBackward];
  });
}

export function registerLstmWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  registerPasses({ [BIDIRECTIONAL_LSTM]: forward, [BIDIRECTIONAL_LSTM_GRAD]: backward });
}
