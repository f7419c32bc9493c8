/** One run: idle → running ⇄ paused → done, stopped or failed. Commands act between batches. */
import type { LiveOptions, Relevance, Report, RunSpec } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';
import type { Rehearsal } from '../backend/compileAhead';
import { DeviceLostError, toFailure } from '../failure';
import type { Command, EngineCommand, Journal, RunSnapshot, RunStart } from '../protocol';
import type { Emit, Services } from '../services';
import { createAtRest, type AtRest } from './atRest';
import { checkData } from './data';
import { createEvaluation } from './evaluation';
import { checkMemory } from './memory';
import { prepareRun, type PreparedRun } from './prepareRun';
import { rehearsalOf } from './rehearsal';
import { replaceBackend } from './replaceBackend';
import { createReporter, type Reporter } from './reporter';
import { changedWeights, completeSpec } from './spec';
import { trialOf } from './trial';

export type TrainCommand = Extract<Command, { kind: 'train' }>;
export type ControlCommand = Extract<EngineCommand, { kind: 'pause' | 'resume' | 'step' | 'stop' | 'setOptions' | 'ack' }>;

/** What the files of a run are written from. */
export interface RunRecord {
  start: RunStart;
  journal: Journal;
}

export interface Run {
  readonly runId: number;
  /** Trains on `set` until done, stopped or failed; errors become events. `past`: the journal of the run before. */
  start(set: SeriesSet, past: Journal | null): Promise<void>;
  handle(command: ControlCommand): void;
  stop(): void;
  /** null before the run has started. */
  record(): RunRecord | null;
  /** True once the run is done, stopped or failed. */
  over(): boolean;
  /** True while the run is paused or over. */
  resting(): boolean;
  /** Resolves when the run is paused or over. */
  rest(): Promise<void>;
  /** Resolves once all is told of the epoch that it rests on, or it goes on. */
  told(): Promise<void>;
}

/** How often a run may lose its accelerator before it gives up. */
const LOSSES_BEFORE_FAILURE = 6;
/** Milliseconds that an error waits for the news that the accelerator is lost. */
const LOSS_NEWS = 250;

/** A run that has begun. */
interface Begun {
  spec: RunSpec;
  start: RunStart;
  prepared: PreparedRun;
  rehearsal?: Rehearsal;
  reporter: Reporter;
  atRest: AtRest;
}

