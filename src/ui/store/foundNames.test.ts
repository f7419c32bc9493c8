import { describe, expect, it } from 'vitest';
import { epochEvents, runStart, smallSet, testStore } from './fixtures';
import { foundNames, namesIn } from './foundNames';
import { initialState } from './initial';

const { experiment } = initialState();
const data = { name: 'small.csv', bytes: 120 };
const named = (change: object = {}) => ({ clusterNames: { 0: 'day', 2: 'lone <i>' }, namedClustering: '0 0 0 1 1 2', epoch: 2, ...change });
const file = (change: object = {}): string => JSON.stringify({ application: 'Lacuna', file: data, spec: { ...experiment, epochs: 4 }, ...named(change) });
const names = (change: object = {}) => namesIn('run.json', data, named(change));

describe('the names in a run.json', () => {
  it('are read with the clustering that they were given in', () => {
    expect(names()).toMatchObject({ names: { 0: 'day', 2: 'lone <i>' }, assignments: Int32Array.of(0, 0, 0, 1, 1, 2), epoch: 2 });
  });

  it.each([{ clusterNames: {} }, { clusterNames: 'x' }, { clusterNames: { 0: 5, 1: ' ', x: 'y' } }, { namedClustering: null }, { namedClustering: '0 1 a' }, { namedClustering: [0, 1] }])('are none in %j', (change) => expect(names(change)).toBeNull());

  it('are cut to what a name may be', () => expect(names({ clusterNames: { 0: 'x'.repeat(900) } })!.names[0]).toHaveLength(40));
});

describe('a name', () => {
  const found = (...now: number[]) => foundNames(names()!, Int32Array.from(now));

  it('stays with its number where the clustering is the same', () => expect(found(0, 0, 0, 1, 1, 2)).toEqual({ 0: 'day', 2: 'lone <i>' }));
  it('follows its series to another number', () => expect(found(2, 2, 2, 0, 0, 1)).toEqual({ 2: 'day', 1: 'lone <i>' }));
  it('stays with most of its series', () => expect(found(0, 0, 1, 1, 1, 2)).toEqual({ 0: 'day', 2: 'lone <i>' }));
  it('goes to no cluster that has as many others', () => expect(found(0, 0, 0, 0, 0, 0)).toEqual({}));
  it('goes to no part of its cluster', () => expect(found(0, 1, 2, 3, 3, 3)).toEqual({}));
});

describe('a run after a run.json', () => {
  function ran(text: string, { set = smallSet(), epochs = [1, 2, 3], state = 'done' as 'done' | 'paused' | 'stopped' } = {}) {
    const { store, actions, open, say } = testStore();
    expect(actions.repeatRun('run.json', text)).toBe(true);
    actions.forgetRepeat();
    open(set);
    actions.train();
    const { runId } = store.getState().run;
    say({ kind: 'runStarted', runId, start: runStart() }, ...epochs.flatMap((epoch) => epochEvents(runId, epoch)), { kind: 'runState', runId, state, epoch: epochs.at(-1)! });
    return { store, say, runId };
  }
  const told = ({ store }: ReturnType<typeof ran>) => store.getState().run.notices.filter(({ kind }) => kind === 'namesFound');

  it('has the names again, and says so, even after the notice on its settings was put away', () => {
    const run = ran(file());
    expect(run.store.getState().run.clusterNames).toEqual({ 0: 'day', 2: 'lone <i>' });
    expect(told(run)).toEqual([{ kind: 'namesFound', from: 'run.json', found: ['day', 'lone <i>'], lost: [] }]);
    expect(run.store.getState().namesToFind).toBeNull();
  });

  it('has them in a pause from the epoch on in which they were given, not before', () => {
    expect(ran(file(), { state: 'paused', epochs: [1] }).store.getState().run.clusterNames).toEqual({});
    expect(ran(file(), { state: 'paused', epochs: [1, 2] }).store.getState().run.clusterNames).toEqual({ 0: 'day', 2: 'lone <i>' });
  });

  it('says which names found no cluster, and keeps looking', () => {
    const run = ran(file({ namedClustering: '0 1 0 1 0 2' }));
    expect(run.store.getState().run.clusterNames).toEqual({ 2: 'lone <i>' });
    expect(told(run)).toMatchObject([{ found: ['lone <i>'], lost: ['day'] }]);
    expect(run.store.getState().namesToFind).not.toBeNull();
  });

  it('never takes a name that the person gave meanwhile', () => {
    const { store, say, runId } = ran(file(), { state: 'paused', epochs: [1] });
    store.getState().actions.nameCluster(0, 'mine');
    say(...epochEvents(runId, 2), { kind: 'runState', runId, state: 'done', epoch: 2 });
    expect(store.getState().run.clusterNames).toEqual({ 0: 'mine', 2: 'lone <i>' });
  });

  it.each([
    ['another file', file({ file: { name: 'other.csv', bytes: 120 } })],
    ['a file of another size', file({ file: { name: 'small.csv', bytes: 121 } })],
    ['fewer series', file({ namedClustering: '0 0 0 1 1' })],
  ])('does not have the names of %s', (_, text) => {
    const run = ran(text);
    expect(run.store.getState().run.clusterNames).toEqual({});
    expect(told(run)).toEqual([]);
  });
});
