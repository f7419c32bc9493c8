import type { Tensor } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { ourStep } from '../../bench/ourSteps';
import { problem, type ModelName } from '../../bench/stepProblem';
import { chooseBackend, initialise } from '../engine/backend';
import { allowRelaxedSimd } from './relaxedSimd';
import { initialiseThreads } from './threads';

allowRelaxedSimd();

const valuesOf = async (tensors: Tensor[]): Promise<number[]> => (await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]))).flat();

/** The losses of three steps of a method, on so many threads. */
async function losses(model: ModelName, count: number): Promise<number[][]> {
  initialiseThreads(count);
  const { device } = await chooseBackend('wasm');
  expect(device).toBe(count === 1 ? 'SIMD, one thread' : `SIMD, ${count} threads`);
  const step = ourStep(problem(model, 32, 50, 2, 50, count));
  return [await valuesOf(step()), await valuesOf(step()), await valuesOf(step())];
}

describe('threads of WASM under Node', () => {
  afterEach(() => initialise({}));

  it.each(['crli', 'dtcr', 'dtc'] as const)('make the steps of %s that one makes, to the last bit', async (model) => {
    const two = await losses(model, 2);
    expect(two.flat().every((loss) => Number.isFinite(loss))).toBe(true);
    expect(two[2]).not.toEqual(two[0]);
    const three = await losses(model, 3);
    const one = await losses(model, 1);
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });
});
