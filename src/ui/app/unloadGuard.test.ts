import { expect, it } from 'vitest';
import { epochEvents, runStart, testStore } from '../store/fixtures';
import { guardUnload } from './unloadGuard';

it('asks before a page with a long run is closed, and only then', () => {
  const { store, open, actions, say } = testStore();
  const page = new EventTarget();
  const asks = (): boolean => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const release = guardUnload(page, store.getState);
  expect(asks()).toBe(false);
  open();
  actions.train();
  const { run, experiment } = store.getState();
  say({ kind: 'runStarted', runId: run.runId, start: runStart(0, experiment) }, { kind: 'runState', runId: run.runId, state: 'running', epoch: 0 });
  const train = (from: number, to: number): void => {
    for (let epoch = from; epoch <= to; epoch++) say(...epochEvents(run.runId, epoch));
  };
  train(1, 19);
  expect(asks()).toBe(false);
  train(20, 20);
  expect(asks()).toBe(true);
  release();
  expect(asks()).toBe(false);
});
