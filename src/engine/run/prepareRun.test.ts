import { expect, it } from 'vitest';
import { Random } from '../../core/lib/random';
import type { RunSpec } from '../../core/run';
import { cylinderBellFunnel } from '../../core/series/synthetic';
import { maskAtRandom } from '../../core/series/gaps';
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

it('names a series that a step leaves without any value', () => {
  expect(() => prepareRun(set, spec([{ step: 'range', options: { min: 100, max: 200 } }]))).toThrow('12 series have no observed value');
});
