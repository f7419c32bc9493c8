import { describe, expect, it } from 'vitest';
import { testStore } from './fixtures';
import { initialState } from './initial';
import { readRunFile } from './runFile';

const { experiment } = initialState();
const plan = { layout: 'wide', roles: ['id', 'value', 'value'], sentinels: [-999] };
const spec = { ...experiment, method: 'dtc', clusters: 5, seed: 42, epochs: 12, options: { batchSize: 8 }, preparation: { standardise: 'perSeries', steps: [{ step: 'smooth', options: { filter: 'gaussian', width: 3 } }] } };
const written = (change: object = {}): string => JSON.stringify({ application: 'Lacuna', version: '0.1.0', file: { name: 'small.csv', bytes: 120 }, import: plan, spec, optionChanges: [], ...change });

describe('a run.json', () => {
  it('gives its settings, its file and how that was read', () => {
    const read = readRunFile('run.json', written(), experiment)!;
    expect(read).toMatchObject({ from: 'run.json', spec: { ...spec, options: { batchSize: 8 } }, data: { name: 'small.csv', bytes: 120 }, plan, weightsChanged: false });
    expect(Object.keys(read.spec.options).length).toBeGreaterThan(3);
    expect(readRunFile('run.json', written({ optionChanges: [{ epoch: 3, options: { lambda: 0 } }] }), experiment)!.weightsChanged).toBe(true);
  });

  it.each([['a table', 'a,b\n1,2'], ['other JSON', '{"spec":{"method":"crli"}}'], ['a list', '[1]'], ['null', 'null'], ['a method that is gone', written({ spec: { ...spec, method: 'gone' } })]])('is not %s', (_, text) => expect(readRunFile('x.json', text, experiment)).toBeNull());

  it('without a sound plan leaves the reading to the file', () => {
    for (const odd of [undefined, 3, { layout: 'tree', roles: [] }, { layout: 'wide', roles: ['king'] }]) expect(readRunFile('run.json', written({ import: odd }), experiment)!.plan).toBeNull();
  });
});

describe('repeating a run', () => {
  it('keeps its settings for the file that is opened next, and reads its own file as it was read', () => {
    const { store, actions, open, sent } = testStore();
    expect(actions.repeatRun('run.json', written())).toBe(true);
    open();
    expect(sent.at(-1)).toMatchObject({ kind: 'open', plan });
    expect(store.getState().experiment).toMatchObject({ method: 'dtc', clusters: 5, seed: 42, epochs: 12 });
  });

  it('keeps its settings for another file, read as that is', () => {
    const { store, actions, open, sent } = testStore();
    actions.repeatRun('run.json', written({ file: { name: 'other.csv', bytes: 9 } }));
    open();
    expect(sent.at(-1)).not.toHaveProperty('plan');
    expect(store.getState().experiment).toMatchObject({ clusters: 5, epochs: 12 });
  });

  it('reads the open file again where its plan differs, but never drops a run for it', () => {
    const { store, actions, open, sent } = testStore();
    open();
    actions.repeatRun('run.json', written());
    expect(sent.at(-1)).toMatchObject({ kind: 'reopen', plan: { sentinels: [-999], layout: 'wide' } });
    const count = sent.length;
    store.setState(({ run }) => ({ run: { ...run, history: [{ epoch: 1, losses: null, seconds: 1, shot: null, map: null, mapMethod: null }] } }));
    actions.repeatRun('run.json', written({ import: { ...plan, sentinels: [-1] } }));
    expect(sent).toHaveLength(count);
  });

  it('changes nothing for a text that is no run', () => {
    const { store, actions } = testStore();
    const before = store.getState();
    expect(actions.repeatRun('x.json', '{}')).toBe(false);
    expect(store.getState()).toBe(before);
  });
});
