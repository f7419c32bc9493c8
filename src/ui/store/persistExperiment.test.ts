import { describe, expect, it } from 'vitest';
import { smallSet, testStore } from './fixtures';
import { initialState } from './initial';
import { keepExperiment, keptExperiment } from './persistExperiment';

const { experiment } = initialState();
const noted = (kept: unknown) => ({ getItem: () => JSON.stringify(kept) });

describe('the settings that are kept', () => {
  it('come back as they were written', () => {
    const { store, actions } = testStore();
    let note = '';
    keepExperiment(store, { setItem: (_, text) => (note = text) });
    actions.changeExperiment({ method: 'dtc', seed: 5, preparation: { steps: [{ step: 'smooth', options: { filter: 'gaussian', width: 3 } }], standardise: 'robust' }, hideRate: 0.2, hideMechanism: 'blocks' });
    actions.changeOption('batchSize', 8);
    expect(keptExperiment({ getItem: () => note }, experiment)).toEqual({ experiment: store.getState().experiment, experimentFor: '' });
  });

  it('are left out where this version does not know them', () => {
    const strange = { ...experiment, clusters: 1.5, seed: -1, epochs: 'many', hideRate: 7, hideMechanism: 'tides', options: { hiddenUnits: 1e9, layers: 2, gone: 1 }, preparation: { steps: [{ step: 'gone', options: {} }], standardise: 'odd' } };
    expect(keptExperiment(noted({ experiment: strange, experimentFor: 3 }), experiment)).toEqual({ experiment: { ...experiment, options: { ...experiment.options, layers: 2 } }, experimentFor: '' });
  });

  it.each([['{'], ['{}'], ['null'], ['{"experiment":{"method":"gone"}}']])('are none for the note %s', (text) => {
    expect(keptExperiment({ getItem: () => text }, experiment)).toBeNull();
  });
});

it('keeps clusters and epochs for the file they were set for, and suggests them for another', () => {
  const { store, actions, open } = testStore();
  open();
  expect(store.getState().experiment.clusters).toBe(2);
  actions.changeExperiment({ clusters: 5, epochs: 7 });
  open();
  expect(store.getState().experiment).toMatchObject({ clusters: 5, epochs: 7 });
  store.setState({ experimentFor: 'other.csv' });
  open(smallSet());
  expect(store.getState().experiment.clusters).toBe(2);
  expect(store.getState().experiment.epochs).not.toBe(7);
});
