import { defaultOptions } from '../../core/catalog';
import type { AppState, DatasetState, ExportsState, RunSliceState, SelectionState, SweepState } from './state';

export function emptyDataset(requestId = 0): DatasetState {
  return { status: 'empty', requestId, name: '', sample: null, bytesRead: 0, bytesTotal: 0, preview: null, plan: null, set: null, report: null, failure: null };
}

export function idleRun(runId = 0): RunSliceState {
  return {
    runId,
    status: 'idle',
    compiling: null,
    mapping: null,
    makingRelevance: null,
    start: null,
    epoch: 0,
    batch: 0,
    batches: 0,
    secondsLeft: null,
    history: [],
    revision: 0,
    failure: null,
    optionChanges: [],
    checkpoint: null,
    clusterNames: {},
    notices: [],
  };
}

export function emptySelection(): SelectionState {
  return { series: [], cluster: null, hover: null, source: '' };
}

export function noExports(requestId = 0): ExportsState {
  return { status: 'idle', requestId, files: [], notes: [], failure: null };
}

export function noSweep(requestId = 0): SweepState {
  return { status: 'idle', requestId, order: null, doing: null, secondsLeft: null, rows: [], report: null, file: null, failure: null };
}

/** The state of a page that was just opened. */
export function initialState(): AppState {
  return {
    engine: { ready: false, alive: true, backendChoice: 'auto', threads: null, backend: null, failure: null },
    dataset: emptyDataset(),
    experiment: {
      version: 1,
      method: 'crli',
      clusters: 3,
      seed: 1,
      epochs: 100,
      options: defaultOptions('crli'),
      preparation: { standardise: 'perVariable' },
      hideRate: 0.1,
    },
    experimentFor: '',
    toRepeat: null,
    namesToFind: null,
    run: idleRun(),
    selection: emptySelection(),
    exports: noExports(),
    sweep: noSweep(),
    view: { epoch: null, step: 'data', choosingK: false, language: 'en', theme: 'system', colourBy: 'cluster', projector: 'tsne' },
  };
}
