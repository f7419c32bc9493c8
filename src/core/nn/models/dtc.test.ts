import '@tensorflow/tfjs-backend-cpu';
import { add, grad, grads, mul, ones, setBackend, sum, tensor, tidy, type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../gradients';
import { registerLstmCpu } from '../kernels/lstm/cpu';
import { maxPool, upsample } from '../layers/pooling';
import { klDivergence } from '../losses/klDivergence';
import { maskedMeanSquaredError } from '../losses/maskedMeanSquaredError';
import { similarities, type SimilarityName } from '../losses/similarity';
import { softAssignment } from '../losses/softAssignment';
import { targetDistribution } from '../losses/targetDistribution';
import goldens from './__goldens__/dtc.json';
import { dtcModel, poolingFor } from './dtc';

// Oracle: PyTorch, scripts/goldens/dtc.py.
beforeAll(async () => {
  registerLstmCpu();
  await setBackend('cpu');
});

const names = Object.keys(similarities) as SimilarityName[];
const near = (found: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-5): void => {
  expect(found.length).toBe(wanted.length);
  const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]) / Math.max(1, Math.abs(value))), 0);
  expect(worst).toBeLessThan(tolerance);
};

describe('similarities', () => {
  const { B, S, K, z, w, pull, of } = goldens.similarity;

  it.each(names)('%s has the values and gradients of PyTorch', (name) => {
    const siml = similarities[name];
    const [a, b] = [tensor(z, [B, S]) as Tensor2D, tensor(w, [K, S]) as Tensor2D];
    near(siml(a, b).dataSync(), of[name].value);
    const [dz, dw] = grads((a: Tensor, b: Tensor) => sum(mul(siml(a as Tensor2D, b as Tensor2D), tensor(pull, [B, K]))))([a, b]);
    near(dz.dataSync(), of[name].dz);
    near(dw.dataSync(), of[name].dw);
  });

  it.each(names)('%s and its gradient are finite for constant series, for z = w, and for latents of one and two steps', (name) => {
    const siml = similarities[name];
    const cases: [number[], number[]][] = [
      [[1, 1, 1, 1], [1, 1, 1, 1]],
      [[0, 0, 0, 0], [1, -1, 2, 0]],
      [[1, -1, 2, 0], [1, -1, 2, 0]],
      [[1, -1, 2, 0], [-1, 1, -2, 0]],
      [[1e3, 0, 0, 0], [0, 0, 0, 1e-6]],
      [[1, 2], [3, 3]],
      [[1], [2]],
      [[2], [2]],
    ];
    for (const [z, w] of cases) {
      const [a, b] = [tensor(z, [1, z.length]) as Tensor2D, tensor(w, [1, w.length]) as Tensor2D];
      const all = [siml(a, b), ...grads((a: Tensor, b: Tensor) => sum(siml(a as Tensor2D, b as Tensor2D)))([a, b])];
      for (const one of all) for (const value of one.dataSync()) expect(Number.isFinite(value)).toBe(true);
    }
  });

  it('keeps CID at or above EUCL, COR within 0 and 2, and ACF at 0 for a series and itself', () => {
    const a = tensor(z, [B, S]) as Tensor2D;
    const [eucl, cid, cor, acf] = (['eucl', 'cid', 'cor', 'acf'] as const).map((name) => similarities[name](a, a).dataSync());
    for (let at = 0; at < B * B; at++) {
      expect(cid[at]).toBeGreaterThanOrEqual(eucl[at] - 1e-6);
      expect(cor[at]).toBeGreaterThanOrEqual(0);
      expect(cor[at]).toBeLessThanOrEqual(2 + 1e-4);
    }
    for (let i = 0; i < B; i++) expect(acf[i * B + i]).toBeLessThan(1e-4);
  });
});

describe('assignment and target', () => {
  const { s, q, p, kl } = goldens.assignment;
  const shape = [5, 3] as [number, number];

  it('have the values of PyTorch', () => {
    near(softAssignment(tensor(s, shape) as Tensor2D).dataSync(), q, 1e-6);
    near(targetDistribution(Float32Array.from(q), 3), p, 1e-6);
    expect(klDivergence(tensor(p, shape) as Tensor2D, tensor(s, shape) as Tensor2D).dataSync()[0]).toBeCloseTo(kl, 6);
  });

  it('have rows that sum to 1, and P is sharper than Q', () => {
    const found = softAssignment(tensor(s, shape) as Tensor2D).dataSync() as Float32Array;
    const sharp = targetDistribution(Float32Array.of(0.6, 0.4, 0.4, 0.6), 2);
    for (let i = 0; i < 5; i++) expect(found[3 * i] + found[3 * i + 1] + found[3 * i + 2]).toBeCloseTo(1, 6);
    expect(sharp[0]).toBeGreaterThan(0.6);
    expect(sharp[3]).toBeGreaterThan(0.6);
    expect(sharp[0] + sharp[1]).toBeCloseTo(1, 6);
  });
});

