import '@tensorflow/tfjs-backend-cpu';
import { grads, reshape, setBackend, sum, mul, tensor, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import '../gradients';
import { upsample } from './pooling';
import { temporalConvolution } from './temporalConvolution';
import { upsampledConvolution } from './upsampledConvolution';

beforeAll(() => setBackend('cpu'));

it.each([
  { P: 8, before: 5, O: 1 },
  { P: 3, before: 4, O: 2 },
  { P: 1, before: 0, O: 3 },
  { P: 20, before: 9, O: 1 },
])('is the convolution of the repeated sequence, gradients too: P $P, before $before', ({ P, before, O }) => {
  const [B, S, taps] = [3, 5, 10];
  const random = new Random(P);
  const normal = (...shape: number[]): Tensor => tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()), shape);
  const inputs = [normal(B, S), normal(taps, O), normal(1, O)];
  const pull = normal(B, S * P, O);
  const ours = (z: Tensor, kernel: Tensor, bias: Tensor): Tensor => upsampledConvolution(z as Tensor2D, kernel as Tensor2D, bias, before, P);
  const long = (z: Tensor, kernel: Tensor, bias: Tensor): Tensor => temporalConvolution(upsample(reshape(z, [B, S, 1]) as Tensor3D, P), kernel, bias, before);
  const all = (f: typeof ours): Tensor[] => [f(inputs[0], inputs[1], inputs[2]), ...grads((z: Tensor, kernel: Tensor, bias: Tensor) => sum(mul(f(z, kernel, bias), pull)))(inputs)];
  const wanted = all(long);
  for (const [i, found] of all(ours).entries()) {
    expect(found.shape).toEqual(wanted[i].shape);
    const other = wanted[i].dataSync();
    found.dataSync().forEach((value, at) => expect(Math.abs(value - other[at])).toBeLessThan(1e-4));
  }
});
