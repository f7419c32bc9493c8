/**
 * The bidirectional LSTM in WebAssembly SIMD, over tfjs's own memory: every address is one in it. The module has no data
 * of its own (a test says so).
 */
import { Call, lay, parts, tapeBytes } from './layout';

export { workBytes } from './layout';
export { prepareForward, forward } from './forward';
export { prepareBackward, backward, sums, finishBackward } from './backward';

/** Count of float32 of the tape. */
export function tapeLength(call: Call): i32 {
  lay(call, 0);
  return ((tapeBytes * (parts as usize)) >> 2) as i32;
}
