/** The stock peer of the `step` bench, on tfjs's wasm backend as it comes. Protocol: see childSide. */
import './stockGradients';
import '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend } from '@tensorflow/tfjs-core';
import { serve } from './side';
import type { Problem } from './stepProblem';
import { stockCrli } from './stockCrli';
import { stockDtcr } from './stockDtcr';

env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
await setBackend('wasm');
await ready();
await serve<Problem>((problem) => {
  if (problem.model === 'dtc') throw new Error('tfjs has no gradient of a convolution on wasm');
  return problem.model === 'crli' ? stockCrli(problem) : stockDtcr(problem);
});
