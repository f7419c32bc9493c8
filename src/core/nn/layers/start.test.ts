import { describe, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import { lstmWeightCount } from '../kernels/lstm';
import { weightLayout } from '../kernels/gapAwareGru/shape';
import type { Block } from '../parameters';
import { gru } from './gru';
import { lstmWeights } from './lstm';

const start = (block: Block): Float32Array => {
  const values = new Float32Array(block.shape.reduce((a, b) => a * b));
  block.initialise(values, new Random(3));
  return values;
};
const marks = (block: Block): Float32Array => {
  const values = new Float32Array(block.shape.reduce((a, b) => a * b));
  block.markKernels!(values);
  return values;
};
/** Within ± limit, and near it on both sides: uniform. */
const expectUniform = (values: readonly number[] | Float32Array, limit: number): void => {
  const all = Array.from(values);
  expect(Math.max(...all.map(Math.abs))).toBeLessThanOrEqual(limit);
  expect(Math.max(...all) / limit).toBeGreaterThan(0.9);
  expect(Math.min(...all) / limit).toBeLessThan(-0.9);
  expect(Math.abs(all.reduce((a, b) => a + b) / all.length) / limit).toBeLessThan(0.2);
  expect(all.every((value) => value !== 0)).toBe(true);
};

describe('start values', () => {
  it('of a GRU stack are those of the TensorFlow 1 cell: glorot by product, gate biases 1, candidate bias 0', () => {
    const [I, units] = [3, [8, 12]];
    const at = weightLayout(I, units);
    const values = start(gru(I, units));
    expect(values.length).toBe(at.size);
    for (const { inputs, units: H, kernel, bias } of at.layers) {
      const cells = Array.from({ length: inputs + H }, (_, row) => values.slice(kernel + row * 3 * H, kernel + (row + 1) * 3 * H));
      expectUniform(cells.flatMap((row) => [...row.subarray(0, 2 * H)]), Math.sqrt(6 / (inputs + 3 * H)));
      expectUniform(cells.flatMap((row) => [...row.subarray(2 * H)]), Math.sqrt(6 / (inputs + 2 * H)));
      expect([...values.subarray(bias, bias + 3 * H)]).toEqual([...Array<number>(2 * H).fill(1), ...Array<number>(H).fill(0)]);
    }
    expectUniform(values.slice(at.imputation, at.imputationBias), Math.sqrt(6 / (12 + I)));
    expect([...values.subarray(at.imputationBias)]).toEqual([0, 0, 0]);
  });

  it('of an LSTM are those of Keras: glorot kernels, forget bias 1, other biases 0', () => {
    const [I, H] = [6, 10];
    const values = start(lstmWeights(I, H));
    expect(values.length).toBe(lstmWeightCount(I, H));
    expectUniform(values.slice(0, I * 4 * H), Math.sqrt(6 / (I + 4 * H)));
    expectUniform(values.slice(I * 4 * H, (I + H) * 4 * H), Math.sqrt(6 / (5 * H)));
    expect([...values.subarray((I + H) * 4 * H)]).toEqual([...Array<number>(H).fill(0), ...Array<number>(H).fill(1), ...Array<number>(2 * H).fill(0)]);
  });

  it('mark kernels, not biases, for the weight decay', () => {
    const at = weightLayout(2, [4]);
    const [{ kernel, bias }] = at.layers;
    const decayed = marks(gru(2, [4]));
    decayed.forEach((mark, i) => expect(mark).toBe(Number((i >= kernel && i < bias) || (i >= at.imputation && i < at.imputationBias))));
    expect(marks(lstmWeights(2, 3)).reduce((a, b) => a + b)).toBe((2 + 3) * 12);
  });
});
