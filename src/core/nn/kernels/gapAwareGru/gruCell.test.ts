/** Oracle: gruCell of tfjs-layers, step by step on tfjs's cpu backend (acceptance check 10 of methods.md section 9). */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { ones, ready, reshape, setBackend, slice, tensor, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../lib/random';
import { registerGapAwareGruCpu } from './cpu';
import { gapAwareGru } from './index';
import { weightLayout } from './shape';
import { registerGapAwareGruWasm } from './wasm';

const [B, S, I, H] = [3, 7, 2, 5];
const random = new Random(12);
const normal = (count: number, scale = 1): Float32Array => Float32Array.from({ length: count }, () => scale * random.normal());
const at = weightLayout(I, [H]);
const [x, initial, weights] = [normal(B * S * I), normal(B * H, 0.5), normal(at.size, 0.6)];

/** h_1 … h_S, each [B, H]. */
async function byCells(): Promise<Float32Array[]> {
  await setBackend('cpu');
  const cell = layers.gruCell({ units: H, recurrentActivation: 'sigmoid', kernelInitializer: 'zeros', recurrentInitializer: 'zeros' });
  cell.build([B, I]);
  const [{ kernel, recurrent, bias }] = at.layers;
  cell.setWeights([tensor(weights.slice(kernel, recurrent), [I, 3 * H]), tensor(weights.slice(recurrent, bias), [H, 3 * H]), tensor(weights.slice(bias, bias + 3 * H))]);
  const steps = tensor(x, [B, S, I]) as Tensor3D;
  let state: Tensor = tensor(initial, [B, H]);
  return Array.from({ length: S }, (_, t) => {
    [state] = cell.apply([reshape(slice(steps, [0, t, 0], [B, 1, I]), [B, I]), state]) as Tensor[];
    return state.dataSync() as Float32Array;
  });
}

describe.each([
  { backend: 'cpu', register: registerGapAwareGruCpu },
  { backend: 'wasm', register: () => registerGapAwareGruWasm() },
])('gap-aware GRU with mask 1 on the $backend backend', ({ backend, register }) => {
  it('has the states of gruCell with sigmoid gates', async () => {
    const cells = await byCells();
    register();
    await setBackend(backend);
    await ready();
    const { states, finalStates } = gapAwareGru(
      { x: tensor(x, [B, S, I]) as Tensor3D, mask: ones([B, S, I]), valid: ones([B, S]), initial: tensor(initial, [B, H]) as Tensor2D, weights: tensor(weights) as Tensor1D },
      [H],
      { states: true },
    );
    const found = await states!.data();
    for (let b = 0; b < B; b++) for (let t = 0; t < S; t++) for (let j = 0; j < H; j++) expect(Math.abs(found[(b * S + t) * H + j] - cells[t][b * H + j])).toBeLessThan(1e-5);
    (await finalStates.data()).forEach((value, i) => expect(Math.abs(value - cells[S - 1][i])).toBeLessThan(1e-5));
  });
});
