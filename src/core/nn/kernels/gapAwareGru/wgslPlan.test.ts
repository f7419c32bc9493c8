import { describe, expect, it } from 'vitest';
import { InputError } from '../../../lib/assert';
import { tapeLayout, plan, timeSlices } from './wgslPlan';
import type { GruShape } from './shape';

const shape = (change: Partial<GruShape> = {}): GruShape => ({ batch: 32, steps: 150, inputs: 1, units: [50], states: false, ...change });

describe('plan of the WGSL twin', () => {
  it.each([
    { units: [8], batch: 1, expected: 1 },
    { units: [8], batch: 3, expected: 4 },
    { units: [100], batch: 32, expected: 4 },
    { units: [32, 16, 8, 16, 32], batch: 32, expected: 4 },
    { units: [300], batch: 32, expected: 2 },
    { units: [900], batch: 32, expected: 1 },
  ])('carries $expected rows of $batch with units $units in 16 KiB', ({ units, batch, expected }) => {
    const layout = plan(shape({ units, batch }), 16_384);
    expect(layout.lanes).toBe(expected);
    expect(layout.lanes * layout.workgroups).toBeGreaterThanOrEqual(batch);
    for (const slots of Object.values(layout.slots)) expect(4 * slots * layout.lanes).toBeLessThanOrEqual(16_384);
  });

  it('carries more rows where there is more memory', () => {
    expect(plan(shape({ units: [300] }), 32_768).lanes).toBe(4);
  });

  it('refuses units that fit nowhere, in words that help', () => {
    expect(() => plan(shape({ units: [2000] }), 16_384)).toThrow(InputError);
    expect(() => plan(shape({ units: [2000] }), 16_384)).toThrow(/units \[2000\].*16384 bytes.*fewer units/);
  });

  it('gives shapes of a like size the same shaders', () => {
    const shaders = ({ lanes, slots, invocations }: ReturnType<typeof plan>): unknown => ({ lanes, slots, invocations });
    expect(shaders(plan(shape({ units: [40], inputs: 2, steps: 7 }), 16_384))).toEqual(shaders(plan(shape({ units: [50], batch: 64 }), 16_384)));
  });

  it('lays the parts of the tape side by side', () => {
    const { layers, estimates, size } = tapeLayout({ batch: 2, steps: 3, inputs: 5, units: [4, 7], states: true });
    expect(layers[0]).toEqual({ z: 30, r: 30 + 24, c: 30 + 48, h: 30 + 72 });
    expect(layers[1].z).toBe(30 + 72 + 32);
    expect(estimates).toBe(layers[1].h + 4 * 2 * 7);
    expect(size).toBe(estimates + 4 * 2 * 5);
  });

  it.each([shape(), shape({ units: [900], steps: 97 }), shape({ batch: 1, steps: 10_000, units: [4] }), shape({ steps: 1 })])(
    'cuts time into slices that join up and stay short: %o',
    (one) => {
      const slices = timeSlices(one);
      expect(slices[0][0]).toBe(0);
      expect(slices.at(-1)?.[1]).toBe(one.steps);
      for (const [i, [from, to]] of slices.entries()) {
        expect(to).toBeGreaterThan(from);
        if (i > 0) expect(from).toBe(slices[i - 1][1]);
        expect((to - from) * one.batch * 3 * one.units[0] ** 2).toBeLessThanOrEqual(1e8);
        expect(to - from).toBeLessThanOrEqual(1024);
      }
    },
  );
});
