import { suggestedEpochs } from '../../core/catalog';
import { unreachable } from '../../core/lib/assert';
import type { ClientEvent } from '../../engine/protocol';
import { fileMark } from './fileMark';
import { withFoundNames } from './foundNames';
import { dropAfter, recordOf, thin } from './history';
import { emptySelection, idleRun, noExports, noSweep } from './initial';
import type { AppState, Notice, RunSliceState, SweepState } from './state';

/** Bytes of snapshots that a run may keep for replay. */
export const HISTORY_BUDGET = 200e6;

/**
 * What the state becomes when the engine or the projection worker says something.
 *
 * Nothing but the reducer writes `run` while a run lives. Events of a run or a request that is no longer current
 * change nothing. Pure, but for `run.history`, which grows in place; `run.revision` counts its changes.
 */
export function applyEngineEvent(state: AppState, event: ClientEvent, budget: number = HISTORY_BUDGET): AppState {
  if (event.kind === 'notice') {
    if (event.runId !== null && event.runId !== state.run.runId) return state;
    return { ...state, run: noticed(state.run, { kind: 'said', message: event.message }) };
  }
  if ('runId' in event) {
    if (event.runId !== state.run.runId) return state;
    const run = applyRunEvent(state.run, event, budget);
    const backend = event.kind === 'runStarted' ? event.start.backend : event.kind === 'backendChanged' ? event.backend : null;
    const next = { ...state, run, engine: backend === null ? state.engine : { ...state.engine, backend } };
    return event.kind === 'runState' ? withFoundNames(next) : next;
  }
  switch (event.kind) {
    case 'ready':
      return { ...state, engine: { ...state.engine, ready: true, alive: true } };
    case 'heartbeat':
      return state.engine.alive ? state : { ...state, engine: { ...state.engine, alive: true } };
    case 'engineAlive':
      return { ...state, engine: { ...state.engine, alive: event.alive }, run: event.alive ? state.run : { ...state.run, makingRelevance: null } };
    case 'engineFailed':
      return { ...state, engine: { ...state.engine, failure: event.failure } };
    case 'backends':
      return { ...state, engine: { ...state.engine, backend: event.info, failure: null } };
    case 'opening':
    case 'preview':
    case 'dataset':
    case 'openFailed':
      return event.requestId === state.dataset.requestId ? applyOpenEvent(state, event) : state;
    case 'exported':
      return event.requestId === state.exports.requestId ? { ...state, exports: { ...state.exports, status: 'ready', files: event.files, notes: event.notes, failure: null } } : state;
    case 'exportFailed':
      return event.requestId === state.exports.requestId ? { ...state, exports: { ...state.exports, status: 'failed', files: [], notes: [], failure: event.failure } } : state;
    case 'sweepDoing':
    case 'sweepRow':
    case 'swept':
    case 'sweepFailed':
      return event.requestId === state.sweep.requestId ? { ...state, sweep: applySweepEvent(state.sweep, event) } : state;
    default:
      return unreachable(event);
  }
}

type SweepEvent = Extract<ClientEvent, { kind: 'sweepDoing' | 'sweepRow' | 'swept' | 'sweepFailed' }>;

function applySweepEvent(sweep: SweepState, event: SweepEvent): SweepState {
  switch (event.kind) {
    case 'sweepDoing':
      return { ...sweep, doing: event.doing, secondsLeft: event.secondsLeft };
    case 'sweepRow':
      return { ...sweep, rows: [...sweep.rows, event.row] };
    case 'swept':
      return { ...sweep, status: event.report.stopped ? 'stopped' : 'done', doing: null, secondsLeft: null, rows: event.report.rows, report: event.report, file: event.file };
    case 'sweepFailed':
      return { ...sweep, status: 'failed', doing: null, secondsLeft: null, failure: event.failure };
  }
}

type OpenEvent = Extract<ClientEvent, { kind: 'opening' | 'preview' | 'dataset' | 'openFailed' }>;

function applyOpenEvent(state: AppState, event: OpenEvent): AppState {
  const { dataset } = state;
  switch (event.kind) {
    case 'opening':
      return { ...state, dataset: { ...dataset, bytesRead: event.bytesRead, bytesTotal: event.bytesTotal } };
    case 'preview':
      return { ...state, dataset: { ...dataset, preview: event.preview, plan: event.preview.plan } };
    case 'dataset': {
      const { set, report, plan, name } = event;
      const classes = set.labels?.names.length ?? 0;
      // the same file again keeps what was set for it, and settings that were taken over stay
      const fresh = dataset.set === null && state.experimentFor !== fileMark(name) && state.toRepeat === null;
      return {
        ...state,
        dataset: { ...dataset, status: 'ready', set, report, plan, name, failure: null },
        experiment: {
          ...state.experiment,
          epochs: fresh ? suggestedEpochs(state.experiment.method, set.n, state.experiment.options) : state.experiment.epochs,
          clusters: Math.min(classes > 1 && fresh ? classes : state.experiment.clusters, Math.max(2, set.n)),
        },
        experimentFor: fileMark(name),
        run: idleRun(state.run.runId + 1),
        selection: emptySelection(),
        exports: noExports(state.exports.requestId + 1),
        sweep: noSweep(state.sweep.requestId + 1),
        view: { ...state.view, epoch: null, colourBy: classes > 0 ? state.view.colourBy : 'cluster' },
      };
    }
    case 'openFailed':
      return {
        ...state,
        dataset: {
          ...dataset,
          status: 'failed',
          failure: event.failure,
          preview: event.preview ?? dataset.preview,
          plan: event.preview?.plan ?? dataset.plan,
          set: null,
          report: null,
        },
      };
  }
}

