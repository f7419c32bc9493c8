import { describe, expect, it } from 'vitest';
import { epochEvents, runStart, testStore } from './fixtures';
import { canContinue, canTrainMore, dropsMuch } from './actions';

/** A store whose run stands after `epochs` epochs. */
function afterEpochs(epochs: number) {
  const all = testStore();
  all.open();
  all.actions.train();
  const { run, experiment } = all.store.getState();
  const { runId } = run;
  all.say({ kind: 'runStarted', runId, start: runStart(0, experiment) }, { kind: 'runState', runId, state: 'running', epoch: 0 });
  for (let epoch = 1; epoch <= epochs; epoch++) all.say(...epochEvents(runId, epoch));
  return { ...all, runId, last: () => all.sent.at(-1) };
}

describe('train', () => {
  it('does nothing before there is a dataset', () => {
    const { actions, sent } = testStore();
    actions.train();
    actions.step();
    expect(sent).toEqual([]);
  });

  it('sends the experiment under a run number of its own', () => {
    const { store, sent, open, actions } = testStore();
    open();
    actions.changeOption('hiddenUnits', 7);
    actions.train();
    const { run, experiment } = store.getState();
    expect(run.status).toBe('starting');
    expect(sent.at(-1)).toMatchObject({ kind: 'train', runId: run.runId, spec: experiment, backend: 'auto', paused: false });
  });

  it('is not started twice', () => {
    const { actions, sent } = afterEpochs(1);
    const before = sent.length;
    actions.train();
    expect(sent).toHaveLength(before);
  });
});

describe('step', () => {
  it('starts a paused run when there is none, then steps it', () => {
    const { actions, sent, open } = testStore();
    open();
    actions.step();
    expect(sent.slice(-2)).toMatchObject([{ kind: 'train', paused: true }, { kind: 'step' }]);
  });
});

describe('changing an option', () => {
  it('reaches a live run when it is a loss weight', () => {
    const { actions, last, runId } = afterEpochs(1);
    actions.changeOption('lambda', 0.01);
    expect(last()).toMatchObject({ kind: 'setOptions', runId, options: { lambda: 0.01 } });
  });

  it('sends a live run no change that needs a restart', () => {
    const { actions, sent, last } = afterEpochs(1);
    const before = sent.length;
    actions.changeOption('hiddenUnits', 9);
    expect(sent).toHaveLength(before);
    actions.changeOption('lambda', 0.01);
    expect(last()).toMatchObject({ options: { hiddenUnits: 50 } });
  });
});

describe('reset', () => {
  it('keeps the seed for the same start and takes another for a new one', () => {
    const { actions, store } = afterEpochs(1);
    actions.reset('same');
    expect(store.getState().experiment.seed).toBe(1);
    actions.reset('new');
    expect(store.getState().experiment.seed).toBe(77);
  });

  it('stops a live run and hears nothing of it any more', () => {
    const { actions, store, say, sent, runId } = afterEpochs(2);
    actions.reset('same');
    expect(sent.at(-1)).toEqual({ kind: 'stop', runId });
    say(...epochEvents(runId, 3));
    expect(store.getState().run.history).toEqual([]);
    expect(store.getState().run.status).toBe('idle');
  });
});

describe('mending a divergence', () => {
  it('goes on from the checkpoint at 0.3 times the learning rate, with the losses so far', () => {
    const { actions, store, say, sent, runId } = afterEpochs(2);
    say({ kind: 'runFailed', runId, failure: { kind: 'diverged', message: '' }, lastEpoch: 2 });
    actions.mend();
    expect(sent.at(-1)).toMatchObject({
      kind: 'train',
      runId: runId + 1,
      from: { epoch: 2 },
      spec: { options: { learningRate: 0.0015 } },
      journal: { losses: [{ epoch: 1 }, { epoch: 2 }] },
    });
    expect(store.getState().run.history).toHaveLength(2);
    expect(store.getState().run.notices).toEqual([{ kind: 'mended', epoch: 2, learningRate: 0.0015 }]);
  });

  it('starts afresh when the first epoch already diverged', () => {
    const { actions, say, sent, runId } = afterEpochs(0);
    say({ kind: 'runFailed', runId, failure: { kind: 'diverged', message: '' }, lastEpoch: 0 });
    actions.mend();
    expect(sent.at(-1)).toMatchObject({ kind: 'train', spec: { options: { learningRate: 0.0015 } } });
    expect(sent.at(-1)).not.toHaveProperty('from');
  });
});

