import { describe, expect, it } from 'vitest';
import { Random } from '../../core/lib/random';
import type { RunSpec } from '../../core/run';
import { cylinderBellFunnel } from '../../core/series/synthetic';
import { maskAtRandom } from '../../core/series/gaps';
import { createEvaluation } from './evaluation';
import { prepareRun } from './prepareRun';

const set = maskAtRandom(cylinderBellFunnel(12, new Random(1), 30), 0.2, new Random(2));
const spec = (steps: RunSpec['preparation']['steps']): RunSpec => ({ version: 1, method: 'kMeans', clusters: 3, seed: 1, epochs: 1, options: {}, preparation: { steps, standardise: 'perVariable' }, hideRate: 0.1 });

it('hides cells before the steps, and brings imputed values back to original units and steps', () => {
  const plain = prepareRun(set, spec([]));
  const { data, gaps, hidden, restore, spread } = prepareRun(set, spec([{ step: 'resample', options: { by: 'means', length: 10 } }]));
  expect([data.t, data.values.length, hidden]).toEqual([10, 120, plain.hidden]);
  const values = restore(new Float32Array(data.gaps.length));
  expect(values.length).toBe(gaps.length);
  // an imputed value is that of its piece, which says nothing of what was hidden in it
  const other = { ...set, values: set.values.slice() };
  hidden.forEach((cell) => (other.values[cell] = 50));
  expect(prepareRun(other, spec([{ step: 'resample', options: { by: 'means', length: 10 } }])).data.values).toEqual(data.values);
  expect([...spread(Float32Array.from({ length: 120 }, (_, at) => at % 10))].slice(0, 7)).toEqual([0, 0, 0, 1, 1, 1, 2]);
});

it('standardises in the middle of the steps without the hidden cells, and gives original units back', () => {
  const asStep = { ...spec([{ step: 'standardise', options: { way: 'perVariable' } }]).preparation, standardise: 'none' } as const;
  const { data, hidden, gaps, restore } = prepareRun(set, { ...spec([]), preparation: asStep });
  const last = prepareRun(set, spec([]));
  expect(data).toEqual(last.data);
  const spoilt = { ...set, values: set.values.slice() };
  hidden.forEach((cell) => (spoilt.values[cell] = 1e6));
  expect(hidden.length).toBeGreaterThan(10);
  expect(prepareRun(spoilt, { ...spec([]), preparation: asStep }).data).toEqual(data);
  const filled = Float32Array.from(gaps, (_, g) => (g % 7) - 3);
  restore(filled).forEach((value, g) => expect(value).toBeCloseTo(last.restore(filled)[g], 5));
});

it('names a series that a step leaves without any value', () => {
  expect(() => prepareRun(set, spec([{ step: 'range', options: { min: 100, max: 200 } }]))).toThrow('12 series have no observed value left after the preparation (the first is "s01")');
});

it('says why a step leaves nothing, and how to keep more', () => {
  const two = { ...set, n: set.n / 2, d: 2, variables: ['x', 'y'], ids: set.ids.slice(0, 6), starts: set.starts.slice(0, 6), ends: set.ends.slice(0, 6), mask: set.mask.map((m, cell) => (cell < 60 && cell % 2 === 1 ? 0 : m)) };
  const preparation = (gaps: string) => ({ ...spec([{ step: 'components', options: { count: 1, gaps } }]), hideRate: 0 });
  expect(() => prepareRun(two, preparation('leave'))).toThrow(/^1 series has no observed value left .* Principal components: \d.* % of the observed values are not used, .* have gaps estimated/);
  expect(prepareRun(two, preparation('estimate')).notes).toEqual([]);
});

describe('rules ahead of the other steps', () => {
  const bad = (_: number, cell: number): boolean => set.mask[cell] === 1 && cell % 10 === 3;
  const spoilt = { ...set, values: set.values.map((value, cell) => (bad(value, cell) ? -999 : value)) };
  const steps = [{ step: 'sentinel', options: { value: -999 } }] as const;

  it.each(['cells', 'blocks', 'observed', 'value'] as const)('hides and scores no cell that a rule calls missing, and fills all of them: %s', (hideMechanism) => {
    const { hidden, gaps, hiding, observed } = prepareRun(spoilt, { ...spec(steps), hideMechanism });
    expect([...hidden].filter((cell) => spoilt.values[cell] === -999)).toEqual([]);
    const sentinels = [...spoilt.values.keys()].filter((cell) => spoilt.values[cell] === -999);
    expect(sentinels.length).toBeGreaterThan(20);
    const filled = new Set(gaps);
    expect(sentinels.every((cell) => filled.has(cell))).toBe(true);
    expect(hiding.achieved).toBeCloseTo(0.1, 2);
    expect(sentinels.some((cell) => observed[cell] === 1)).toBe(false);
  });

  it('trains and scores as if the file had said that they are missing', () => {
    const gone = { ...set, mask: set.mask.map((m, cell) => (bad(0, cell) ? 0 : m)), values: set.values.map((value, cell) => (bad(value, cell) ? 0 : value)) };
    const [byRule, byFile] = [prepareRun(spoilt, spec(steps)), prepareRun(gone, spec([]))];
    expect(byRule.data).toEqual(byFile.data);
    expect([byRule.gaps, byRule.hidden]).toEqual([byFile.gaps, byFile.hidden]);
    const errorOf = (from: typeof set, run: typeof byRule) => createEvaluation(from, run).evaluate({ epoch: 1, latents: new Float32Array(12), latentWidth: 1, assignments: new Int32Array(12), confidence: new Float32Array(12), imputed: new Float32Array(run.data.gaps.length) }).imputation;
    expect(errorOf(spoilt, byRule)).toEqual(errorOf(gone, byFile));
  });

  it('leaves a rule behind another step to the units of that step', () => {
    const { hidden, observed } = prepareRun(set, spec([{ step: 'detrend', options: {} }, { step: 'range', options: { min: -1, max: 1e30 } }]));
    expect(observed).toEqual(set.mask);
    expect(hidden).toEqual(prepareRun(set, spec([])).hidden);
  });
});
