import '@tensorflow/tfjs-backend-wasm';
import { clone, memory, ready, reverse, setBackend, slice, split, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerWasmViews } from './wasmViews';

const counting = (shape: number[], dtype: 'float32' | 'int32' | 'bool' = 'float32'): Tensor =>
  tensor(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (dtype === 'bool' ? i % 3 === 0 : i) as number), shape, dtype);

/** Element by element, by index arithmetic on the flat values. */
function expected(values: ArrayLike<number>, shape: number[], begin: number[], size: number[]): number[] {
  let cells = [{ at: 0 }];
  for (const [axis, length] of shape.entries()) {
    cells = cells.flatMap(({ at }) => Array.from({ length: size[axis] }, (_, i) => ({ at: at * length + begin[axis] + i })));
  }
  return cells.map(({ at }) => values[at]);
}

describe('lighter kernels of the wasm backend', () => {
  beforeAll(async () => {
    registerWasmViews();
    await setBackend('wasm');
    await ready();
  });

  it.each([
    { shape: [7], begin: [2], size: [4] },
    { shape: [3, 5], begin: [1, 0], size: [2, 5] },
    { shape: [3, 5], begin: [0, 2], size: [3, 2] },
    { shape: [4, 6, 1], begin: [0, 1, 0], size: [4, 5, 1] },
    { shape: [2, 3, 4], begin: [1, 1, 1], size: [1, 2, 2] },
    { shape: [2, 3, 4], begin: [0, 0, 3], size: [2, 3, 1] },
    { shape: [2, 2, 3, 2], begin: [0, 1, 1, 0], size: [2, 1, 2, 2] },
    { shape: [2, 3], begin: [0, 0], size: [2, 3] },
    { shape: [2, 3], begin: [1, 0], size: [0, 3] },
  ])('slices [$shape] from [$begin] by [$size]', async ({ shape, begin, size }) => {
    for (const dtype of ['float32', 'int32', 'bool'] as const) {
      const x = counting(shape, dtype);
      const part = slice(x, begin, size);
      expect(part.shape).toEqual(size);
      expect(part.dtype).toBe(dtype);
      expect([...(await part.data())]).toEqual(expected(await x.data(), shape, begin, size));
    }
  });

  it.each([
    { shape: [5], axes: [0] },
    { shape: [3, 4], axes: [1] },
    { shape: [3, 5, 2], axes: [1] },
    { shape: [2, 3, 4], axes: [0, 2] },
    { shape: [2, 3, 1], axes: [-2] },
  ])('reverses [$shape] along [$axes]', async ({ shape, axes }) => {
    const x = counting(shape);
    const turned = axes.map((axis) => (axis + shape.length) % shape.length);
    const strides = shape.map((_, a) => shape.slice(a + 1).reduce((p, c) => p * c, 1));
    const from = (at: number): number => shape.reduce((sum, length, a) => sum + strides[a] * (turned.includes(a) ? length - 1 - (Math.floor(at / strides[a]) % length) : Math.floor(at / strides[a]) % length), 0);
    expect([...(await reverse(x, axes).data())]).toEqual(Array.from({ length: x.size }, (_, at) => from(at)));
  });

  it.each([
    { shape: [9], parts: [2, 7], axis: 0 },
    { shape: [4, 6], parts: 2, axis: 1 },
    { shape: [2, 5, 3], parts: [1, 4], axis: -2 },
  ])('splits [$shape] into $parts along $axis', async ({ shape, parts, axis }) => {
    const along = (axis + shape.length) % shape.length;
    const x = counting(shape);
    const sizes = typeof parts === 'number' ? Array<number>(parts).fill(shape[along] / parts) : parts;
    let from = 0;
    for (const [i, part] of split(x, parts, axis).entries()) {
      const size = shape.map((length, a) => (a === along ? sizes[i] : length));
      expect(part.shape).toEqual(size);
      expect([...(await part.data())]).toEqual(expected(await x.data(), shape, shape.map((_, a) => (a === along ? from : 0)), size));
      from += sizes[i];
    }
  });

  it('keeps shared data until its last name is gone', async () => {
    const before = memory();
    const x = counting([5]);
    const copies = tidy(() => [clone(x), clone(clone(x))]);
    x.dispose();
    expect([...(await copies[1].data())]).toEqual([0, 1, 2, 3, 4]);
    copies[0].dispose();
    expect([...(await copies[1].data())]).toEqual([0, 1, 2, 3, 4]);
    copies[1].dispose();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('leaves tensors of text alone', async () => {
    const words = tensor(['a', 'b', 'c']);
    expect(await slice(words, [1], [2]).data()).toEqual(['b', 'c']);
    expect(await clone(words).data()).toEqual(['a', 'b', 'c']);
  });
});
