/** Oracle: torch.optim.Adam with clip_grad_norm_, scripts/goldens/adam.py. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmSections } from '../../../tests/wasmSections';
import { bytesOfBase64 } from '../../lib/wasm';
import { wasmBase64 } from '../kernels/adamStep/adamStep.wasm';
import golden from './__goldens__/adam.json';
import { registerAdamStepWasm } from '../kernels/adamStep/wasm';
import { Adam } from './adam';

describe.each([
  { backend: 'cpu', how: 'of operations', register: () => undefined },
  { backend: 'wasm', how: 'of operations', register: () => undefined },
  { backend: 'wasm', how: 'as one kernel', register: registerAdamStepWasm },
])('Adam $how on $backend', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
    await ready();
  });

  it('takes the steps of PyTorch, with long gradients cut and a step size that changes', async () => {
    const before = memory().numTensors;
    const adam = new Adam(Float32Array.from(golden.start));
    for (const [step, gradient] of golden.gradients.entries()) {
      const norm = tidy(() => adam.update(tensor1d(gradient), golden.rates[step], golden.clip));
      expect(norm.dataSync()[0] / golden.norms[step]).toBeCloseTo(1, 5);
      norm.dispose();
      const { parameters } = await adam.read();
      golden.path[step].forEach((value, i) => expect(Math.abs(parameters[i] - value)).toBeLessThan(1e-6));
    }
    adam.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('goes on from its moments as if it had not stopped', async () => {
    const whole = new Adam(Float32Array.from(golden.start));
    for (const [step, gradient] of golden.gradients.entries()) {
      const { parameters, m, v } = await whole.read();
      const resumed = new Adam(parameters, m, v, whole.updates);
      for (const adam of [whole, resumed]) adam.update(tensor1d(gradient), golden.rates[step], golden.clip);
      expect(await resumed.read()).toEqual(await whole.read());
    }
  });
});

it('has no data of its own in the memory that it shares with tfjs', () => {
  expect(wasmSections(bytesOfBase64(wasmBase64.simd))).not.toContain(11); // data
});