describe('the target P', () => {
  it('is a constant for the gradient: ∂L/∂q = −P / (B q), as if P did not follow q', () => {
    const s = tensor(goldens.assignment.s, [5, 3]) as Tensor2D;
    const q = softAssignment(s).dataSync() as Float32Array;
    const p = targetDistribution(q, 3);
    const found = grad((s: Tensor) => klDivergence(tensor(p, [5, 3]) as Tensor2D, s as Tensor2D))(s).dataSync();
    const slopes = tensor(Float32Array.from(q, (value, at) => -p[at] / (5 * value)), [5, 3]);
    near(found, [...grad((s: Tensor) => sum(mul(slopes, softAssignment(s as Tensor2D))))(s).dataSync()]);
  });
});

describe('pooling', () => {
  const x = tensor([1, 5, 3, 3, -2, -4], [1, 6, 1]) as Tensor3D;

  it('takes the greatest of every P steps, and shares the gradient between equals', () => {
    expect([...maxPool(x, 2).dataSync()]).toEqual([5, 3, -2]);
    expect([...grad((x: Tensor) => sum(maxPool(x as Tensor3D, 2)))(x).dataSync()]).toEqual([0, 1, 0.5, 0.5, 1, 0]);
  });

  it('repeats every step P times', () => {
    expect([...upsample(tensor([1, 2, 3], [1, 3, 1]) as Tensor3D, 2).dataSync()]).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it.each([[128, 8], [24, 2], [15, 1], [286, 11], [9, 1], [2000, 40], [127, 8]])('chooses P for T = %i as %i', (T, P) => {
    expect(poolingFor(T)).toBe(P);
    const S = Math.ceil(T / P);
    if (T >= 10) expect(S >= 10 && S <= 64).toBe(true);
  });
});

describe('DTC', () => {
  const { B, T, D, P, K, size, ...wanted } = goldens.model;
  const model = dtcModel({ variables: D, steps: T, pooling: P, clusters: K, similarity: 'eucl', squared: true, slope: 0.3 });
  /** As in scripts/goldens/dtc.py. */
  const theta = tidy(() => tensor(Float32Array.from({ length: size }, (_, i) => (((i * 7919) % 1009) / 1009 - 0.5) * 0.4)) as Tensor1D);
  const x = tensor(wanted.x, [B, T, D]) as Tensor3D;
  const valid = ones([B, T / P]) as Tensor2D;

  it('has the latents, reconstruction and assignments of PyTorch', () => {
    expect(model.parameters.size).toBe(size);
    const z = model.encode(model.parameters.cut(theta), x, valid);
    near(z.dataSync(), wanted.z);
    near(model.decode(model.parameters.cut(theta), z).dataSync(), wanted.estimate);
    near(model.assign(model.parameters.cut(theta), z).dataSync(), wanted.q);
  });

  it('has the losses and the gradient of PyTorch', () => {
    const target = tensor(wanted.target, [B, K]) as Tensor2D;
    const loss = (theta: Tensor): Scalar => {
      const z = model.encode(model.parameters.cut(theta as Tensor1D), x, valid);
      return add(maskedMeanSquaredError(x, model.decode(model.parameters.cut(theta as Tensor1D), z), ones([B, T, D])), klDivergence(target, model.spread(model.parameters.cut(theta as Tensor1D), z))) as Scalar;
    };
    expect(loss(theta).dataSync()[0]).toBeCloseTo(wanted.reconstruction + wanted.clustering, 5);
    const gradient = grad(loss)(theta).dataSync() as Float32Array;
    expect(Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0))).toBeCloseTo(wanted.gradientNorm, 4);
    near(Float32Array.from(wanted.gradient, (_, i) => gradient[i * wanted.stride]), wanted.gradient);
  });

  it('does not see what pads a series', () => {
    const short = tensor([1, 1, 0, 1, 1, 1, 1, 1, 1], [B, T / P]) as Tensor2D;
    const z = model.encode(model.parameters.cut(theta), x, short).dataSync();
    expect(z[2]).toBeCloseTo(0, 12);
    const rest = model.encode(model.parameters.cut(theta), x, valid).dataSync();
    expect(z.slice(3)).toEqual(rest.slice(3));
  });
});
