import '@tensorflow/tfjs-backend-cpu';
import { mul, setBackend, tensor1d, tensor2d, tensor3d, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import { registerGapAwareGruCpu } from '../kernels/gapAwareGru/cpu';
import { Adam } from '../training/adam';
import { discriminatorStep, generatorStep } from '../training/crli';
import { minibatch, type Minibatch } from '../training/minibatch';
import oracle from './__goldens__/crli.json';
import { crliModel, type CrliBatch, type GeneratorWeights } from './crli';

const B = 3;
const T = 6;
const D = 2;
const model = crliModel({ variables: D, hiddenUnits: 4, layers: 2 });
const parameters = (): Float32Array => {
  const values = model.generator.initialise(new Random(5));
  // small start symbols: the published ± 128 saturate the first step and would hide what follows it
  const start = 2 * blockSize();
  values.fill(0.01, start, start + 4 * D);
  return values;
};
const blockSize = (): number => {
  const whole = model.generator.take(tensor1d(new Float32Array(model.generator.size)), 'forward');
  return whole.size;
};

interface Cells {
  x: Float32Array;
  mask: Float32Array;
}
function cells(): Cells {
  const random = new Random(9);
  const mask = Float32Array.from({ length: B * T * D }, () => (random.uniform() < 0.6 ? 1 : 0));
  return { x: Float32Array.from({ length: B * T * D }, () => random.normal()), mask };
}
function batch({ x, mask }: Cells, lengths = [T, T, T]): CrliBatch {
  const within = Float32Array.from({ length: B * T }, (_, i) => (i % T < lengths[Math.floor(i / T)] ? 1 : 0));
  const observed = mask.map((m, i) => m * within[Math.floor(i / D)]);
  return {
    x: mul(tensor3d(x, [B, T, D]), tensor3d(mask.map(() => 1), [B, T, D])),
    mask: tensor3d(observed, [B, T, D]),
    valid: tensor2d(within, [B, T]),
  };
}
const theta = (): GeneratorWeights => model.generator.cut(tensor1d(parameters()));
const values = (tensor: Tensor): number[] => [...tensor.dataSync()];
const at = (b: number, t: number, d: number): number => (b * T + t) * D + d;
const changed = (a: number[], b: number[], tolerance = 0): number[] => a.flatMap((value, i) => (Math.abs(value - b[i]) > tolerance ? [i] : []));

beforeAll(async () => {
  registerGapAwareGruCpu();
  await setBackend('cpu');
});

describe('CRLI generator (acceptance check 4)', () => {
  it('estimates a cell from the states before it only: forward from earlier steps, backward from later ones', () => {
    const base = cells();
    const t = 3;
    base.mask[at(1, t, 0)] = 1;
    const moved = { ...base, x: base.x.slice() };
    moved.x[at(1, t, 0)] += 0.5;
    const [a, b] = [model.generate(theta(), batch(base)), model.generate(theta(), batch(moved))];
    const stepsOf = (indices: number[]): number[] => [...new Set(indices.map((i) => Math.floor(i / D) % T))].sort();
    expect(stepsOf(changed(values(a.forward), values(b.forward)))).toEqual([4, 5]);
    expect(stepsOf(changed(values(a.backward), values(b.backward)))).toEqual([0, 1, 2]);
  });

  it('leaves complete series as they are', () => {
    const base = cells();
    base.mask.fill(1);
    expect(values(model.generate(theta(), batch(base)).complete)).toEqual([...base.x]);
  });

  it('never lets the placeholder of a missing cell reach an output', () => {
    const base = cells();
    const filled = { ...base, x: base.x.map((value, i) => (base.mask[i] ? value : 999)) };
    const [a, b] = [model.generate(theta(), batch(base)), model.generate(theta(), batch(filled))];
    for (const key of ['forward', 'backward', 'complete', 'states'] as const) expect(values(b[key]), key).toEqual(values(a[key]));
  });

  it('swaps the two directions when time is reversed and the weights are swapped', () => {
    const base = cells();
    const reversed = (source: Float32Array): Float32Array => source.map((_, i) => source[at(Math.floor(i / (T * D)), T - 1 - (Math.floor(i / D) % T), i % D)]);
    const swapped = parameters();
    const size = blockSize();
    const forward = swapped.slice(0, size);
    swapped.copyWithin(0, size, 2 * size);
    swapped.set(forward, size);
    // start symbols: forward is W (-128) + b, backward W 128 + b; negate W to carry one over to the other
    const [fw, fb, bw, bb] = [0, 1, 2, 3].map((i) => parameters().slice(2 * size + i * D, 2 * size + (i + 1) * D));
    [bw.map((w) => -w), bb, fw.map((w) => -w), fb].forEach((block, i) => swapped.set(block, 2 * size + i * D));
    const a = model.generate(theta(), batch(base));
    const b = model.generate(model.generator.cut(tensor1d(swapped)), batch({ x: reversed(base.x), mask: reversed(base.mask) }));
    expect(reversed(Float32Array.from(values(b.forward)))).toEqual(Float32Array.from(values(a.backward)));
    expect(reversed(Float32Array.from(values(b.backward)))).toEqual(Float32Array.from(values(a.forward)));
  });

  it('gives a short series the same states whatever pads it', () => {
    const base = cells();
    const padded = { x: base.x.slice(), mask: base.mask.slice() };
    for (let t = 4; t < T; t++) for (let d = 0; d < D; d++) padded.x[at(1, t, d)] = 55;
    const lengths = [T, 4, T];
    expect(values(model.generate(theta(), batch(padded, lengths)).states)).toEqual(values(model.generate(theta(), batch(base, lengths)).states));
  });
});

describe('CRLI against PyTorch', () => {
  const { sizes, expected, ...golden } = oracle;
  const N = sizes.B;
  const theModel = crliModel({ variables: sizes.D, hiddenUnits: sizes.H, layers: sizes.L });
  const cube = (numbers: number[]): Tensor3D => tensor3d(numbers, [N, sizes.T, sizes.D]);
  const goldenBatch = (): Minibatch => ({
    x: cube(golden.x),
    mask: cube(golden.mask),
    valid: tensor2d(golden.lengths.flatMap((length) => Array.from({ length: sizes.T }, (_, t) => (t < length ? 1 : 0))), [N, sizes.T]),
    rows: tensor2d(new Float32Array(N).fill(1), [N, 1]),
    series: Int32Array.from([0, 1, 2]),
  });
  const close = (actual: ArrayLike<number>, wanted: number[], what: string): void => {
    const scale = Math.max(...wanted.map(Math.abs));
    wanted.forEach((value, i) => expect(Math.abs(actual[i] - value) / scale, `${what}[${i}]`).toBeLessThan(1e-5));
  };
  const options: Record<string, number> = { predictionWeight: golden.weights.prediction, reconstructionWeight: golden.weights.reconstruction, adversarialWeight: golden.weights.adversarial, lambda: golden.weights.kMeans, discriminatorWeight: 1, learningRate: 0, clipNorm: 1e9 };

  it('has the same imputation, representation, reconstruction and logits', () => {
    const weights = theModel.generator.cut(tensor1d(golden.theta));
    const generated = theModel.generate(weights, goldenBatch());
    const h = theModel.represent(weights, generated.states);
    close(values(generated.imputation), expected.imputation, 'imputation');
    close(values(h), expected.latents, 'H');
    close(values(theModel.decode(weights, h, sizes.T)), expected.decoded, 'decoded');
    close(values(theModel.discriminate(tensor1d(golden.phi), generated.complete, goldenBatch().valid)), expected.logits, 'logits');
  });

  it('has the same loss terms and gradients in both steps', () => {
    const [generator, discriminator] = [new Adam(Float32Array.from(golden.theta)), new Adam(Float32Array.from(golden.phi))];
    const gradientOf = async (adam: Adam): Promise<Float32Array> => (await adam.read()).m.map((m) => m / (1 - 0.9)); // after one update m = (1 - β₁) g
    const [lossD] = discriminatorStep(theModel, generator, discriminator, goldenBatch(), (key) => options[key]);
    // N = 7 > B: the centre form
    const rows = new Float32Array(7 * sizes.K);
    rows.set(golden.f);
    const terms = generatorStep(theModel, generator, discriminator, goldenBatch(), 7, { f: rows, centres: Float32Array.from(golden.centres) }, (key) => options[key]);
    const [prediction, reconstruction, adversarial, kMeans] = terms.map((term) => term.dataSync()[0]);
    close([prediction, reconstruction, adversarial, kMeans, lossD.dataSync()[0]], [expected.prediction, expected.reconstruction, expected.adversarial, expected.kMeans, expected.discriminator], 'terms');
    return Promise.all([gradientOf(generator), gradientOf(discriminator)]).then(([forGenerator, forDiscriminator]) => {
      close(forGenerator, expected.gradientGenerator, 'generator gradient');
      close(forDiscriminator, expected.gradientDiscriminator, 'discriminator gradient');
    });
  });

  const indicatorOf = (series: number, centres: ArrayLike<number> = golden.centres) => {
    const f = new Float32Array(series * sizes.K);
    f.set(golden.f);
    return { f, centres: Float32Array.from(centres) };
  };
  /** The terms of a step of the generator under these weights, and its gradient. */
  const stepOf = async (batch: Minibatch, series: number, weights: Record<string, number>, centres?: ArrayLike<number>): Promise<{ terms: number[]; gradient: number[] }> => {
    const [generator, discriminator] = [new Adam(Float32Array.from(golden.theta)), new Adam(Float32Array.from(golden.phi))];
    const terms = generatorStep(theModel, generator, discriminator, batch, series, indicatorOf(series, centres), (key) => ({ ...options, ...weights })[key]);
    return { terms: terms.slice(0, 4).flatMap(values), gradient: [...(await generator.read()).m] };
  };

  it('takes the k-means loss from the current H in a full batch, from the centres of the last update in others', async () => {
    const [H, K] = [theModel.latentWidth, sizes.K];
    const series = Array.from({ length: N }, (_, i) => i);
    let wanted = expected.latents.reduce((sum, h) => sum + h * h, 0);
    for (let j = 0; j < H; j++) for (let c = 0; c < K; c++) wanted -= series.reduce((sum, i) => sum + golden.f[i * K + c] * expected.latents[i * H + j], 0) ** 2;
    const spoilt = golden.centres.map(() => 1e6);
    expect((await stepOf(goldenBatch(), N, {}, spoilt)).terms[3] / wanted).toBeCloseTo(1, 4);
    expect((await stepOf(goldenBatch(), 7, {}, spoilt)).terms[3]).toBeGreaterThan(1e9);
  });

  it('weighs the k-means loss by λ up to 32 rows, and in proportion less above', async () => {
    const data = { n: 7, t: sizes.T, d: sizes.D, values: Float32Array.from(golden.x), mask: Uint8Array.from(golden.mask), starts: new Int32Array(7), ends: Int32Array.from(golden.lengths), gaps: new Uint32Array(0) };
    const alone = { predictionWeight: 0, reconstructionWeight: 0, adversarialWeight: 0, lambda: 1 };
    const [small, even, large] = await Promise.all([3, 32, 64].map((rows) => stepOf(minibatch(data, Int32Array.of(0, 1, 2), rows), 7, alone)));
    const size = Math.max(...small.gradient.map(Math.abs));
    small.gradient.forEach((g, i) => {
      expect(Math.abs(even.gradient[i] - g) / size).toBeLessThan(1e-4);
      expect(Math.abs(2 * large.gradient[i] - g) / size).toBeLessThan(1e-4);
    });
  });

  it('does not let the placeholder of a missing cell reach a loss or a gradient of either step', async () => {
    const spoilt = (): Minibatch => ({ ...goldenBatch(), x: cube(golden.x.map((value, i) => (golden.mask[i] ? value : -128))) });
    expect(await stepOf(spoilt(), 7, {})).toEqual(await stepOf(goldenBatch(), 7, {}));
    const [a, b] = [goldenBatch(), spoilt()].map((batch) => discriminatorStep(theModel, new Adam(Float32Array.from(golden.theta)), new Adam(Float32Array.from(golden.phi)), batch, (key) => options[key]));
    expect(b.flatMap(values)).toEqual(a.flatMap(values));
  });

  it('weighs the gradient of the discriminator, and tells its loss without the weight', async () => {
    const stepBy = async (weight: number): Promise<{ loss: number; gradient: Float32Array }> => {
      const discriminator = new Adam(Float32Array.from(golden.phi));
      const [loss] = discriminatorStep(theModel, new Adam(Float32Array.from(golden.theta)), discriminator, goldenBatch(), (key) => (key === 'discriminatorWeight' ? weight : options[key]));
      return { loss: values(loss)[0], gradient: (await discriminator.read()).m };
    };
    const [once, thrice] = [await stepBy(1), await stepBy(3)];
    expect(thrice.loss).toBe(once.loss);
    close(thrice.gradient, Array.from(once.gradient, (g) => 3 * g), 'gradient');
  });

  it('leaves the other network bit-identical in each step (acceptance check 5)', async () => {
    const [generator, discriminator] = [new Adam(Float32Array.from(golden.theta)), new Adam(Float32Array.from(golden.phi))];
    const moving = (key: string): number => (key === 'learningRate' ? 0.01 : options[key]);
    const read = async (): Promise<Float32Array[]> => [(await generator.read()).parameters, (await discriminator.read()).parameters];
    const start = await read();
    discriminatorStep(theModel, generator, discriminator, goldenBatch(), moving);
    const afterD = await read();
    expect(afterD[0]).toEqual(start[0]);
    expect(afterD[1]).not.toEqual(start[1]);
    generatorStep(theModel, generator, discriminator, goldenBatch(), N, { f: Float32Array.from(golden.f), centres: Float32Array.from(golden.centres) }, moving);
    const afterG = await read();
    expect(afterG[1]).toEqual(afterD[1]);
    expect(afterG[0]).not.toEqual(afterD[0]);
  });
});
