/** Oracle: PyTorch, scripts/goldens/heatMap.py. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tensor1d, tensor2d, valueAndGrad, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../gradients';
import { crossEntropy } from '../losses/crossEntropy';
import golden from './__goldens__/heatMap.json';
import { heatMapModel } from './heatMap';

const { B, S, P, K } = golden;
const near = (found: ArrayLike<number>, wanted: readonly number[]): void => {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(Math.abs(found[i] - value), `${i}`).toBeLessThan(1e-5));
};

describe('heat-map network of DTC', () => {
  beforeAll(() => setBackend('cpu'));

  it('has the class maps, logits, loss and gradient of PyTorch, with series of unequal length', () => {
    const model = heatMapModel(P, K);
    const z = tensor2d(golden.z, [B, S]);
    const seen = tensor2d(
      golden.z.map((_, at) => at).filter((at) => at % S === 0).map((at) => {
        const within = golden.within.slice(at * P, (at + S) * P);
        return [...model.seen(Float32Array.from(golden.z.slice(at, at + S)), within.indexOf(1), within.lastIndexOf(1) + 1)];
      }),
    );
    const theta = tensor1d(golden.theta);
    expect(model.parameters.size).toBe(golden.theta.length);
    near(model.heat(theta, z).dataSync(), golden.heat);
    near(model.logits(theta, seen).dataSync(), golden.logits);
    const { value, grad } = valueAndGrad((parameters) => crossEntropy(tensor2d(golden.targets, [B, K]), model.logits(parameters as Tensor1D, seen)))(theta);
    expect(value.dataSync()[0]).toBeCloseTo(golden.loss, 5);
    near(grad.dataSync(), golden.gradient);
  });
});
