import { defaultOptions, methodEntry, suggestedEpochs } from '../../core/catalog';
import type { ClientCommand, Journal } from '../../engine/protocol';
import { fileMark } from './fileMark';
import { readRunFile } from './runFile';
import { fitsCheckpoint } from './spec';
import { emptyDataset, emptySelection, idleRun, noExports, noSweep } from './initial';
import { type Actions, type AppState, type RunSliceState, shownRecord } from './state';

export interface ActionContext {
  get(): AppState;
  set(change: Partial<AppState>): void;
  send(command: ClientCommand): void;
  /** A seed the person has not seen yet. */
  newSeed(): number;
}

/** True while the engine works on the run or holds it. */
export function isActive(status: RunSliceState['status']): boolean {
  return status === 'starting' || status === 'running' || status === 'paused';
}

/** True when Play can go on from a checkpoint instead of starting afresh. */
export function canContinue(state: AppState): boolean {
  const { status, checkpoint, start } = state.run;
  const ended = status === 'stopped' || status === 'done' || status === 'failed';
  return ended && checkpoint !== null && start !== null && checkpoint.epoch < state.experiment.epochs && fitsCheckpoint(start.spec, state.experiment);
}

/** True when a run has reached its last epoch and could go on if it were given more. */
export function canTrainMore({ run, experiment }: AppState): boolean {
  return run.status === 'done' && run.checkpoint !== null && run.start !== null && methodEntry(run.start.spec.method).trains && run.checkpoint.epoch >= experiment.epochs && fitsCheckpoint(run.start.spec, experiment);
}

/** Seconds of training that are dropped without a question. */
const CHEAP = 10;

/** True when the run took long to make. */
export function trainedLong({ run }: Pick<AppState, 'run'>): boolean {
  return run.history.reduce((sum, { seconds }) => sum + seconds, 0) >= CHEAP;
}

/** True when Train would drop a run that took long to make. */
export function dropsMuch({ run }: AppState): boolean {
  return !isActive(run.status) && trainedLong({ run });
}

