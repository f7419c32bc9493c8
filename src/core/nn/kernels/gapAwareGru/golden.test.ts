/** Oracle: PyTorch in float64 with autograd, scripts/goldens/kernel.py. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { engine, ones, ready, setBackend, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import goldens from './__goldens__/kernel.json';
import { registerGapAwareGruCpu } from './cpu';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './index';
import { backward, forward, type GruInputs } from './reference';
import { stateWidth } from './shape';
import { registerGapAwareGruWasm } from './wasm';

type Golden = (typeof goldens.cases)[number];

function largestDifference(actual: ArrayLike<number>, expected: number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value)));
}

describe('gap-aware GRU beside PyTorch', () => {
  it.each(goldens.cases)('reference: $name', ({ shape, x, mask, initial, weights, output, gradOutput, gradient }) => {
    const valid = new Float64Array(shape.batch * shape.steps).fill(1);
    const inputs: GruInputs = { x: Float64Array.from(x), mask: Float64Array.from(mask), valid, initial: Float64Array.from(initial), weights: Float64Array.from(weights) };
    const result = forward(shape, inputs);
    expect(largestDifference(result.output, output)).toBeLessThan(1e-13);
    expect(largestDifference(backward(shape, inputs, result.tape, Float64Array.from(gradOutput)), gradient)).toBeLessThan(1e-12);
  });

  const run = ({ shape, x, mask, initial, weights, gradOutput }: Golden): Tensor[] =>
    tidy(() => {
      const { batch: B, steps: S, inputs: I, units } = shape;
      const inputs = { x: tensor(x, [B, S, I]), mask: tensor(mask, [B, S, I]), valid: ones([B, S]), initial: tensor(initial, [B, stateWidth(units)]), weights: tensor(weights) };
      const attributes = shape as unknown as Record<string, never>;
      const [output, tape] = engine().runKernel(GAP_AWARE_GRU, inputs, attributes) as Tensor[];
      return [output, engine().runKernel(GAP_AWARE_GRU_GRAD, { ...inputs, tape, gradOutput: tensor(gradOutput) }, attributes) as Tensor];
    });

  describe.each([
    { backend: 'cpu', register: registerGapAwareGruCpu },
    { backend: 'wasm', register: registerGapAwareGruWasm },
  ])('on the $backend backend', ({ backend, register }) => {
    it.each(goldens.cases)('$name', async (golden) => {
      register();
      await setBackend(backend);
      await ready();
      const [output, gradient] = run(golden);
      expect(largestDifference(await output.data(), golden.output)).toBeLessThan(1e-5);
      expect(largestDifference(await gradient.data(), golden.gradient)).toBeLessThan(2e-5);
    });
  });
});
