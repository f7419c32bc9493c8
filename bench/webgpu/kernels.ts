/** Achieved speed of the recurrent WGSL kernels, for cards whose limits are known. */
import { engine, ones, reshape, slice, tensor, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { Random } from '../../src/core/lib/random';
import { GAP_AWARE_GRU, GAP_AWARE_GRU_GRAD } from '../../src/core/nn/kernels/gapAwareGru';
import { weightLayout } from '../../src/core/nn/kernels/gapAwareGru/shape';
import { BIDIRECTIONAL_LSTM, BIDIRECTIONAL_LSTM_GRAD, lstmWeightCount } from '../../src/core/nn/kernels/lstm';
import type { KernelSpeed } from './side';

const [S, I] = [150, 1];
const REPETITIONS = 10;

interface Pass {
  name: string;
  flops: number;
  kernel: string;
  inputs: Record<string, Tensor>;
  attributes: object;
}

function random(shape: number[], scale: number): Tensor {
  const draw = new Random(1);
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * draw.normal()), shape);
}

const outputs = ({ kernel, inputs, attributes }: Pick<Pass, 'kernel' | 'inputs' | 'attributes'>): Tensor[] => [engine().runKernel(kernel, inputs, attributes as Record<string, never>)].flat();

function gruPasses(B: number, H: number): Pass[] {
  const attributes = { batch: B, steps: S, inputs: I, units: [H], states: false };
  const inputs = { x: random([B, S, I], 1), mask: ones([B, S, I]), valid: ones([B, S]), initial: zeros([B, H]), weights: random([weightLayout(I, [H]).size], 0.1) };
  const [output, tape] = outputs({ kernel: GAP_AWARE_GRU, inputs, attributes });
  const flops = 2 * B * S * ((I + H) * 3 * H + H * I);
  const back = { ...inputs, tape, gradOutput: random(output.shape, 1) };
  return [
    { name: `GRU B ${B}, H ${H}, forward`, flops, kernel: GAP_AWARE_GRU, inputs, attributes },
    { name: `GRU B ${B}, H ${H}, backward`, flops: 2 * flops, kernel: GAP_AWARE_GRU_GRAD, inputs: back, attributes },
  ];
}

function lstmPasses(B: number, H: number): Pass[] {
  const attributes = { batch: B, steps: S, inputs: I, units: H, slope: 0.3 };
  const weights = (): Tensor => random([lstmWeightCount(I, H)], 0.1);
  const inputs = { x: random([B, S, I], 1), valid: ones([B, S]), forward: weights(), backward: weights() };
  const [, tape] = outputs({ kernel: BIDIRECTIONAL_LSTM, inputs, attributes });
  const flops = 2 * 2 * B * S * (I + H) * 4 * H;
  const back = { ...inputs, tape, gradStates: random([B, S, H], 1) };
  return [
    { name: `LSTM, both directions, B ${B}, H ${H}, forward`, flops, kernel: BIDIRECTIONAL_LSTM, inputs, attributes },
    { name: `LSTM, both directions, B ${B}, H ${H}, backward`, flops: 2 * flops, kernel: BIDIRECTIONAL_LSTM_GRAD, inputs: back, attributes },
  ];
}

/** Each pass many times over, then one value is read back; bytes are those of its inputs and outputs, the least that it must move. */
export async function kernelSpeeds(): Promise<KernelSpeed[]> {
  const speeds: KernelSpeed[] = [];
  for (const B of [32, 1024]) {
    for (const H of [50, 100, 200]) {
      for (const pass of [...gruPasses(B, H), ...lstmPasses(B, H)]) {
        const run = async (times: number): Promise<void> => {
          for (let i = 1; i < times; i++) tidy(() => void outputs(pass));
          const last = tidy(() => slice(reshape(outputs(pass)[0], [-1]), [0], [1]));
          await last.data(); // all that was recorded before it has run
          last.dispose();
        };
        await run(2);
        const started = performance.now();
        await run(REPETITIONS);
        const ms = (performance.now() - started) / REPETITIONS;
        const made = tidy(() => outputs(pass).reduce((sum, { size }) => sum + size, 0));
        const bytes = 4 * (made + Object.values(pass.inputs).reduce((sum, { size }) => sum + size, 0));
        speeds.push({ name: pass.name, ms, flops: pass.flops, bytes });
      }
    }
  }
  return speeds;
}
