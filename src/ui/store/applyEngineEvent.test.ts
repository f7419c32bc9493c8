import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../engine/protocol';
import { applyEngineEvent } from './applyEngineEvent';
import { datasetEvent, epochEvents, runStart, smallSet, snapshot } from './fixtures';
import { historyBytes } from './history';
import { emptyDataset, idleRun, initialState } from './initial';
import { type AppState, shownRecord } from './state';

const RUN = 3;

function replay(events: ClientEvent[], state: AppState = runningState(), budget?: number): AppState {
  return events.reduce((now, event) => applyEngineEvent(now, event, budget), state);
}

function runningState(): AppState {
  const opened = applyEngineEvent({ ...initialState(), dataset: emptyDataset(1) }, datasetEvent(1));
  return { ...opened, run: { ...idleRun(RUN), status: 'starting' } };
}

const started: ClientEvent[] = [
  { kind: 'runStarted', runId: RUN, start: runStart() },
  { kind: 'runState', runId: RUN, state: 'running', epoch: 0 },
];

describe('a run', () => {
  it('is recorded epoch by epoch', () => {
    const { run } = replay([...started, ...epochEvents(RUN, 1), ...epochEvents(RUN, 2), { kind: 'runState', runId: RUN, state: 'done', epoch: 2 }]);
    expect(run.status).toBe('done');
    expect(run.epoch).toBe(2);
    expect(run.history.map(({ epoch, losses }) => [epoch, losses?.prediction])).toEqual([[1, 1], [2, 0.5]]);
    expect(run.history[1].map?.[0]).toBe(2);
    expect(run.history[1].mapMethod).toBe('tsne');
    expect(run.history[1].shot?.imputed[0]).toBe(2);
    expect(run.checkpoint?.epoch).toBe(2);
  });

  it('raises the revision with every change of the history', () => {
    const revisions = epochEvents(RUN, 1).map((_, i, all) => replay([...started, ...all.slice(0, i + 1)]).run.revision);
    expect(revisions).toEqual([1, 2, 3, 4, 4]);
  });

  it('tells how far a GPU has compiled, until the run goes on', () => {
    const compiling: ClientEvent = { kind: 'compiling', runId: RUN, ready: 3, needed: 9 };
    expect(replay([compiling]).run).toMatchObject({ status: 'starting', compiling: { ready: 3, needed: 9 } });
    expect(replay([compiling, started[0]]).run.compiling).toBeNull();
    for (const state of ['paused', 'stopped', 'failed'] as const) expect(replay([compiling, { kind: 'runState', runId: RUN, state, epoch: 0 }]).run.compiling).toBeNull();
  });

  it('tells how many affinities are made for a map, until the map is there or is not waited for', () => {
    const mapping = (ready: number): ClientEvent => ({ kind: 'mapping', runId: RUN, epoch: 1, ready });
    const begun = replay([...started, ...epochEvents(RUN, 1), mapping(0.4)]);
    expect(begun.run.mapping).toEqual({ epoch: 1, ready: 0.4 });
    expect(replay([mapping(1)], begun).run.mapping).toBeNull();
    expect(replay(epochEvents(RUN, 1), begun).run.mapping).toBeNull();
    expect(replay([{ kind: 'projection', runId: RUN, epoch: 7, map: new Float32Array(12), method: 'tsne', iteration: 1, klDivergence: null }], begun).run.mapping).toBeNull();
  });

  it('tells how much of a heat map is made, and keeps it with its epoch', () => {
    const making = (ready: number): ClientEvent => ({ kind: 'makingRelevance', runId: RUN, epoch: 1, ready });
    const begun = replay([...started, ...epochEvents(RUN, 1), { kind: 'runState', runId: RUN, state: 'paused', epoch: 1 }, making(0.4)]);
    expect(begun.run.makingRelevance).toEqual({ epoch: 1, ready: 0.4 });
    expect(replay([making(1)], begun).run.makingRelevance).toBeNull();
    expect(replay([{ kind: 'runState', runId: RUN, state: 'running', epoch: 1 }], begun).run.makingRelevance).toBeNull();
    expect(replay([{ kind: 'engineAlive', alive: false }], begun).run.makingRelevance).toBeNull();
    const { shot } = begun.run.history[0];
    const made = replay([{ kind: 'relevance', runId: RUN, epoch: 1, relevance: new Float32Array(24).fill(0.5) }], begun);
    expect(made.run).toMatchObject({ makingRelevance: null, revision: begun.run.revision + 1 });
    expect(made.run.history[0].shot?.relevance?.[23]).toBe(0.5);
    expect(made.run.history[0].shot).not.toBe(shot);
    expect(historyBytes(made.run.history)).toBe(historyBytes([{ ...made.run.history[0], shot }]) + 96);
  });

  it('does not hear events of another run', () => {
    const before = replay(started);
    for (const event of [...epochEvents(RUN - 1, 5), { kind: 'runState', runId: RUN + 1, state: 'failed', epoch: 1 } as const]) {
      expect(applyEngineEvent(before, event)).toBe(before);
    }
    expect(before.run.history).toEqual([]);
  });

  it('keeps epochs in order when a snapshot comes late', () => {
    const { run } = replay([...started, ...epochEvents(RUN, 1), ...epochEvents(RUN, 3), { kind: 'snapshot', runId: RUN, snapshot: snapshot(2) }]);
    expect(run.history.map((record) => record.epoch)).toEqual([1, 2, 3]);
    expect(run.history[1].losses).toBeNull();
  });

  it('drops a map whose snapshot it does not hold', () => {
    const { run } = replay([...started, { kind: 'projection', runId: RUN, epoch: 4, map: new Float32Array(12), method: 'pca', iteration: 0, klDivergence: null }]);
    expect(run.history).toEqual([]);
  });

  it('forgets the epochs after the checkpoint when it goes on from there', () => {
    const before = replay([...started, ...[1, 2, 3].flatMap((epoch) => epochEvents(RUN, epoch))]);
    const again = { ...before, run: { ...before.run, runId: RUN + 1 } };
    const { run } = applyEngineEvent(again, { kind: 'runStarted', runId: RUN + 1, start: runStart(2) });
    expect(run.history.map((record) => record.epoch)).toEqual([1, 2]);
    expect(run.epoch).toBe(2);
  });

  it('goes back to the named epoch when the backend changes, and says so', () => {
    const backend = { name: 'wasm', device: 'SIMD', reason: 'the GPU was lost' } as const;
    const after = replay([...started, ...epochEvents(RUN, 1), ...epochEvents(RUN, 2), { kind: 'backendChanged', runId: RUN, backend, epoch: 1 }]);
    expect(after.run.history.map((record) => record.epoch)).toEqual([1]);
    expect(after.engine.backend).toEqual(backend);
    expect(after.run.start?.backend).toEqual(backend);
    expect(after.run.notices).toEqual([{ kind: 'backendChanged', backend, epoch: 1 }]);
  });

  it('keeps the history and the checkpoint when it fails', () => {
    const failure = { kind: 'diverged', message: 'Training diverged.' } as const;
    const { run } = replay([...started, ...epochEvents(RUN, 1), { kind: 'runFailed', runId: RUN, failure, lastEpoch: 1 }]);
    expect(run).toMatchObject({ status: 'failed', failure, epoch: 1 });
    expect(run.history).toHaveLength(1);
    expect(run.checkpoint?.epoch).toBe(1);
  });

  it('thins old snapshots to the budget, keeps all losses and tells how many went', () => {
    const budget = 1000;
    const after = replay([...started, ...Array.from({ length: 40 }, (_, i) => epochEvents(RUN, i + 1)).flat()], runningState(), budget);
    const { history, notices } = after.run;
    expect(historyBytes(history)).toBeLessThanOrEqual(budget);
    expect(history.every((record) => record.losses !== null)).toBe(true);
    expect(history[0].shot).not.toBeNull();
    expect(history.at(-1)?.shot).not.toBeNull();
    const held = history.filter((record) => record.shot !== null).length;
    expect(notices).toEqual([{ kind: 'historyThinned', dropped: 40 - held }]);
    after.view.epoch = 30;
    expect(shownRecord(after)?.shot).not.toBeNull();
  });
});