export function createRun(order: TrainCommand, emit: Emit, services: Services): Run {
  const { runId } = order;
  const live: { options: LiveOptions['options'] } = { options: {} };
  let mode: 'running' | 'paused' | 'stepping' | 'stopping' = order.paused ? 'paused' : 'running';
  let begun: Begun | null = null;
  /** Options that were changed before the run had begun. */
  const early: RunSpec['options'][] = [];
  let over = false;
  let resting = false;
  /** Set once another run or data set waits for the end of this one. */
  let leaving = false;
  let wake = (): void => {};
  const restListeners: (() => void)[] = [];

  const rest = (): void => {
    resting = true;
    for (const listener of restListeners.splice(0)) listener();
  };

  const change = (next: typeof mode): void => {
    if (mode === 'stopping') return;
    mode = next;
    if (mode !== 'paused') resting = false;
    begun?.atRest.leave();
    wake();
  };

  const say = (state: Extract<Parameters<Emit>[0], { kind: 'runState' }>['state']): void =>
    emit({ kind: 'runState', runId, state, epoch: begun?.reporter.epoch() ?? order.from?.epoch ?? 0 });

  const setOptions = (wanted: RunSpec['options']): void => {
    if (!begun) return void early.push(wanted);
    try {
      const options = changedWeights(begun.spec.method, live.options, wanted);
      if (Object.keys(options).length === 0) return;
      live.options = { ...live.options, ...options };
      begun.reporter.optionsChanged(options);
      emit({ kind: 'optionsChanged', runId, epoch: begun.reporter.epoch(), options });
    } catch (error) {
      emit({ kind: 'notice', runId, message: toFailure(error).message });
    }
  };

  /** Tells more of the newest epoch, as long as the run rests. */
  const tellNewest = async ({ reporter, atRest }: Begun): Promise<void> => {
    const { snapshot } = reporter.journal();
    if (snapshot !== null && !leaving) await atRest.tell(snapshot);
  };

  const pauseHere = async (now: Begun): Promise<void> => {
    const woken = new Promise<void>((resolve) => (wake = resolve));
    now.reporter.settle();
    say('paused');
    rest();
    await tellNewest(now);
    await woken;
    wake = () => {};
    if (mode === 'running' || mode === 'stepping') say('running');
  };

  /** Pulls the method until it ends or the run is stopped; rejects when it breaks or the accelerator is lost. */
  const pull = async (now: Begun): Promise<'done' | 'stopped'> => {
    const { spec, start, prepared, reporter } = now;
    const reports = services.method(spec.method)(prepared.data, spec, live, reporter.checkpoint() ?? undefined);
    let lost: Error | null = null;
    let interrupt = (_: Error): void => {};
    const stopListening = services.onFatal((error) => {
      lost = new DeviceLostError(error.message);
      interrupt(lost);
    });
    const stopHearing = services.onSlower((device, message) => {
      start.backend = { ...start.backend, device };
      emit({ kind: 'backendChanged', runId, backend: start.backend, epoch: reporter.epoch() });
      emit({ kind: 'notice', runId, message });
    });
    try {
      for (;;) {
        while (mode === 'paused' && reporter.epoch() < spec.epochs) await pauseHere(now);
        if (mode === 'stopping') return 'stopped';
        if (lost) throw lost;
        const asked = services.now();
        const { done, value } = await new Promise<IteratorResult<Report, void>>((resolve, reject) => {
          interrupt = reject;
          reports.next().then(resolve, reject);
        });
        reporter.spend((services.now() - asked) / 1000);
        if (done || !value) return 'done';
        reporter.hear(value);
        if (value.kind === 'epoch' && mode === 'stepping') mode = 'paused';
        await services.nextTurn();
      }
    } catch (error) {
      if (lost || services.isBackendLost(error)) throw lost ?? new DeviceLostError((error as Error).message);
      if (start.backend.name !== 'webgpu') throw error;
      await new Promise((resolve) => setTimeout(resolve, LOSS_NEWS));
      throw lost ?? error;
    } finally {
      stopListening();
      stopHearing();
      const returned = reports.return().catch(() => undefined);
      if (!lost) await returned;
    }
  };

  const goOnElsewhere = async ({ start, rehearsal, reporter }: Begun, losses: number, error: DeviceLostError): Promise<void> => {
    const before = start.backend;
    const backend = await replaceBackend(order.backend, losses, rehearsal, services);
    const epoch = reporter.rewind();
    start.backend = backend;
    emit({ kind: 'backendChanged', runId, backend, epoch });
    const where = backend.name === before.name ? `has started again on ${backend.device}` : `goes on with ${backend.name} (${backend.device})`;
    emit({ kind: 'notice', runId, message: `${error.message.replace(/\.?$/, '.')} The run ${where} from epoch ${epoch}.` });
  };

  const begin = async (set: SeriesSet, past: Journal | null): Promise<Begun> => {
    const spec = completeSpec(order.spec);
    checkData(set, spec);
    checkMemory(set, spec);
    live.options = { ...spec.options, ...order.options };
    const prepared = prepareRun(set, spec);
    const method = services.method(spec.method);
    const relevance = services.relevance(spec.method);
    const stopped = (): boolean => mode === 'stopping';
    const trial = order.backend === 'auto' ? trialOf(method, prepared.data, spec, services, stopped) : undefined;
    const rehearsal = rehearsalOf(method, relevance, prepared.data, spec, (ready, needed) => emit({ kind: 'compiling', runId, ready, needed }), stopped);
    const backend = await services.chooseBackend(order.backend, { trial, rehearsal }).catch((error: unknown) => {
      if (!services.isBackendLost(error)) throw error;
      return replaceBackend(order.backend, 1, rehearsal, services);
    });
    const { gaps, hidden, notes } = prepared;
    const from = order.from ?? null;
    const start = { spec, backend, gaps, hidden, protocol: protocolOf(set), notes, fromEpoch: from?.epoch ?? 0 };
    const reporter = createReporter({ runId, spec, from, past: order.journal ?? past, evaluation: createEvaluation(set, prepared) }, emit, services);
    if (from && !order.options) reporter.optionsChanged(spec.options);
    const atRest = createAtRest(runId, relevance && relevanceSteps(relevance, prepared, spec), emit, services);
    return { spec, start, prepared, rehearsal, reporter, atRest };
  };

  const train = async (set: SeriesSet, past: Journal | null): Promise<void> => {
    begun = await begin(set, past);
    emit({ kind: 'runStarted', runId, start: structuredClone(begun.start) });
    if (!order.from) for (const message of begun.start.notes) emit({ kind: 'notice', runId, message });
    for (const options of early) setOptions(options);
    if (mode !== 'paused') say('running');
    for (let losses = 1; ; losses++) {
      try {
        const state = await pull(begun);
        over = true;
        begun.reporter.settle();
        say(state);
        rest();
        return await tellNewest(begun);
      } catch (error) {
        if (!(error instanceof DeviceLostError) || losses >= LOSSES_BEFORE_FAILURE) throw error;
        await goOnElsewhere(begun, losses, error);
      }
    }
  };

  const fail = (error: unknown): void => {
    begun?.reporter.settle();
    emit({ kind: 'runFailed', runId, failure: toFailure(error), lastEpoch: begun?.reporter.epoch() ?? order.from?.epoch ?? 0 });
    say('failed');
  };

  return {
    runId,
    start: (set, past) =>
      train(set, past)
        .catch(fail)
        .finally(() => {
          over = true;
          mode = 'stopping';
          rest();
        }),
    handle(command) {
      switch (command.kind) {
        case 'pause':
          return change('paused');
        case 'resume':
          return change('running');
        case 'step':
          return change('stepping');
        case 'stop':
          return change('stopping');
        case 'setOptions':
          return setOptions(command.options);
        case 'ack':
          return begun?.reporter.acknowledge();
      }
    },
    stop() {
      leaving = true;
      change('stopping');
      begun?.atRest.leave();
    },
    record: () => begun && { start: begun.start, journal: begun.reporter.journal() },
    over: () => over,
    resting: () => resting,
    told: () => begun?.atRest.told() ?? Promise.resolve(),
    rest: () => (resting ? Promise.resolve() : new Promise((resolve) => restListeners.push(resolve))),
  };
}

/** Over the steps of the data set. */
function relevanceSteps(relevance: Relevance, { data, spread }: PreparedRun, spec: RunSpec): (of: RunSnapshot) => AsyncGenerator<number, Float32Array, void> {
  return async function* steps(of) {
    return spread(yield* relevance(data, spec, of));
  };
}

/** Words for beside every score. */
function protocolOf(set: SeriesSet): string {
  const pooled = `trained, fitted and scored on all ${set.n} series (pooled); labels only in the scores`;
  return set.split === null ? pooled : `${pooled}; the split in the file is not used`;
}
