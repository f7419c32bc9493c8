import { expect, test } from 'vitest';
import { defaultOptions } from '../../../core/catalog';
import { runStart } from '../../store/fixtures';
import { initialState } from '../../store/initial';
import { sweepSeconds } from './estimate';

const { experiment } = initialState();
const epoch = (seconds: number) => ({ epoch: 1, losses: {}, seconds, shot: null, map: null, mapMethod: null });

test('multiplies what the epochs of the last run took', () => {
  const run = { start: runStart(), history: [epoch(1), epoch(3)] };
  expect(sweepSeconds(run, { ...experiment, epochs: 10, clusters: 7, seed: 9 }, 4, 3)).toBeCloseTo(2 * 10 * 4 * 3 * 2, 9);
  const once = { ...experiment, method: 'hierarchical', options: defaultOptions('hierarchical'), epochs: 1 } as const;
  expect(sweepSeconds({ start: runStart(0, once), history: [epoch(2)] }, once, 4, 3)).toBeCloseTo(2 * 4 * (1 + 3), 9);
});

test('says nothing without a run of the same settings', () => {
  expect(sweepSeconds({ start: null, history: [] }, experiment, 4, 3)).toBeNull();
  expect(sweepSeconds({ start: runStart(), history: [] }, experiment, 4, 3)).toBeNull();
  expect(sweepSeconds({ start: runStart(), history: [epoch(1)] }, { ...experiment, options: { ...experiment.options, hiddenUnits: 100 } }, 4, 3)).toBeNull();
});
