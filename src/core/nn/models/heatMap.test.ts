/** Oracle: PyTorch, scripts/goldens/heatMap.py. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tensor1d, tensor2d, tensor3d, valueAndGrad, type Tensor1D } from '@tensorflow/tfjs-core';
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
    const within = tensor3d(golden.within, [B, S * P, 1]);
    const theta = tensor1d(golden.theta);
    expect(model.parameters.size).toBe(golden.theta.length);
    near(model.heat(theta, z).dataSync(), golden.heat);
    near(model.logits(model.heat(theta, z), within).dataSync(), golden.logits);
    const { value, grad } = valueAndGrad((parameters) => crossEntropy(tensor2d(golden.targets, [B, K]), model.logits(model.heat(parameters as Tensor1D, z), within)))(theta);
    expect(value.dataSync()[0]).toBeCloseTo(golden.loss, 5);
    near(grad.dataSync(), golden.gradient);
  });
});
