/**
 * The stock peer of the `step` bench as a process of its own, so that it runs on tfjs as it comes. Protocol: see
 * childSide.
 */
import './stockGradients';
import { createInterface } from 'node:readline';
import '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend, tensor2d } from '@tensorflow/tfjs-core';
import { crliModel } from '../src/core/nn/models/crli';
import { Adam } from '../src/core/nn/training/adam';
import { timed } from './side';
import { minibatchOf, type Problem } from './stepProblem';
import { stockStep } from './stockCrli';

env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
await setBackend('wasm');
await ready();

let step: (() => ReturnType<typeof stockStep>) | null = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (step) {
    console.log(JSON.stringify(await timed(step)));
    continue;
  }
  const problem = JSON.parse(line) as Problem;
  const { B, D, H, K, discriminator: units, f, centres, rate, clip, lambda } = problem;
  const model = crliModel({ variables: D, hiddenUnits: H, layers: 1 });
  const generator = new Adam(Float32Array.from(problem.generatorStart));
  const discriminator = new Adam(Float32Array.from(problem.discriminatorStart));
  const batch = minibatchOf(problem);
  const [F, C] = [tensor2d(f, [B, K]), tensor2d(centres, [model.latentWidth, K])];
  step = () => stockStep(model, [H], units, generator, discriminator, batch, F, C, lambda, rate, clip);
  console.log('{}');
}
