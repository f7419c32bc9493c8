/** Registers the WebAssembly twin for tfjs's wasm backend, over tfjs's own memory: nothing is copied. Several threads take a part of the rows each. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { wasmVariant, type WasmVariant } from '../../../lib/wasm';
import { makeTape, partsOfTape, registerPasses, rowsOfTape, withCall, type Inputs, type Words } from '../wasmCall';
import { heapModule, withMemory } from '../wasmHeap';
import { rowsOfPart } from '../wasmThreads';
import { LSTM, LSTM_GRAD, type LstmShape } from './index';
import { wasmBase64 } from './lstm.wasm';

/** The exports of assembly/index.ts; `call` is the address of a Call there. */
interface Assembly {
  tapeLength(rows: number, S: number, H: number): number;
  workBytes(parts: number, rows: number, S: number, H: number): number;
  prepareForward(call: number): void;
  forward(part: number, call: number): void;
  prepareBackward(call: number): void;
  backward(part: number, call: number): void;
}

/** The words of a Call, in order. */
const WORDS = ['batch', 'steps', 'units', 'rows', 'a', 'recurrent', 'valid', 'states', 'tape', 'gradStates', 'gradient', 'work'] as const;

const module = heapModule<Assembly>(wasmBase64);
const KERNEL = 'lstm';

/** Runs one pass over parts of so many rows. */
function run(wasm: BackendWasm, pass: 'forward' | 'backward', { batch, steps, units }: LstmShape, rows: number, words: Words<(typeof WORDS)[number]>): void {
  const assembly = module.on(wasm);
  const parts = Math.ceil(batch / rows);
  withCall(wasm, KERNEL, WORDS, [], ({ address, set }) =>
    withMemory(wasm, KERNEL, assembly.workBytes(parts, rows, steps, units), (work) => {
      set({ batch, steps, units, rows, ...words, work });
      if (pass === 'forward') assembly.prepareForward(address);
      else assembly.prepareBackward(address);
      module.run(wasm, pass, parts, address);
    }),
  );
}

function forward(wasm: BackendWasm, shape: LstmShape, { a, recurrent, valid }: Inputs): TensorInfo[] {
  const { batch, steps, units } = shape;
  const rows = rowsOfPart(batch, 8 * batch * steps * units * units);
  const states = wasm.makeOutput([batch, steps, units], 'float32');
  const tape = makeTape(wasm, Math.ceil(batch / rows) * module.on(wasm).tapeLength(rows, steps, units), rows);
  run(wasm, 'forward', shape, rows, { a, recurrent, valid, states, tape: partsOfTape(wasm, tape) });
  return [states, tape];
}

function backward(wasm: BackendWasm, shape: LstmShape, { recurrent, valid, tape, gradStates }: Inputs): TensorInfo {
  const { batch, steps, units } = shape;
  const gradient = wasm.makeOutput([batch, steps, 4 * units], 'float32');
  run(wasm, 'backward', shape, rowsOfTape(wasm, tape), { recurrent, valid, gradStates, tape: partsOfTape(wasm, tape), gradient });
  return gradient;
}

export function registerLstmWasm(wanted: WasmVariant = wasmVariant()): void {
  module.take(wanted);
  registerPasses({ [LSTM]: forward, [LSTM_GRAD]: backward });
}
