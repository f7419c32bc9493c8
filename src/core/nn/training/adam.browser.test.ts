/** Oracle: torch.optim.Adam with clip_grad_norm_, scripts/goldens/adam.py. */
import { getKernel, memory, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { adapter, startWebGpu, uncaptured, without } from '../../../tests/browserBackends';
import { Random } from '../../lib/random';
import { ADAM_STEP } from '../kernels/adamStep';
import golden from './__goldens__/adam.json';
import { Adam } from './adam';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(!adapter)(`Adam as WGSL${without}`, () => {
  beforeAll(startWebGpu);

  it('takes the steps of PyTorch, also when the weights are read between them', async () => {
    expect(getKernel(ADAM_STEP, 'webgpu')).toBeDefined();
    const before = memory().numTensors;
    const adam = new Adam(Float32Array.from(golden.start));
    for (const [step, gradient] of golden.gradients.entries()) {
      const norm = tidy(() => adam.update(tensor1d(gradient), golden.rates[step], golden.clip));
      expect((await norm.data())[0] / golden.norms[step]).toBeCloseTo(1, 5);
      norm.dispose();
      const { parameters } = await adam.read();
      golden.path[step].forEach((value, i) => expect(Math.abs(parameters[i] - value)).toBeLessThan(1e-6));
    }
    adam.dispose();
    expect(memory().numTensors).toBe(before);
    expect(uncaptured).toEqual([]);
  });

  it('has the norm and the moments of plain loops for many weights', async () => {
    const random = new Random(5);
    const gradient = Float32Array.from({ length: 50_001 }, () => random.normal());
    const size = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    const adam = new Adam(new Float32Array(gradient.length));
    const norm = tidy(() => adam.update(tensor1d(gradient), 0.01, 1));
    expect((await norm.data())[0] / size).toBeCloseTo(1, 5);
    const { m, v } = await adam.read();
    gradient.forEach((g, i) => {
      if (Math.abs(m[i] - (0.1 * g) / size) > 1e-6 || Math.abs(v[i] - (0.001 * g * g) / size ** 2) > 1e-8) throw new Error(`weight ${i}: ${m[i]}, ${v[i]}`);
    });
    norm.dispose();
    adam.dispose();
  });
});
