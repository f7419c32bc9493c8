import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';
import { spec, waves } from '../testing/fixtures';
import { createEvaluation } from './evaluation';
import { prepareRun } from './prepareRun';

const set = waves(8, 12);
const prepared = prepareRun(set, { ...spec, hideRate: 0.2 });

function snapshot(imputed: Float32Array): Snapshot {
  return { epoch: 1, latents: new Float32Array(16), latentWidth: 2, assignments: Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1]), confidence: new Float32Array(8), imputed };
}

/** What a perfect model would fill in, in prepared units. */
function perfect(of: SeriesSet): Float32Array {
  const whole = prepareRun(of, { ...spec, hideRate: 0 });
  return Float32Array.from(prepared.gaps, (cell) => whole.data.values[cell]);
}

describe('createEvaluation', () => {
  it('scores clusters against labels, with n', () => {
    const { metrics } = createEvaluation(set, prepared).evaluate(snapshot(perfect(set)));
    expect(metrics).toMatchObject({ n: 8, adjustedRandIndex: 1, allInOneRandIndex: 12 / 28 });
  });

  it('gives no scores without labels and no imputation error without hidden cells', () => {
    const bare = { ...set, labels: null };
    const nothingHidden = prepareRun(bare, { ...spec, hideRate: 0 });
    const shot = createEvaluation(bare, nothingHidden).evaluate(snapshot(new Float32Array(nothingHidden.gaps.length)));
    expect([shot.metrics, shot.imputation]).toEqual([null, null]);
  });

  it('measures the hidden cells in standard deviations and in original units', () => {
    const offByTwo = Float32Array.from(prepared.gaps, () => 0);
    const shift = { ...prepared, restore: () => Float64Array.from(prepared.gaps, (cell) => set.values[cell] + 2) };
    const { imputation } = createEvaluation(set, shift).evaluate(snapshot(offByTwo));
    const observed = Array.from(set.values).filter((_, at) => set.mask[at] === 1);
    const mean = observed.reduce((sum, value) => sum + value, 0) / observed.length;
    const deviation = Math.sqrt(observed.reduce((sum, value) => sum + (value - mean) ** 2, 0) / observed.length);
    expect(imputation?.hidden).toBe(prepared.hidden.length);
    expect(imputation?.rmse).toBeCloseTo(2 / deviation, 5);
    expect(imputation?.perVariable).toHaveLength(1);
    expect(imputation?.perVariable[0].model.mae).toBeCloseTo(2, 5);
    expect(imputation?.perVariable[0].linear.rmse).toBeCloseTo(imputation!.linear.rmse * deviation, 9);
  });

  it('fits the simple fillings without the hidden cells', () => {
    const spoiled = { ...set, values: set.values.slice() };
    const { linear } = createEvaluation(set, prepared).evaluate(snapshot(perfect(set))).imputation!;
    for (const cell of prepared.hidden) spoiled.values[cell] += 1e6;
    const spoiledFilling = createEvaluation(spoiled, prepared).evaluate(snapshot(perfect(set))).imputation!.perVariable[0].linear;
    expect(linear.rmse).toBeLessThan(10);
    expect(spoiledFilling.mae).toBeGreaterThan(9e5);
  });

  it('restores estimates to original units', () => {
    const { imputed } = createEvaluation(set, prepared).evaluate(snapshot(new Float32Array(prepared.gaps.length)));
    const visible = Array.from(set.values).filter((_, at) => prepared.mask[at] === 1);
    const mean = visible.reduce((sum, value) => sum + value, 0) / visible.length;
    for (const value of imputed) expect(value).toBeCloseTo(mean, 5);
  });
});
