import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../lib/random';
import './gradients';

beforeAll(() => tf.setBackend('cpu'));

const shape = [2, 3, 4];
const other = tf.tensor1d([0.3, -1.2, 0.7, 2]);

/** Every operation on a tensor of [2, 3, 4] away from its kinks. */
const operations: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  neg: tf.neg,
  square: tf.square,
  sqrt: (x) => tf.sqrt(tf.square(x)),
  exp: tf.exp,
  log: (x) => tf.log(tf.square(x)),
  'max over an axis': (x) => tf.max(x, 1),
  softplus: tf.softplus,
  relu: tf.relu,
  identity: tf.clone,
  cast: (x) => tf.cast(x, 'float32'),
  reshape: (x) => tf.reshape(x, [6, 4]),
  expandDims: (x) => tf.expandDims(x, 1),
  reverse: (x) => tf.reverse(x, 1),
  tile: (x) => tf.tile(x, [1, 2, 3]),
  transpose: (x) => tf.transpose(x, [2, 0, 1]),
  'sum over an axis': (x) => tf.sum(x, 1),
  'sum over all': (x) => tf.sum(x),
  slice: (x) => tf.slice(x, [0, 1, 2], [2, 2, 1]),
  pad: (x) => tf.pad(x, [[0, 0], [1, 2], [0, 3]]),
  'add, broadcast': (x) => tf.add(x, other),
  'sub, broadcast': (x) => tf.sub(other, x),
  'mul, broadcast': (x) => tf.mul(x, other),
  'mul by itself': (x) => tf.mul(x, x),
  'div, above': (x) => tf.div(x, other),
  'div, below': (x) => tf.div(other, x),
  'matMul, left': (x) => tf.matMul(tf.reshape(x, [6, 4]), tf.reshape(other, [4, 1])),
  'matMul, transposed': (x) => tf.matMul(tf.reshape(other, [1, 4]), tf.reshape(x, [6, 4]), false, true),
  concat: (x) => tf.concat([x, tf.square(x)], 1),
};

describe('gradients of the tfjs operations in use', () => {
  it.each(Object.keys(operations))('%s has the gradient of finite differences', (name) => {
    const random = new Random(4);
    const at = Float32Array.from({ length: 24 }, () => (random.uniform() < 0.5 ? -1 : 1) * (0.4 + random.uniform()));
    const f = operations[name];
    const weights = tf.tensor(Float32Array.from({ length: f(tf.tensor(at, shape)).size }, () => random.normal()));
    const loss = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(tf.reshape(f(x), [-1]), weights)) as tf.Scalar;
    const gradient = tf.grad(loss)(tf.tensor(at, shape)).dataSync();
    const step = 1e-2;
    for (let i = 0; i < at.length; i++) {
      const moved = (by: number): number => loss(tf.tensor(at.map((value, j) => (i === j ? value + by : value)), shape)).dataSync()[0];
      const numeric = (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
      expect(Math.abs(gradient[i] - numeric), `d/dx[${i}]`).toBeLessThan(2e-3 * Math.max(1, Math.abs(numeric)));
    }
  });
});
