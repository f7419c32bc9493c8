import { describe, expect, it } from 'vitest';
import { Random } from '../../../lib/random';
import { backward, forward, type GruInputs } from './reference';
import { gradientLayout, stateWidth, weightLayout, type GruShape } from './shape';

export function randomInputs(shape: GruShape, seed: number, mask: (random: Random) => number, lengths?: number[]): GruInputs {
  const random = new Random(seed);
  const { batch: B, steps: S, inputs: I, units } = shape;
  const normal = (n: number, scale: number): Float64Array => Float64Array.from({ length: n }, () => scale * random.normal());
  return {
    x: normal(B * S * I, 1),
    mask: Float64Array.from({ length: B * S * I }, () => mask(random)),
    valid: Float64Array.from({ length: B * S }, (_, i) => (lengths === undefined || i % S < lengths[Math.floor(i / S)] ? 1 : 0)),
    initial: normal(B * stateWidth(units), 0.5),
    weights: normal(weightLayout(I, units).size, 0.4),
  };
}

describe('gap-aware GRU, reference twin', () => {
  it.each([
    { name: 'one layer, random mask', shape: { batch: 2, steps: 4, inputs: 2, units: [3], states: true } },
    { name: 'three layers, unequal lengths', shape: { batch: 3, steps: 3, inputs: 1, units: [3, 2, 4], states: false }, lengths: [3, 1, 2] },
  ])('has the gradient of finite differences: $name', ({ shape, lengths }) => {
    const inputs = randomInputs(shape, 7, (random) => (random.uniform() < 0.5 ? 1 : 0), lengths);
    const first = forward(shape, inputs);
    const random = new Random(8);
    const gradOutput = Float64Array.from(first.output, () => random.normal());
    const gradient = backward(shape, inputs, first.tape, gradOutput);
    const loss = (): number => forward(shape, inputs).output.reduce((sum, value, i) => sum + value * gradOutput[i], 0);
    const at = gradientLayout(shape);
    const epsilon = 1e-6;
    for (const [key, offset] of [['x', at.x], ['initial', at.initial], ['weights', at.weights]] as const) {
      const values = inputs[key];
      for (let i = 0; i < values.length; i++) {
        const kept = values[i];
        values[i] = kept + epsilon;
        const up = loss();
        values[i] = kept - epsilon;
        const down = loss();
        values[i] = kept;
        const numeric = (up - down) / (2 * epsilon);
        expect(Math.abs(gradient[offset + i] - numeric), `${key}[${i}]`).toBeLessThan(1e-7 * Math.max(1, Math.abs(numeric)));
      }
    }
  });
});
