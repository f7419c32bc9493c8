import { expect, it } from 'vitest';
import { initialState } from './initial';
import { changedKeys, fitsCheckpoint, pendingKeys, takesEffect } from './spec';

const spec = initialState().experiment;
const withOption = (key: string, value: number) => ({ ...spec, options: { ...spec.options, [key]: value } });

it('knows when a setting takes effect', () => {
  expect(takesEffect('crli', 'lambda')).toBe('live');
  expect(takesEffect('crli', 'learningRate')).toBe('onContinue');
  expect(takesEffect('crli', 'epochs')).toBe('onContinue');
  expect(takesEffect('crli', 'hiddenUnits')).toBe('onRestart');
  expect(takesEffect('crli', 'seed')).toBe('onRestart');
});

it('names what differs between two specs', () => {
  expect(changedKeys(spec, spec)).toEqual([]);
  expect(changedKeys(spec, { ...withOption('lambda', 0.5), clusters: 9, preparation: { standardise: 'none' } })).toEqual(['clusters', 'standardise', 'lambda']);
});

it('counts live loss weights neither as pending nor as a reason to start afresh', () => {
  expect(pendingKeys(spec, withOption('lambda', 0.5))).toEqual([]);
  expect(fitsCheckpoint(spec, withOption('lambda', 0.5))).toBe(true);
});

it('goes on from a checkpoint under another learning rate, but not with another model, seed or K', () => {
  expect(fitsCheckpoint(spec, withOption('learningRate', 0.001))).toBe(true);
  expect(fitsCheckpoint(spec, withOption('layers', 2))).toBe(false);
  expect(fitsCheckpoint(spec, { ...spec, seed: 2 })).toBe(false);
  expect(fitsCheckpoint(spec, { ...spec, clusters: 2 })).toBe(false);
});