type RunEvent = Exclude<Extract<ClientEvent, { runId: number }>, { kind: 'notice' }>;

function applyRunEvent(run: RunSliceState, event: RunEvent, budget: number): RunSliceState {
  switch (event.kind) {
    case 'compiling':
      return { ...run, compiling: { ready: event.ready, needed: event.needed } };
    case 'runStarted':
      dropAfter(run.history, event.start.fromEpoch);
      return {
        ...run,
        compiling: null,
        start: event.start,
        epoch: event.start.fromEpoch,
        batch: 0,
        failure: null,
        optionChanges: run.optionChanges.filter((change) => change.epoch <= event.start.fromEpoch),
        revision: run.revision + 1,
      };
    case 'runState':
      return { ...run, status: event.state, compiling: null, makingRelevance: null, epoch: event.epoch, secondsLeft: event.state === 'running' ? run.secondsLeft : null };
    case 'progress':
      return { ...run, batch: event.batch, batches: event.batches, secondsLeft: event.secondsLeft };
    case 'losses': {
      const record = recordOf(run.history, event.epoch);
      record.losses = event.losses;
      record.seconds = event.seconds;
      return { ...run, epoch: event.epoch, batch: 0, revision: run.revision + 1 };
    }
    case 'snapshot': {
      const { epoch, latents: _, latentWidth: __, ...shot } = event.snapshot;
      recordOf(run.history, epoch).shot = shot;
      return thinned({ ...run, revision: run.revision + 1 }, budget);
    }
    case 'projection': {
      const record = run.history.findLast((one) => one.epoch === event.epoch);
      if (!record?.shot) return run.mapping === null ? run : { ...run, mapping: null };
      record.map = event.map;
      record.mapMethod = event.method;
      return thinned({ ...run, mapping: null, revision: run.revision + 1 }, budget);
    }
    case 'mapping':
      return { ...run, mapping: event.ready < 1 ? { epoch: event.epoch, ready: event.ready } : null };
    case 'makingRelevance':
      return { ...run, makingRelevance: event.ready < 1 ? { epoch: event.epoch, ready: event.ready } : null };
    case 'relevance': {
      const record = run.history.findLast((one) => one.epoch === event.epoch);
      if (!record?.shot) return { ...run, makingRelevance: null };
      record.shot = { ...record.shot, relevance: event.relevance };
      return thinned({ ...run, makingRelevance: null, revision: run.revision + 1 }, budget);
    }
    case 'checkpoint':
      return { ...run, checkpoint: event.checkpoint };
    case 'validity': {
      const record = run.history.findLast((one) => one.epoch === event.epoch);
      if (!record) return run;
      record.validity = { validity: event.validity, silhouettes: event.silhouettes };
      return { ...run, revision: run.revision + 1 };
    }
    case 'backendChanged':
      dropAfter(run.history, event.epoch);
      return noticed({ ...run, compiling: null, makingRelevance: null, epoch: event.epoch, revision: run.revision + 1, start: run.start && { ...run.start, backend: event.backend } }, { kind: 'backendChanged', backend: event.backend, epoch: event.epoch });
    case 'optionsChanged':
      return { ...run, optionChanges: [...run.optionChanges, { epoch: event.epoch, options: event.options }] };
    case 'runFailed':
      return { ...run, status: 'failed', compiling: null, makingRelevance: null, failure: event.failure, epoch: event.lastEpoch, secondsLeft: null };
    default:
      return unreachable(event);
  }
}

/** Adds a notice; a newer count of thinned snapshots replaces the older one. */
function noticed(run: RunSliceState, notice: Notice): RunSliceState {
  const kept = notice.kind === 'historyThinned' ? run.notices.filter((old) => old.kind !== 'historyThinned') : run.notices;
  return { ...run, notices: [...kept, notice] };
}

function thinned(run: RunSliceState, budget: number): RunSliceState {
  const now = thin(run.history, budget);
  if (now === 0) return run;
  const before = run.notices.find((notice) => notice.kind === 'historyThinned')?.dropped ?? 0;
  return noticed(run, { kind: 'historyThinned', dropped: before + now });
}