describe('opening', () => {
  const opening = { ...initialState(), dataset: { ...emptyDataset(2), status: 'opening' as const } };

  it('offers as many clusters as there are classes, once', () => {
    const first = applyEngineEvent(opening, datasetEvent(2));
    expect(first.experiment.clusters).toBe(2);
    const chosen = { ...first, experiment: { ...first.experiment, clusters: 4 } };
    expect(applyEngineEvent(chosen, datasetEvent(2)).experiment.clusters).toBe(4);
  });

  it('leaves the number of clusters alone when there are no labels', () => {
    expect(applyEngineEvent(opening, datasetEvent(2, smallSet(false))).experiment.clusters).toBe(3);
  });

  it('offers no more clusters than there are series', () => {
    const two = { ...smallSet(false), n: 2 };
    expect(applyEngineEvent(opening, datasetEvent(2, two)).experiment.clusters).toBe(2);
  });

  it('does not hear an answer to an older request', () => {
    expect(applyEngineEvent(opening, datasetEvent(1))).toBe(opening);
  });

  it('keeps the preview when reading fails, so that the plan can be mended', () => {
    const { plan } = datasetEvent(2) as Extract<ClientEvent, { kind: 'dataset' }>;
    const preview = { plan, columns: ['a'], rows: [['1']], summary: '', notes: [] };
    const failure = { kind: 'input', message: 'No value column. Choose one.' } as const;
    const { dataset } = applyEngineEvent(opening, { kind: 'openFailed', requestId: 2, failure, preview });
    expect(dataset).toMatchObject({ status: 'failed', failure, preview, plan });
  });

  it('drops the run of the data before', () => {
    const before = replay([...started, ...epochEvents(RUN, 1)]);
    const after = applyEngineEvent(before, datasetEvent(before.dataset.requestId));
    expect(after.run).toEqual(idleRun(RUN + 1));
  });
});