describe('going on after the end', () => {
  it('is not possible with another method, which brings its own options', () => {
    const { actions, store, say, runId } = afterEpochs(2);
    say({ kind: 'runState', runId, state: 'stopped', epoch: 2 });
    actions.changeExperiment({ method: 'dtcr', epochs: 9 });
    expect(store.getState().experiment).toMatchObject({ method: 'dtcr', epochs: 9, options: { imputer: 'linear' } });
    expect(store.getState().experiment.options).not.toHaveProperty('hiddenUnits');
    expect(canContinue(store.getState())).toBe(false);
  });

  it('is possible when more epochs are asked for', () => {
    const { actions, store, say, runId } = afterEpochs(2);
    actions.changeExperiment({ epochs: 2 });
    say({ kind: 'runState', runId, state: 'done', epoch: 2 });
    expect(canContinue(store.getState())).toBe(false);
    actions.changeExperiment({ epochs: 4 });
    expect(canContinue(store.getState())).toBe(true);
    actions.continueRun();
    expect(store.getState().run.history).toHaveLength(2);
  });

  it('is not possible under settings that the checkpoint does not fit', () => {
    const { actions, store, say, runId } = afterEpochs(2);
    say({ kind: 'runState', runId, state: 'stopped', epoch: 2 });
    actions.changeOption('learningRate', 0.001);
    expect(canContinue(store.getState())).toBe(true);
    actions.changeOption('hiddenUnits', 9);
    expect(canContinue(store.getState())).toBe(false);
  });
});

describe('the page of the workbench', () => {
  it('goes to the charts when training starts from the file, and back when another file is opened', () => {
    const { actions, store, open } = testStore();
    open();
    expect(store.getState().view.step).toBe('data');
    actions.train();
    expect(store.getState().view.step).toBe('explore');
    open();
    expect(store.getState().view.step).toBe('data');
  });
});

describe('selection', () => {
  it('replaces, adds and subtracts, ascending', () => {
    const { actions, store } = testStore();
    const series = (): readonly number[] => store.getState().selection.series;
    actions.select([4, 1], 'map');
    expect(series()).toEqual([1, 4]);
    actions.select([0, 4], 'map', 'add');
    expect(series()).toEqual([0, 1, 4]);
    actions.select([1], 'table', 'subtract');
    expect(series()).toEqual([0, 4]);
  });

  it('takes the members of a cluster at the epoch in view', () => {
    const { actions, store } = afterEpochs(1);
    actions.selectCluster(1, 'clusters');
    expect(store.getState().selection).toMatchObject({ series: [3, 4], cluster: 1, source: 'clusters' });
  });
});

describe('dropping a run', () => {
  it('is much once it took ten seconds, and it is over', () => {
    const { store, say } = afterEpochs(19);
    expect(dropsMuch(store.getState())).toBe(false);
    const { runId } = store.getState().run;
    say(...epochEvents(runId, 20), ...epochEvents(runId, 21));
    expect(dropsMuch(store.getState())).toBe(false);
    say({ kind: 'runState', runId, state: 'done', epoch: 21 });
    expect(dropsMuch(store.getState())).toBe(true);
  });

  it('is little after a short one', () => {
    const { store, say } = afterEpochs(19);
    say({ kind: 'runState', runId: store.getState().run.runId, state: 'done', epoch: 19 });
    expect(dropsMuch(store.getState())).toBe(false);
  });
});

