import '@tensorflow/tfjs-backend-cpu';
import { setBackend, slice, tensor1d, tensor2d, tensor3d, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import type { TrainingData } from '../../run';
import { registerGapAwareGruCpu } from '../kernels/gapAwareGru/cpu';
import { gapAwareGru } from '../kernels/gapAwareGru';
import { weightLayout } from '../kernels/gapAwareGru/shape';
import { deinterleave, interleave } from '../layers/dilation';
import { Adam } from '../training/adam';
import { seriesBatch, step } from '../training/dtcr';
import oracle from './__goldens__/dtcr.json';
import { dtcrModel } from './dtcr';

const { sizes, expected, weights } = oracle;
const { N, T, D } = sizes;
const model = dtcrModel({ variables: D, units: oracle.units, dilations: oracle.dilations });
const data: TrainingData = {
  n: N, t: T, d: D, values: Float32Array.from(oracle.x), mask: new Uint8Array(N * T * D).fill(1),
  starts: Int32Array.from(oracle.starts), ends: Int32Array.from(oracle.ends), gaps: new Uint32Array(0),
};
const values = (tensor: Tensor): number[] => [...tensor.dataSync()];
const close = (actual: ArrayLike<number>, wanted: number[], what: string, tolerance = 1e-5): void => {
  const scale = Math.max(...wanted.map(Math.abs));
  expect(actual.length, what).toBe(wanted.length);
  wanted.forEach((value, i) => expect(Math.abs(actual[i] - value) / scale, `${what}[${i}]`).toBeLessThan(tolerance));
};

beforeAll(async () => {
  registerGapAwareGruCpu();
  await setBackend('cpu');
});

describe('DTCR against PyTorch', () => {
  it('has the same representation, reconstruction and logits, also for unequal lengths', () => {
    const weights = model.parameters.cut(tensor1d(oracle.theta));
    const batch = seriesBatch(data, data.values, Int32Array.of(0, 1, 2));
    const h = model.encode(weights, batch);
    close(values(h), expected.latents, 'H');
    close(values(model.decode(weights, h, batch.firstValue, T)), expected.decoded, 'decoded');
    close(values(model.classify(weights, h)), expected.logits.slice(0, 2 * N), 'logits');
  });

  it('has the same loss terms and gradient in a step', async () => {
    const adam = new Adam(Float32Array.from(oracle.theta));
    const options: Record<string, number> = { reconstructionWeight: 1, classificationWeight: weights.classification, lambda: weights.lambda_, weightDecay: 1e-4, learningRate: 0, clipNorm: 1e9 };
    // two more series that are not in the batch, so that the centre form is used
    const five = { ...data, n: 5 };
    const f = new Float32Array(5 * sizes.K);
    f.set(oracle.f);
    const terms = step(model, adam, tensor1d(model.parameters.kernels()), five, data.values, Float32Array.from(oracle.fakes), Int32Array.of(0, 1, 2), { f, centres: Float32Array.from(oracle.centres) }, false, (key) => options[key]);
    close(values(slice(terms, 0, 3)), [expected.reconstruction, expected.classification, expected.kMeans], 'terms');
    close((await adam.read()).m.map((value) => value / (1 - 0.9)), expected.gradient, 'gradient', 3e-5);
  });
});

describe('start values of DTCR', () => {
  const theta = tensor1d(model.parameters.initialise(new Random(6)));
  const of = (name: string): number[] => values(model.parameters.take(theta, name));

  it('are uniform in ± 0.04 for the projection of the decoder, truncated normal with 0.01 and biases 0.1 for the classifier', () => {
    const projection = of('decoder').slice(-(model.latentWidth + 1) * D);
    expect(Math.max(...projection.map(Math.abs))).toBeLessThanOrEqual(0.04);
    expect(Math.max(...projection)).toBeGreaterThan(0.03);
    expect(Math.min(...projection)).toBeLessThan(-0.03);
    const hidden = of('hidden');
    expect(Math.max(...hidden.map(Math.abs))).toBeLessThanOrEqual(0.02);
    expect(Math.sqrt(hidden.reduce((sum, w) => sum + w * w, 0) / hidden.length)).toBeCloseTo(0.0088, 3); // 0.88 of the untruncated deviation
    for (const name of ['hiddenBias', 'outputBias']) of(name).forEach((bias) => expect(bias).toBeCloseTo(0.1, 6));
  });
});

describe('the k-means loss in a step of DTCR', () => {
  const options: Record<string, number> = { reconstructionWeight: 0, classificationWeight: 0, lambda: 0.6, weightDecay: 0, learningRate: 0, clipNorm: 1e9 };
  const all = Int32Array.of(0, 1, 2);
  const spoilt = new Float32Array(oracle.centres.length).fill(1e6);
  const gradientOf = async (series: TrainingData, centres: ArrayLike<number>, normalised: boolean): Promise<{ kMeans: number; gradient: Float32Array }> => {
    const adam = new Adam(Float32Array.from(oracle.theta));
    const f = new Float32Array(series.n * sizes.K);
    f.set(oracle.f);
    const terms = step(model, adam, tensor1d(model.parameters.kernels().fill(0)), series, data.values, data.values, all, { f, centres: Float32Array.from(centres) }, normalised, (key) => options[key]);
    return { kMeans: values(terms)[2], gradient: (await adam.read()).m };
  };

  it('follows the current H in a full batch, and the centres of the last update in a minibatch', async () => {
    const [H, K] = [model.latentWidth, sizes.K];
    const project = (c: number, j: number): number => [0, 1, 2].reduce((sum, i) => sum + oracle.f[i * K + c] * expected.latents[i * H + j], 0);
    let wanted = expected.latents.reduce((sum, h) => sum + h * h, 0);
    for (let j = 0; j < H; j++) for (let c = 0; c < K; c++) wanted -= project(c, j) ** 2;
    expect((await gradientOf(data, spoilt, false)).kMeans / wanted).toBeCloseTo(1, 4);
    expect((await gradientOf({ ...data, n: 5 }, spoilt, false)).kMeans).toBeGreaterThan(1e9);
  });

  it('is weighed by λ/2, over the number of entries of H where the scale is the mean', async () => {
    const [sum, mean] = [await gradientOf(data, oracle.centres, false), await gradientOf(data, oracle.centres, true)];
    const most = sum.gradient.reduce((worst, g, i) => Math.max(worst, Math.abs(g - mean.gradient[i] * N * model.latentWidth)), 0);
    expect(most / sum.gradient.reduce((largest, g) => Math.max(largest, Math.abs(g)), 0)).toBeLessThan(1e-4);
    expect(mean.kMeans).toBe(sum.kMeans);
  });
});

describe('dilated GRU (acceptance check 3)', () => {
  const random = new Random(2);
  const [B, I, H] = [2, 2, 3];
  const w = tensor1d(Float32Array.from({ length: weightLayout(I, [H]).size }, () => 0.4 * random.normal()));
  const plain = (x: Tensor): Tensor => {
    const [rows, steps] = x.shape;
    const one = (...shape: number[]): Float32Array => new Float32Array(shape.reduce((a, b) => a * b)).fill(1);
    return gapAwareGru({ x: tensor3d(values(x), [rows, steps, I]), mask: tensor3d(one(rows, steps, I), [rows, steps, I]), valid: tensor2d(one(rows, steps), [rows, steps]), initial: tensor2d(new Float32Array(rows * H), [rows, H]), weights: w }, [H], { states: true }).states!;
  };
  const series = (steps: number) => tensor3d(Float32Array.from({ length: B * steps * I }, () => random.normal()), [B, steps, I]);
  const dilated = (x: ReturnType<typeof series>, d: number): Tensor => deinterleave(tensor3d(values(plain(interleave(x, d))), [B * d, Math.ceil(x.shape[1] / d), H]), d, x.shape[1]);

  it('with rate 1 is the plain GRU', () => {
    const x = series(6);
    expect(values(dilated(x, 1))).toEqual(values(plain(x)));
  });

  it('with rate d runs d independent sequences', () => {
    const x = series(6);
    const whole = dilated(x, 3);
    for (let r = 0; r < 3; r++) {
      const part = tensor3d(Array.from({ length: B * 2 * I }, (_, i) => values(x)[(Math.floor(i / (2 * I)) * 6 + (Math.floor(i / I) % 2) * 3 + r) * I + (i % I)]), [B, 2, I]);
      const alone = values(plain(part));
      for (let b = 0; b < B; b++) for (let s = 0; s < 2; s++) for (let j = 0; j < H; j++) expect(values(whole)[(b * 6 + s * 3 + r) * H + j]).toBe(alone[(b * 2 + s) * H + j]);
    }
  });

  it('with a length that the rate does not divide is the cut of the padded run', () => {
    const x = series(8);
    const short = slice(x, [0, 0, 0], [B, 7, I]);
    expect(values(dilated(short, 3))).toEqual(values(slice(tensor3d(values(dilated(x, 3)), [B, 8, H]), [0, 0, 0], [B, 7, H])));
  });
});
