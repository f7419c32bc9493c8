/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. Several threads take a part of the rows each. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { makeTape, partsOfTape, registerPasses, rowsOfTape, withCall, type Inputs, type Words } from '../wasmCall';
import { heapModule, withMemory } from '../wasmHeap';
import { rowsOfPart } from '../wasmThreads';
import { wasmBase64 } from './imputingLstm.wasm';
import { IMPUTING_LSTM, IMPUTING_LSTM_GRAD, type ImputingLstmShape } from './index';

/** The exports of assembly/index.ts; `call` is the address of a Call there. */
interface Assembly {
  tapeLength(rows: number, S: number, H: number): number;
  workBytes(parts: number, rows: number, S: number, I: number, H: number): number;
  prepareForward(call: number): void;
  forward(part: number, call: number): void;
  prepareBackward(call: number): void;
  backward(part: number, call: number): void;
}

/** The words of a Call, in order. */
const WORDS = ['batch', 'steps', 'inputs', 'units', 'rows', 'x', 'mask', 'valid', 'gamma', 'addend', 'weights', 'output', 'tape', 'gradEstimates', 'gradient', 'work'] as const;

const module = heapModule<Assembly>(wasmBase64);
const KERNEL = 'imputingLstm';

/** Runs one pass over parts of so many rows. */
function run(wasm: BackendWasm, pass: 'forward' | 'backward', { batch, steps, inputs, units }: ImputingLstmShape, rows: number, words: Words<(typeof WORDS)[number]>): void {
  const assembly = module.on(wasm);
  const parts = Math.ceil(batch / rows);
  withCall(wasm, KERNEL, WORDS, [], ({ address, set }) =>
    withMemory(wasm, KERNEL, assembly.workBytes(parts, rows, steps, inputs, units), (work) => {
      set({ batch, steps, inputs, units, rows, ...words, work });
      if (pass === 'forward') assembly.prepareForward(address);
      else assembly.prepareBackward(address);
      module.run(wasm, pass, parts, address);
    }),
  );
}

function forward(wasm: BackendWasm, shape: ImputingLstmShape, { x, mask, valid, gamma, addend, weights }: Inputs): TensorInfo[] {
  const { batch, steps, inputs, units } = shape;
  const rows = rowsOfPart(batch, 8 * batch * steps * units * (units + inputs));
  const output = wasm.makeOutput([batch * steps * (inputs + units)], 'float32');
  const tape = makeTape(wasm, Math.ceil(batch / rows) * module.on(wasm).tapeLength(rows, steps, units), rows);
  run(wasm, 'forward', shape, rows, { x, mask, valid, gamma, addend, weights, output, tape: partsOfTape(wasm, tape) });
  return [output, tape];
}

function backward(wasm: BackendWasm, shape: ImputingLstmShape, { mask, valid, gamma, weights, tape, gradEstimates }: Inputs): TensorInfo {
  const { batch, steps, inputs, units } = shape;
  const gradient = wasm.makeOutput([batch * steps * (5 * units + inputs)], 'float32');
  run(wasm, 'backward', shape, rowsOfTape(wasm, tape), { mask, valid, gamma, weights, gradEstimates, tape: partsOfTape(wasm, tape), gradient });
  return gradient;
}

export function registerImputingLstmWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  registerPasses({ [IMPUTING_LSTM]: forward, [IMPUTING_LSTM_GRAD]: backward });
}
