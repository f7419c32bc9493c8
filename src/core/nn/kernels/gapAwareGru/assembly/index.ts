/**
 * The gap-aware GRU in WebAssembly SIMD, over tfjs's own memory: every argument is an address in it. The module
 * has no data of its own there (a test says so). Call setShape before anything else.
 */
import { exp, layConstants, sigmoid, tanh } from '../../../../lib/assembly/activations';
import { layBackward } from './backward';
import { layForward } from './forward';
import { layTape } from './layout';

export { setShape, shapeBytes } from './layout';
export { runBackward as backward } from './backward';
export { runForward as forward } from './forward';

/** Count of float32 in the tape. */
export function tapeLength(): i32 {
  return (layTape(0) >> 2) as i32;
}

/** Bytes of working memory of the forward pass. */
export function forwardBytes(): usize {
  return layForward(0);
}

/** Bytes of working memory of the backward pass. */
export function backwardBytes(): usize {
  return layBackward(0);
}

/** Applies an activation to `count` float32 (a multiple of 16) in place: 0 exp, 1 sigmoid, 2 tanh. For tests. */
export function activate(kind: i32, values: usize, count: i32, table: usize): void {
  layConstants(table);
  const bytes = (count << 2) as usize;
  if (kind === 1) return sigmoid(values, bytes, table);
  if (kind === 2) return tanh(values, values, bytes, table);
  for (let i = values; i < values + bytes; i += 16) v128.store(i, exp(v128.load(i)));
}
