import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { backend as currentBackend, concat, dispose, fill, grad, grads, memory, ones, profile, ready, setBackend, slice, square, sum, tensor, tidy, zeros, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../lib/random';
import { wasmSections } from '../../../../tests/wasmSections';
import { bytesOfBase64, instantiateWasm, wasmMemory, type WasmVariant } from '../../../lib/wasm';
import { allowRelaxedSimd } from '../../../../cli/relaxedSimd';
import { registerGapAwareGruCpu } from './cpu';
import { wasmBase64 } from './gapAwareGru.wasm';
import { GAP_AWARE_GRU, gapAwareGru, GruPass } from './index';
import { parityCases, parityFaults } from './parity';
import { weightLayout } from './shape';
import { registerGapAwareGruWasm } from './wasm';

allowRelaxedSimd();

function normal(random: Random, shape: number[], scale = 1): Tensor {
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), shape);
}

async function largestDifference(a: Tensor, b: Tensor): Promise<number> {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = await Promise.all([a.data(), b.data()]);
  return Math.max(...Array.from(x, (value, i) => Math.abs(value - y[i])));
}

describe.each([
  { name: 'cpu', backend: 'cpu', register: registerGapAwareGruCpu },
  { name: 'wasm', backend: 'wasm', register: () => registerGapAwareGruWasm('simd') },
  { name: 'wasm with relaxed SIMD', backend: 'wasm', register: () => registerGapAwareGruWasm('relaxed') },
])('gap-aware GRU on the $name backend', ({ backend, register }) => {
  beforeAll(async () => {
    register();
    await setBackend(backend);
    await ready();
  });

  it.each(parityCases)('agrees with the reference: $name', async (parity) => {
    const before = memory().numTensors;
    expect(await parityFaults(parity)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });

  it('with mask 0 after row 1 equals a decoder that feeds its output back step by step', async () => {
    const [B, S, I, H] = [3, 6, 2, 5];
    const random = new Random(1);
    const x = normal(random, [B, 1, I]) as Tensor3D;
    const initial = normal(random, [B, H]) as Tensor2D;
    const weights = normal(random, [weightLayout(I, [H]).size], 0.5) as Tensor1D;
    const one = ones([B, 1, I]) as Tensor3D;
    const rest = zeros([B, S - 1, I]) as Tensor3D;
    const fused = gapAwareGru({ x: concat([x, rest], 1), mask: concat([one, rest], 1), valid: ones([B, S]), initial, weights }, [H]);
    let input = x;
    let state = initial;
    const outputs: Tensor3D[] = [];
    for (let t = 0; t < S; t++) {
      const step = gapAwareGru({ x: input, mask: one, valid: ones([B, 1]), initial: state, weights }, [H]);
      input = slice(step.estimates, [0, 1, 0], [B, 1, I]);
      state = step.finalStates;
      outputs.push(input);
    }
    expect(await largestDifference(slice(fused.estimates, [0, 1, 0], [B, S, I]), concat(outputs, 1))).toBeLessThan(1e-5);
    expect(await largestDifference(fused.finalStates, state)).toBeLessThan(1e-5);
  });

  it('with mask 1 a stack equals its layers run one after the other', async () => {
    const [B, S, I, units] = [5, 7, 2, [6, 3, 9]];
    const random = new Random(2);
    const at = weightLayout(I, units);
    const x = normal(random, [B, S, I]) as Tensor3D;
    const weights = normal(random, [at.size], 0.5) as Tensor1D;
    const initial = normal(random, [B, 18]) as Tensor2D;
    const stack = gapAwareGru({ x, mask: ones([B, S, I]), valid: ones([B, S]), initial, weights }, units, { states: true });
    let input = x;
    const finalStates: Tensor2D[] = [];
    for (const { inputs, units: H, kernel, bias, state } of at.layers) {
      const own = slice(weights, kernel, bias + 3 * H - kernel);
      const alone = concat([own, zeros([H * inputs + inputs])]) as Tensor1D; // no estimate of its own
      const h0 = slice(initial, [0, state], [B, H]);
      const layer = gapAwareGru({ x: input, mask: ones([B, S, inputs]), valid: ones([B, S]), initial: h0, weights: alone }, [H], { states: true });
      input = layer.states!;
      finalStates.push(layer.finalStates);
    }
    expect(await largestDifference(stack.states!, input)).toBeLessThan(1e-5);
    expect(await largestDifference(stack.finalStates, concat(finalStates, 1))).toBeLessThan(1e-5);
  });

  it('makes a forward pass once where two calls share it, with the same values and gradients', async () => {
    const [B, S, H] = [3, 4, 5];
    const random = new Random(5);
    const weights = normal(random, [weightLayout(1, [H]).size], 0.5) as Tensor1D;
    const inputs = { x: normal(random, [B, S, 1]) as Tensor3D, mask: ones([B, S, 1]) as Tensor3D, valid: ones([B, S]) as Tensor2D, initial: normal(random, [B, H]) as Tensor2D };
    const loss = (pass?: GruPass) => (w: Tensor) => sum(square(gapAwareGru({ ...inputs, weights: w as Tensor1D }, [H], { pass }).estimates));
    const before = memory().numTensors;
    const pass = new GruPass();
    const value = tidy(() => loss(pass)(weights));
    const { kernelNames, result } = await profile(() => tidy(() => grad(loss(pass))(weights)));
    const slope = result as Tensor;
    expect(kernelNames.filter((name) => name === GAP_AWARE_GRU)).toEqual([]);
    const [plainValue, plainSlope] = tidy(() => [loss()(weights), grad(loss())(weights)]);
    expect(await largestDifference(value, plainValue)).toBe(0);
    expect(await largestDifference(slope, plainSlope)).toBe(0);
    pass.dispose();
    dispose([value, slope, plainValue, plainSlope]);
    expect(memory().numTensors).toBe(before);
  });

  it('gives x and the first states the same gradient where the weights are constant, and these none', async () => {
    const [B, S, I, units] = [5, 6, 2, [7, 3]];
    const random = new Random(6);
    const [x, initial, weights] = [normal(random, [B, S, I]), normal(random, [B, 10]), normal(random, [weightLayout(I, units).size], 0.5)];
    const mask = ones([B, S, I]) as Tensor3D;
    const loss = (constantWeights: boolean) => (x: Tensor, initial: Tensor, weights: Tensor) =>
      sum(square(gapAwareGru({ x: x as Tensor3D, mask, valid: ones([B, S]), initial: initial as Tensor2D, weights: weights as Tensor1D }, units, { constantWeights }).estimates));
    const wanted = grads(loss(false))([x, initial, weights]);
    const found = grads((x, initial) => loss(true)(x, initial, weights))([x, initial]);
    for (const [i, slope] of found.entries()) expect(await largestDifference(slope, wanted[i])).toBe(0);
    expect(() => grads(loss(true))([x, initial, weights])).toThrow(/Cannot compute gradient/);
  });

  it('passes NaN in the weights on to every output, so that a run can stop on it', async () => {
    const weights = fill([weightLayout(1, [4]).size], Number.NaN) as Tensor1D;
    const { estimates, finalStates } = gapAwareGru({ x: zeros([2, 3, 1]), mask: ones([2, 3, 1]), valid: ones([2, 3]), initial: zeros([2, 4]), weights }, [4]);
    for (const output of [estimates, finalStates]) expect((await output.data()).every(Number.isNaN)).toBe(true);
  });
});

describe.each(Object.keys(wasmBase64) as WasmVariant[])('activations, %s', (variant) => {
  const ownMemory = wasmMemory(1 << 20);
  const { activate } = instantiateWasm<{ activate(kind: number, values: number, count: number, table: number): void }>(wasmBase64, ownMemory, variant);

  /** Where the table of constants lies, after the values. */
  const TABLE = 1 << 19;

  const apply = (kind: number, values: Float32Array): Float32Array => {
    const view = new Float32Array(ownMemory.buffer, 0, values.length);
    view.set(values);
    activate(kind, 0, values.length, TABLE);
    return view.slice();
  };

  /** |actual - exact| in units of the last place of the exact value as float32. */
  const ulps = (actual: number, exact: number): number => {
    const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact))), -126);
    return Math.abs(actual - exact) / 2 ** (exponent - 23);
  };

  it.each([
    { name: 'exp', kind: 0, exact: Math.exp, range: 87, bound: 2, slope: 0 },
    { name: 'sigmoid', kind: 1, exact: (x: number) => 1 / (1 + Math.exp(-x)), range: 86, bound: 3, slope: 1.25 },
    { name: 'tanh', kind: 2, exact: Math.tanh, range: 30, bound: 4, slope: 0 },
  ])('$name is within $bound + $slope |x| units in the last place', ({ kind, exact, range, bound, slope }) => {
    const random = new Random(3);
    const wide = Float32Array.from({ length: 100_000 }, () => range * (2 * random.uniform() - 1));
    const near = Float32Array.from({ length: 100_000 }, () => 2 * random.normal());
    const tiny = Float32Array.from({ length: 10_000 }, () => 2 ** (-30 * random.uniform()) * (random.uniform() < 0.5 ? -1 : 1));
    for (const values of [wide, near, tiny]) {
      const excess = apply(kind, values).map((actual, i) => ulps(actual, exact(values[i])) - slope * Math.abs(values[i]));
      expect(excess.reduce((most, value) => Math.max(most, value))).toBeLessThan(bound);
    }
  });

  it('sigmoid and tanh are within 1.5e-7 of the exact value everywhere', () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => (i - 50_000) / 2_000);
    for (const { kind, exact } of [{ kind: 1, exact: (x: number) => 1 / (1 + Math.exp(-x)) }, { kind: 2, exact: Math.tanh }]) {
      const errors = apply(kind, values).map((actual, i) => Math.abs(actual - exact(values[i])));
      expect(errors.reduce((most, value) => Math.max(most, value))).toBeLessThan(1.5e-7);
    }
  });

  it('saturates at the ends and passes NaN on', () => {
    const ends = new Float32Array(16);
    ends.set([-Infinity, -1e30, Number.NaN, Infinity]);
    expect([...apply(2, ends).subarray(0, 5)]).toEqual([-1, -1, NaN, 1, 0]);
    const [low, lower, nan, high] = apply(1, ends);
    expect(low).toBeLessThan(1e-37);
    expect(lower).toBeLessThan(1e-37);
    expect(nan).toBeNaN();
    expect(high).toBe(1);
  });
});

describe('gap-aware GRU, WebAssembly module', () => {
  it.each(Object.keys(wasmBase64) as WasmVariant[])('has no data of its own in the memory that it shares with tfjs: %s', (variant) => {
    const sections = wasmSections(bytesOfBase64(wasmBase64[variant]));
    expect(sections).toContain(10); // code
    expect(sections).not.toContain(11); // data
  });

  it('leaves no working memory behind on the heap of tfjs', async () => {
    registerGapAwareGruWasm();
    await setBackend('wasm');
    const [B, S, H] = [32, 50, 40];
    const run = (): void =>
      tidy(() => {
        const weights = ones([weightLayout(1, [H]).size]) as Tensor1D;
        gapAwareGru({ x: ones([B, S, 1]), mask: ones([B, S, 1]), valid: ones([B, S]), initial: zeros([B, H]), weights }, [H]);
      });
    const { wasm } = currentBackend() as unknown as { wasm: { HEAPU8: Uint8Array } };
    run();
    const before = wasm.HEAPU8.length;
    for (let i = 0; i < 50; i++) run(); // 50 leaks of 2 MB would show
    expect(wasm.HEAPU8.length).toBe(before);
  });
});
