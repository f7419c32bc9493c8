import '@tensorflow/tfjs-backend-wasm';
import { engine, matMul, ready, setBackend, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../cli/relaxedSimd';
import { Random } from '../../lib/random';
import type { WasmVariant } from '../../lib/wasm';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from './gapAwareGru';
import { weightLayout } from './gapAwareGru/shape';
import { registerGapAwareGruWasm } from './gapAwareGru/wasm';
import { IMPUTING_LSTM, IMPUTING_LSTM_GRAD, imputingLstmWeights } from './imputingLstm';
import { registerImputingLstmWasm } from './imputingLstm/wasm';
import { BIDIRECTIONAL_LSTM, BIDIRECTIONAL_LSTM_GRAD, lstmWeightCount } from './lstm';
import { registerLstmWasm } from './lstm/wasm';
import { registerMatrixProductWasm } from './matrixProduct/wasm';
import { POOLED_CONVOLUTION, POOLED_CONVOLUTION_GRAD } from './pooledConvolution';
import { registerPooledConvolutionWasm } from './pooledConvolution/wasm';
import { useThreads, type WasmThreads } from './wasmThreads';

allowRelaxedSimd();

type Inputs = Record<string, Tensor>;

/** Runs the jobs one after the other, the last first: no job may need what an earlier one wrote. */
const backwards = (count: number): WasmThreads & { jobs: number } => ({
  count,
  jobs: 0,
  run(_, __, jobs, ___, own) {
    this.jobs = Math.max(this.jobs, jobs);
    for (let job = jobs - 1; job >= 0; job--) own(job);
  },
});

/** One pass forward and back of a kernel: all that it writes but the tape, whose layout is its own. */
function outputs(kernel: string, gradient: string, attributes: object, inputs: Inputs, pull: (output: Tensor) => Inputs): Float32Array[] {
  return tidy(() => {
    const [output, tape] = engine().runKernel(kernel, inputs, attributes as never) as Tensor[];
    const slopes = engine().runKernel(gradient, { ...inputs, tape, ...pull(output) }, attributes as never) as Tensor | Tensor[];
    return [output, slopes].flat().map((one) => one.dataSync() as Float32Array);
  });
}

const random = new Random(1);
const normal = (shape: number[], scale = 1): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), shape);
const coins = (shape: number[], share: number): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Number(random.uniform() < share)), shape);

const SIZES = [
  { batch: 31, steps: 150, inputs: 3, parts: [0, 2, 3, 4] },
  { batch: 9, steps: 40, inputs: 1, parts: [0, 2, 2, 2] },
  { batch: 5, steps: 3, inputs: 2, parts: [0, 0, 0, 0] },
];
type Sizes = (typeof SIZES)[number];

const passes: { name: string; run(sizes: Sizes): Float32Array[] }[] = [
  {
    name: 'gap-aware GRU of two layers',
    run({ batch, steps, inputs }) {
      const units = [100, 7]; // wide enough for several spans of the backward pass
      const given = { x: normal([batch, steps, inputs]), mask: coins([batch, steps, inputs], 0.7), valid: coins([batch, steps], 0.9), initial: normal([batch, 107]), weights: normal([weightLayout(inputs, units).size], 0.3) };
      return outputs(GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD, { batch, steps, inputs, units, states: true }, given, ({ shape }) => ({ gradOutput: normal(shape) }));
    },
  },
  {
    name: 'bidirectional LSTM',
    run({ batch, steps, inputs }) {
      const units = 11;
      const weights = (): Tensor => normal([lstmWeightCount(inputs, units)], 0.3);
      const given = { x: normal([batch, steps, inputs]), valid: coins([batch, steps], 0.9), forward: weights(), backward: weights() };
      return outputs(BIDIRECTIONAL_LSTM, BIDIRECTIONAL_LSTM_GRAD, { batch, steps, inputs, units, slope: 0.3 }, given, ({ shape }) => ({ gradStates: normal(shape) }));
    },
  },
  {
    name: 'imputing LSTM',
    run({ batch, steps, inputs }) {
      const units = 9;
      const given = {
        x: normal([batch, steps, inputs]), mask: coins([batch, steps, inputs], 0.7), valid: coins([batch, steps], 0.9), gamma: coins([batch, steps, units], 0.5),
        addend: normal([batch, steps, 4 * units]), weights: normal([imputingLstmWeights(inputs, units).size], 0.3),
      };
      return outputs(IMPUTING_LSTM, IMPUTING_LSTM_GRAD, { batch, steps, inputs, units }, given, () => ({ gradEstimates: normal([batch, steps, inputs]) }));
    },
  },
];