describe('files', () => {
  it('are asked for with the newest map and offered when they come', async () => {
    const { actions, store, say, last } = afterEpochs(2);
    await actions.exportFiles(['latent', 'run']);
    expect(last()).toMatchObject({ kind: 'export', files: ['latent', 'run'], map: { places: new Float32Array(12).fill(2), method: 'tsne', epoch: 2 } });
    const { requestId } = store.getState().exports;
    const note = { severity: 'info', code: 'insertedRow', message: 'A row was put in.', line: null, column: null, columnName: null, count: 1 } as const;
    const file = { name: 'run.json', mime: 'application/json', blob: new Blob(['{}']) };
    say({ kind: 'exported', requestId: requestId - 1, files: [], notes: [] });
    expect(store.getState().exports.status).toBe('working');
    say({ kind: 'exported', requestId, files: [file], notes: [note] });
    expect(store.getState().exports).toMatchObject({ status: 'ready', files: [file], notes: [note] });
  });
});

describe('names of clusters', () => {
  it('go into the files without spaces around them, and files without them are no longer offered', async () => {
    const { actions, store, last, say } = afterEpochs(2);
    await actions.exportFiles(['run']);
    say({ kind: 'exported', requestId: store.getState().exports.requestId, files: [], notes: [] });
    actions.nameCluster(1, 'night ');
    actions.nameCluster(0, 'day');
    expect(store.getState().exports.status).toBe('idle');
    await actions.exportFiles(['assignments']);
    expect(last()).toMatchObject({ kind: 'export', clusterNames: { 0: 'day', 1: 'night' } });
    actions.nameCluster(1, ' ');
    expect(store.getState().run.clusterNames).toEqual({ 0: 'day' });
  });

  it('last while a run goes on, not into another', () => {
    const { actions, store, say, runId } = afterEpochs(2);
    actions.nameCluster(1, 'night');
    say({ kind: 'runState', runId, state: 'stopped', epoch: 2 });
    actions.continueRun();
    expect(store.getState().run.clusterNames).toEqual({ 1: 'night' });
    actions.reset('same');
    expect(store.getState().run.clusterNames).toEqual({});
  });
});

describe('choosing a backend', () => {
  const wasm = { name: 'wasm', device: 'SIMD', reason: 'asked for' } as const;

  it('forgets the old one until the engine has answered', () => {
    const { actions, store, say, sent } = testStore();
    say({ kind: 'backends', requestId: 0, info: wasm });
    actions.chooseBackend('webgpu');
    expect(store.getState().engine).toMatchObject({ backendChoice: 'webgpu', backend: null });
    expect(sent).toEqual([{ kind: 'probeBackends', requestId: 0, choice: 'webgpu' }]);
  });

  it('tells the engine how many threads WASM takes, and asks what it computes on now', () => {
    const { actions, store, sent } = testStore();
    actions.chooseThreads(2);
    expect(store.getState().engine.threads).toBe(2);
    expect(sent).toEqual([{ kind: 'setThreads', threads: 2 }, { kind: 'probeBackends', requestId: 0, choice: 'auto' }]);
  });

  it('leaves that of a live run on the badge', () => {
    const { actions, store } = afterEpochs(1);
    actions.chooseBackend('wasm');
    expect(store.getState().engine.backend?.name).toBe('cpu');
  });
});

describe('the projector', () => {
  it('is told to the engine when it changes', () => {
    const { actions, sent } = testStore();
    actions.setView({ projector: 'tsne' });
    expect(sent).toEqual([]);
    actions.setView({ projector: 'pca' });
    expect(sent).toEqual([{ kind: 'setProjection', method: 'pca' }]);
  });
});

describe('training more', () => {
  it('adds epochs to a run that is done and goes on from its end', () => {
    const { store, say, last, runId, actions } = afterEpochs(3);
    actions.changeExperiment({ epochs: 3 });
    expect(canTrainMore(store.getState())).toBe(false);
    say({ kind: 'runState', runId, state: 'done', epoch: 3 });
    expect(canTrainMore(store.getState())).toBe(true);
    actions.trainMore(10);
    expect(last()).toMatchObject({ kind: 'train', spec: { epochs: 13 }, from: { epoch: 3 } });
  });
});