export function createActions({ get, set, send, newSeed }: ActionContext): Actions {
  const setRun = (change: Partial<RunSliceState>): void => set({ run: { ...get().run, ...change } });

  const endRun = (): void => {
    const { status, runId } = get().run;
    if (isActive(status)) send({ kind: 'stop', runId });
  };

  const start = (paused: boolean): void => {
    const { dataset, run, experiment, engine, view } = get();
    if (dataset.set === null || isActive(run.status)) return;
    const runId = run.runId + 1;
    set({ run: { ...idleRun(runId), status: 'starting' }, exports: noExports(get().exports.requestId + 1), view: toCharts(view) });
    send({ kind: 'train', runId, spec: experiment, backend: engine.backendChoice, paused });
  };

  const goOn = (paused: boolean): void => {
    const { run, experiment, engine, view } = get();
    if (run.checkpoint === null || isActive(run.status)) return;
    const runId = run.runId + 1;
    set({ run: { ...run, runId, status: 'starting', failure: null, secondsLeft: null }, view: toCharts(view) });
    send({ kind: 'train', runId, spec: experiment, backend: engine.backendChoice, from: run.checkpoint, journal: journalOf(run), paused });
  };

  const changePlan: Actions['changePlan'] = (plan) => {
    endRun();
    const { dataset } = get();
    const requestId = dataset.requestId + 1;
    set({ dataset: { ...dataset, requestId, status: 'opening', plan, bytesRead: 0, failure: null } });
    send({ kind: 'reopen', requestId, plan });
  };

  return {
    open(source) {
      endRun();
      const requestId = get().dataset.requestId + 1;
      const name = source.kind === 'sample' ? '' : source.name;
      const { toRepeat } = get();
      const plan = toRepeat !== null && name !== '' && toRepeat.data.name === name ? toRepeat.plan : null;
      set({
        dataset: { ...emptyDataset(requestId), status: 'opening', name, sample: source.kind === 'sample' ? source.id : null, bytesTotal: source.kind === 'file' ? source.file.size : 0 },
        run: idleRun(get().run.runId + 1),
        selection: emptySelection(),
        exports: noExports(get().exports.requestId + 1),
        sweep: noSweep(get().sweep.requestId + 1),
        view: { ...get().view, epoch: null, step: 'data', choosingK: false },
      });
      send({ kind: 'open', requestId, source, ...(plan !== null && { plan }) });
    },

    repeatRun(from, text) {
      const toRepeat = readRunFile(from, text, get().experiment);
      if (toRepeat === null) return false;
      set({ toRepeat, namesToFind: toRepeat.names, experiment: toRepeat.spec, experimentFor: fileMark(toRepeat.data.name) });
      const { dataset, run } = get();
      const { plan } = dataset;
      if (toRepeat.plan !== null && plan !== null && dataset.name === toRepeat.data.name && run.history.length === 0 && JSON.stringify({ ...plan, ...toRepeat.plan }) !== JSON.stringify(plan)) changePlan({ ...plan, ...toRepeat.plan });
      return true;
    },

    forgetRepeat: () => set({ toRepeat: null }),

    changePlan,

    closeDataset() {
      endRun();
      set({
        dataset: emptyDataset(get().dataset.requestId + 1),
        run: idleRun(get().run.runId + 1),
        selection: emptySelection(),
        exports: noExports(get().exports.requestId + 1),
        sweep: noSweep(get().sweep.requestId + 1),
        view: { ...get().view, epoch: null, step: 'data', choosingK: false },
      });
    },

    changeExperiment(change) {
      const { experiment, dataset } = get();
      const { method } = change;
      if (method === undefined || method === experiment.method) return set({ experiment: { ...experiment, ...change } });
      const options = defaultOptions(method);
      const epochs = dataset.set ? suggestedEpochs(method, dataset.set.n, options) : experiment.epochs;
      set({ experiment: { ...experiment, options, epochs, ...change } });
    },

    changeOption(key, value) {
      const { experiment, run } = get();
      const options = { ...experiment.options, [key]: value };
      set({ experiment: { ...experiment, options } });
      const live = methodEntry(experiment.method).options[key]?.group === 'loss';
      if (live && isActive(run.status)) send({ kind: 'setOptions', runId: run.runId, options: { ...(run.start?.spec.options ?? options), ...lossWeights(get()) } });
    },

    chooseBackend(choice) {
      const { engine, run } = get();
      set({ engine: { ...engine, backendChoice: choice, failure: null, backend: isActive(run.status) ? engine.backend : null } });
      send({ kind: 'probeBackends', requestId: 0, choice });
    },

    chooseThreads(threads) {
      set({ engine: { ...get().engine, threads } });
      send({ kind: 'setThreads', threads });
      send({ kind: 'probeBackends', requestId: 0, choice: get().engine.backendChoice });
    },

    train: () => start(false),
    continueRun: () => goOn(false),

    trainMore(epochs) {
      const { run, experiment } = get();
      if (run.checkpoint === null || isActive(run.status)) return;
      set({ experiment: { ...experiment, epochs: run.checkpoint.epoch + epochs } });
      goOn(false);
    },

    mend() {
      const { run } = get();
      const spec = run.start?.spec ?? get().experiment;
      const learningRate = Number((Number(spec.options.learningRate) * 0.3).toPrecision(3));
      set({ experiment: { ...spec, options: { ...spec.options, ...lossWeights(get()), learningRate } } });
      if (run.checkpoint === null) {
        start(false);
      } else {
        const epoch = run.checkpoint.epoch;
        setRun({ notices: [...run.notices, { kind: 'mended', epoch, learningRate }] });
        goOn(false);
      }
    },

    pause() {
      const { runId, status } = get().run;
      if (status === 'running' || status === 'starting') send({ kind: 'pause', runId });
    },

    resume() {
      const { runId, status } = get().run;
      if (status === 'paused') send({ kind: 'resume', runId });
    },

    step() {
      const before = get();
      if (!isActive(before.run.status)) {
        if (canContinue(before)) goOn(true);
        else start(true);
      }
      const { runId, status } = get().run;
      if (isActive(status)) send({ kind: 'step', runId });
    },

    stop() {
      endRun();
    },

    reset(seed) {
      endRun();
      const { experiment, run, exports, view } = get();
      set({
        run: idleRun(run.runId + 1),
        experiment: seed === 'new' ? { ...experiment, seed: newSeed() } : experiment,
        selection: emptySelection(),
        exports: noExports(exports.requestId + 1),
        view: { ...view, epoch: null },
      });
    },

    showEpoch(epoch) {
      set({ view: { ...get().view, epoch } });
    },

    select(series, source, mode = 'replace') {
      const before = mode === 'replace' ? [] : get().selection.series;
      const going = new Set(series);
      const kept = mode === 'subtract' ? before.filter((i) => !going.has(i)) : [...new Set([...before, ...series])];
      set({ selection: { ...get().selection, series: kept.sort((a, b) => a - b), cluster: null, source } });
    },

    selectCluster(cluster, source) {
      const assignments = shownRecord(get())?.shot?.assignments;
      if (!assignments) return;
      const series = [...assignments.keys()].filter((i) => assignments[i] === cluster);
      set({ selection: { ...get().selection, series, cluster, source } });
    },

    clearSelection() {
      set({ selection: emptySelection() });
    },

    hover(series) {
      if (get().selection.hover !== series) set({ selection: { ...get().selection, hover: series } });
    },

    nameCluster(cluster, name) {
      const { [cluster]: _, ...others } = get().run.clusterNames;
      // Files that were written before do not have it.
      set({ exports: noExports(get().exports.requestId + 1) });
      setRun({ clusterNames: name.trim() === '' ? others : { ...others, [cluster]: name } });
    },

    async exportFiles(files) {
      const { exports, run } = get();
      const drawn = run.history.findLast((record) => record.shot !== null && record.map !== null);
      const map = drawn?.map && drawn.mapMethod ? { places: drawn.map.slice(), method: drawn.mapMethod, epoch: drawn.epoch } : null;
      const requestId = exports.requestId + 1;
      set({ exports: { ...noExports(requestId), status: 'working' } });
      send({ kind: 'export', requestId, files, map, clusterNames: Object.fromEntries(Object.entries(run.clusterNames).map(([cluster, name]) => [cluster, name.trim()])) });
    },

    startSweep(order) {
      const { sweep, experiment, run, engine } = get();
      if (run.status === 'starting' || run.status === 'running') return;
      const requestId = sweep.requestId + 1;
      const whole = { ...order, spec: experiment };
      set({ sweep: { ...noSweep(requestId), status: 'running', order: whole } });
      send({ kind: 'sweep', requestId, order: whole, backend: engine.backendChoice });
    },

    stopSweep() {
      const { status, requestId } = get().sweep;
      if (status === 'running') send({ kind: 'stopSweep', requestId });
    },

    dismissNotice(index) {
      setRun({ notices: get().run.notices.filter((_, i) => i !== index) });
    },

    dismissFailure() {
      set({ engine: { ...get().engine, failure: null } });
    },

    setView(change) {
      if (change.projector !== undefined && change.projector !== get().view.projector) send({ kind: 'setProjection', method: change.projector });
      set({ view: { ...get().view, ...change } });
    },
  };
}

/** The newest epoch in view, and the charts instead of the file. */
function toCharts(view: AppState['view']): AppState['view'] {
  return { ...view, epoch: null, step: view.step === 'data' ? 'explore' : view.step };
}

/** The options that act while a run lives. */
function lossWeights({ experiment }: AppState): AppState['experiment']['options'] {
  const specs = methodEntry(experiment.method).options;
  return Object.fromEntries(Object.entries(experiment.options).filter(([key]) => specs[key]?.group === 'loss'));
}

/** What the run has reported up to its checkpoint, for the files that a continued run writes. */
function journalOf({ history, checkpoint, optionChanges }: RunSliceState): Journal {
  const losses = history.flatMap(({ epoch, losses, seconds }) => (losses && epoch <= (checkpoint?.epoch ?? 0) ? [{ epoch, losses, seconds }] : []));
  return { losses, optionChanges: [...optionChanges], snapshot: null };
}