describe.each(['simd', 'relaxed'] as WasmVariant[])('kernels in parts, %s', (variant) => {
  beforeAll(async () => {
    registerGapAwareGruWasm(variant);
    registerLstmWasm(variant);
    registerImputingLstmWasm(variant);
    registerMatrixProductWasm(variant);
    registerPooledConvolutionWasm(variant);
    await setBackend('wasm');
    await ready();
  });
  afterEach(() => useThreads(null));

  const same = (parted: Float32Array[], whole: Float32Array[]): void => {
    expect(parted.map(({ length }) => length)).toEqual(whole.map(({ length }) => length));
    expect(parted.map((values, i) => values.findIndex((value, at) => !Object.is(value, whole[i][at])))).toEqual(whole.map(() => -1));
  };

  const seeded = (run: () => Float32Array[], threads: WasmThreads | null): Float32Array[] => {
    random.state = new Random(7).state;
    useThreads(threads, 1);
    return run();
  };

  for (const { name, run } of passes) {
    it.each(SIZES)(`${name}: as in one, to the last bit, $batch × $steps`, (sizes) => {
      const whole = seeded(() => run(sizes), null);
      expect(whole.every((values) => values.every((value) => Number.isFinite(value)))).toBe(true);
      for (const [at, jobs] of sizes.parts.entries()) {
        const count = at + 1;
        const threads = backwards(count);
        const parted = seeded(() => run(sizes), threads);
        expect(threads.jobs).toBe(jobs);
        same(parted, whole);
      }
    });
  }

  it.each([
    { name: 'rows and columns left over', M: 31, N: 21, K: 1100, transposeA: false, transposeB: false },
    { name: 'the weight gradient of a layer', M: 50, N: 200, K: 700, transposeA: true, transposeB: false },
    { name: 'fewer tiles than threads', M: 5, N: 9, K: 40, transposeA: false, transposeB: true },
  ])('matrix product, $name', ({ M, N, K, transposeA, transposeB }) => {
    const run = (): Float32Array[] => tidy(() => [matMul(normal(transposeA ? [K, M] : [M, K]), normal(transposeB ? [N, K] : [K, N]), transposeA, transposeB).dataSync() as Float32Array]);
    const whole = seeded(run, null);
    for (const count of [2, 3, 4]) {
      const threads = backwards(count);
      same(seeded(run, threads), whole);
      expect(threads.jobs).toBe(count);
    }
  });

  it('pooled convolution, values, places and gradient', () => {
    const shape = { batch: 6, steps: 40, inputs: 3, filters: 11, taps: 10, before: 4, pooling: 5 };
    const run = (): Float32Array[] =>
      tidy(() => {
        const x = normal([6, 40, 3]);
        const [greatest, winners] = engine().runKernel(POOLED_CONVOLUTION, { x, kernel: normal([30, 11]) }, shape as never) as Tensor[];
        const slope = engine().runKernel(POOLED_CONVOLUTION_GRAD, { x, winners, gradient: normal([6, 8, 11]) }, shape as never) as Tensor;
        return [greatest, winners, slope].map((one) => Float32Array.from(one.dataSync()));
      });
    const whole = seeded(run, null);
    expect(new Set(whole[1]).size).toBe(5);
    for (const count of [2, 3, 4]) {
      const threads = backwards(count);
      same(seeded(run, threads), whole);
      expect(threads.jobs).toBe(count);
    }
  });
});
