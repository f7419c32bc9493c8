/**
 * The gap-aware GRU in WebAssembly SIMD, over tfjs's own memory: every address is one in it. The module has no data of
 * its own there (a test says so). Jobs of `forward`, of `backward` and of `sums` may run at once in several threads.
 */
import { exp, layConstants, sigmoid, tanh } from '../../../../lib/assembly/activations';
import { layTape, parts, setShape, Call } from './layout';

export { recordBytes } from './layout';
export { backward, backwardBytes, finishBackward, prepareBackward, sums } from './backward';
export { forward, forwardBytes, prepareForward } from './forward';

/** Count of float32 in the tape of all parts. */
export function tapeLength(call: Call): i32 {
  setShape(call, -1, 0);
  return ((layTape(0) >> 2) as i32) * parts;
}

/** Applies an activation to `count` float32 (a multiple of 16) in place: 0 exp, 1 sigmoid, 2 tanh. For tests. */
export function activate(kind: i32, values: usize, count: i32, table: usize): void {
  layConstants(table);
  const bytes = (count << 2) as usize;
  if (kind === 1) return sigmoid(values, bytes, table);
  if (kind === 2) return tanh(values, values, bytes, table);
  for (let i = values; i < values + bytes; i += 16) v128.store(i, exp(v128.load(i)));
}
