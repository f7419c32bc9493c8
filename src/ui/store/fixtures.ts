import type { ClientCommand, ClientEvent, RunSnapshot, RunStart } from '../../engine/protocol';
import type { SeriesSet } from '../../core/series/SeriesSet';
import { createAppStore } from './createAppStore';
import { initialState } from './initial';

/** Six series of four steps; the first cell of each is a gap; two classes. */
export function smallSet(labelled = true): SeriesSet {
  const n = 6;
  const t = 4;
  return {
    name: 'small',
    n,
    t,
    d: 1,
    values: Float64Array.from({ length: n * t }, (_, at) => (at % t === 0 ? 0 : at)),
    mask: Uint8Array.from({ length: n * t }, (_, at) => (at % t === 0 ? 0 : 1)),
    starts: new Int32Array(n),
    ends: new Int32Array(n).fill(t),
    ids: ['a', 'b', 'c', 'd', 'e', 'f'],
    variables: ['value'],
    time: { kind: 'index', name: 'step', values: Float64Array.of(0, 1, 2, 3), texts: ['0', '1', '2', '3'] },
    labels: labelled ? { name: 'class', names: ['x', 'y'], codes: Int32Array.of(0, 0, 0, 1, 1, 1) } : null,
    split: null,
  };
}

export function datasetEvent(requestId: number, set = smallSet()): ClientEvent {
  return {
    kind: 'dataset',
    requestId,
    set,
    name: 'small.csv',
    report: {
      bytes: 120,
      rows: { total: 7, preamble: 0, header: 1, data: 6, blank: 0, rejected: 0 },
      cells: { total: 24, observed: 18, missing: 6, outside: 0, repaired: 0, rejected: 0 },
      suspectedSentinels: [],
      notes: [],
    },
    plan: {
      encoding: 'utf-8',
      delimiter: ',',
      decimal: '.',
      skipRows: 0,
      header: true,
      layout: 'wide',
      roles: ['id', 'value', 'value', 'value', 'value', 'label'],
      missingMarks: ['NA'],
      sentinels: [],
      ends: 'gaps',
      align: 'time',
    },
  };
}

export function runStart(fromEpoch = 0, spec = initialState().experiment): RunStart {
  return {
    spec,
    backend: { name: 'cpu', device: 'reference', reason: 'a test' },
    gaps: Uint32Array.of(0, 4, 8, 12, 16, 20),
    hidden: new Uint32Array(0),
    protocol: 'fit and scored on all 6 series',
    notes: [],
    fromEpoch,
  };
}

export function snapshot(epoch: number): RunSnapshot {
  return {
    epoch,
    latents: new Float32Array(12),
    latentWidth: 2,
    assignments: Int32Array.of(0, 0, 0, 1, 1, 2),
    confidence: new Float32Array(6).fill(0.9),
    imputed: new Float64Array(6).fill(epoch),
    metrics: null,
    imputation: null,
  };
}

/** The events of one epoch, in the order in which the engine sends them. */
export function epochEvents(runId: number, epoch: number): ClientEvent[] {
  return [
    { kind: 'progress', runId, epoch, batch: 1, batches: 1, secondsLeft: 10 },
    { kind: 'losses', runId, epoch, losses: { prediction: 1 / epoch }, seconds: 0.5 },
    { kind: 'snapshot', runId, snapshot: snapshot(epoch) },
    { kind: 'projection', runId, epoch, map: new Float32Array(12).fill(epoch), method: 'tsne', iteration: 1, klDivergence: null },
    { kind: 'checkpoint', runId, checkpoint: { method: 'crli', epoch, arrays: {}, numbers: {} } },
  ];
}

/** A store over an engine that only notes its commands; `say` plays the engine's part. */
export function testStore() {
  const sent: ClientCommand[] = [];
  let hear: (event: ClientEvent) => void = () => {};
  const store = createAppStore({
    port: {
      send: (command) => sent.push(command),
      subscribe(listener) {
        hear = listener;
        return () => {};
      },
    },
    newSeed: () => 77,
    defer: (flush) => flush(),
  });
  const say = (...events: ClientEvent[]): void => {
    for (const event of events) hear(event);
  };
  const open = (set = smallSet()): void => {
    store.getState().actions.open({ kind: 'text', name: 'small.csv', text: '' });
    say(datasetEvent(store.getState().dataset.requestId, set));
  };
  return { store, sent, say, open, actions: store.getState().actions };
}
