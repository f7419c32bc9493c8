/** One run: idle → running ⇄ paused → done, stopped or failed. Commands act between batches. */
import type { Checkpoint, LiveOptions, Report, RunSpec, Snapshot } from '../../core/run';
import type { SeriesSet } from '../../core/series/SeriesSet';
import { DeviceLostError, toFailure } from '../failure';
import type { BackendChoice, BackendInfo, Command, EngineCommand, Journal, RunSnapshot, RunStart } from '../protocol';
import type { Emit, Services } from '../services';
import { checkData } from './data';
import { createEpochClock } from './epochClock';
import { createEvaluation, type Evaluation } from './evaluation';
import { checkMemory } from './memory';
import { prepareRun, type PreparedRun } from './prepareRun';
import { createSnapshotGate } from './snapshotGate';
import { changedWeights, completeSpec } from './spec';

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
}

/** Milliseconds between two checkpoints that are sent, and between two messages of progress. */
const CHECKPOINT_INTERVAL = 1000;
const PROGRESS_INTERVAL = 50;
/** How often a run may lose its accelerator before it stays with WASM and cpu; and before it gives up. */
const LOSSES_BEFORE_WASM = 3;
const LOSSES_BEFORE_FAILURE = 6;
/** Milliseconds that an error waits for the news that the accelerator is lost. */
const LOSS_NEWS = 250;

type Mode = 'running' | 'paused' | 'stepping' | 'stopping';

export function createRun(order: TrainCommand, emit: Emit, services: Services): Run {
  const { runId } = order;
  const live: { options: LiveOptions['options'] } = { options: {} };
  const journal: Journal = { losses: [], optionChanges: [], snapshot: null };
  const clock = createEpochClock();
  let mode: Mode = order.paused ? 'paused' : 'running';
  let wake = (): void => {};
  let resting = false;
  let over = false;
  let restListeners: (() => void)[] = [];

  let spec: RunSpec = order.spec;
  let start: RunStart | null = null;
  let epoch = order.from?.epoch ?? 0;
  let checkpoint: Checkpoint | null = order.from ?? null;
  let checkpointSent: Checkpoint | null = null;
  let checkpointAt = Number.NEGATIVE_INFINITY;
  let progressAt = Number.NEGATIVE_INFINITY;
  let prepared: PreparedRun;
  let evaluation: Evaluation;
  let latest: Snapshot | null = null;

  const evaluated = (snapshot: Snapshot): RunSnapshot => {
    if (journal.snapshot?.epoch === snapshot.epoch) return journal.snapshot;
    return (journal.snapshot = evaluation.evaluate(snapshot));
  };
  const gate = createSnapshotGate((snapshot) => emit({ kind: 'snapshot', runId, snapshot: structuredClone(evaluated(snapshot)) }), services.now);

  const sendCheckpoint = (): void => {
    if (checkpoint === null || checkpoint === checkpointSent) return;
    checkpointSent = checkpoint;
    checkpointAt = services.now();
    emit({ kind: 'checkpoint', runId, checkpoint: structuredClone(checkpoint) });
  };

  /** Everything that waits goes out, so that the person sees the very last epoch. */
  const settle = (): void => {
    gate.flush();
    sendCheckpoint();
  };

  const setResting = (value: boolean): void => {
    resting = value;
    if (!resting) return;
    for (const listener of restListeners) listener();
    restListeners = [];
  };

  const change = (next: Mode): void => {
    if (mode === 'stopping') return;
    mode = next;
    if (mode !== 'paused') resting = false;
    wake();
  };

  const setOptions = (options: RunSpec['options']): void => {
    try {
      const changed = changedWeights(spec.method, live.options, options);
      if (Object.keys(changed).length === 0) return;
      live.options = { ...live.options, ...changed };
      journal.optionChanges.push({ epoch, options: changed });
      emit({ kind: 'optionsChanged', runId, epoch, options: changed });
    } catch (error) {
      emit({ kind: 'notice', runId, message: toFailure(error).message });
    }
  };

  const takeEpoch = (report: Extract<Report, { kind: 'epoch' }>): void => {
    const seconds = clock.endEpoch();
    epoch = report.epoch;
    checkpoint = report.checkpoint;
    latest = report.snapshot;
    journal.losses.push({ epoch, losses: report.losses, seconds });
    emit({ kind: 'losses', runId, epoch, losses: report.losses, seconds });
    gate.offer(report.snapshot);
    if (services.now() - checkpointAt >= CHECKPOINT_INTERVAL) sendCheckpoint();
    if (mode === 'stepping') mode = 'paused';
  };

  const takeBatch = (report: Extract<Report, { kind: 'batch' }>): void => {
    gate.tick();
    if (services.now() - progressAt < PROGRESS_INTERVAL) return;
    progressAt = services.now();
    const secondsLeft = clock.secondsLeft(spec.epochs - epoch, report.batch / report.batches);
    emit({ kind: 'progress', runId, epoch: report.epoch, batch: report.batch, batches: report.batches, secondsLeft });
  };

  const pauseHere = async (): Promise<void> => {
    settle();
    emit({ kind: 'runState', runId, state: 'paused', epoch });
    setResting(true);
    await new Promise<void>((resolve) => (wake = resolve));
    wake = () => {};
    setResting(false);
    if (mode === 'running' || mode === 'stepping') emit({ kind: 'runState', runId, state: 'running', epoch });
  };

  /** Pulls the method until it ends or the run is stopped; rejects when it breaks or the accelerator is lost. */
  const pull = async (): Promise<'done' | 'stopped'> => {
    const reports = services.runs[spec.method](prepared.data, spec, live, checkpoint ?? undefined);
    let lost: Error | null = null;
    let interrupt = (_: Error): void => {};
    const stopListening = services.onFatal((error) => {
      lost = new DeviceLostError(error.message);
      interrupt(lost);
    });
    try {
      for (;;) {
        while (mode === 'paused' && epoch < spec.epochs) await pauseHere();
        if (mode === 'stopping') return 'stopped';
        if (lost) throw lost;
        const began = services.now();
        const { done, value } = await new Promise<IteratorResult<Report, void>>((resolve, reject) => {
          interrupt = reject;
          reports.next().then(resolve, reject);
        });
        clock.add((services.now() - began) / 1000);
        if (done || !value) return 'done';
        if (value.kind === 'epoch') takeEpoch(value);
        else takeBatch(value);
        await services.nextTurn();
      }
    } catch (error) {
      if (lost || services.isBackendLost(error)) throw lost ?? new DeviceLostError(messageOf(error));
      if (start?.backend.name !== 'webgpu') throw error;
      await new Promise((resolve) => setTimeout(resolve, LOSS_NEWS));
      throw lost ?? error;
    } finally {
      stopListening();
      const returned = reports.return().catch(() => undefined);
      if (!lost) await returned;
    }
  };

  /** The next backend after a loss: the same again twice, then what does not need the accelerator. */
  const replaceBackend = async (losses: number): Promise<BackendInfo> => {
    const choices: BackendChoice[] = losses < LOSSES_BEFORE_WASM ? [order.backend, 'auto', 'wasm', 'cpu'] : ['wasm', 'cpu'];
    for (const choice of choices) {
      try {
        return await services.chooseBackend(choice);
      } catch {
        continue;
      }
    }
    throw new DeviceLostError('The accelerator was lost and no other backend could be started. Reload the page and go on from the last epoch.');
  };

  const goOnElsewhere = async (begun: RunStart, losses: number, error: DeviceLostError): Promise<void> => {
    const from = checkpoint?.epoch ?? 0;
    const lostIn = begun.backend;
    begun.backend = await replaceBackend(losses);
    epoch = from;
    clock.restart();
    Object.assign(journal, upTo(from, journal));
    emit({ kind: 'backendChanged', runId, backend: begun.backend, epoch: from });
    const where = begun.backend.name === lostIn.name ? `started again on ${begun.backend.device}` : `goes on with ${begun.backend.name} (${begun.backend.device})`;
    emit({ kind: 'notice', runId, message: `The accelerator (${lostIn.device}) was lost: ${error.message}. The run ${where} from epoch ${from}.` });
  };

  const begin = async (set: SeriesSet, past: Journal | null): Promise<RunStart> => {
    spec = completeSpec(order.spec);
    checkData(set, spec);
    checkMemory(set, spec);
    if (order.from) {
      Object.assign(journal, upTo(epoch, order.journal ?? past));
      if (!order.options) journal.optionChanges.push({ epoch, options: spec.options });
    }
    live.options = { ...spec.options, ...order.options };
    const backend = await services.chooseBackend(order.backend);
    prepared = prepareRun(set, spec);
    evaluation = createEvaluation(set, prepared);
    const { gaps, hidden } = prepared;
    start = { spec, backend, gaps, hidden, protocol: protocolOf(set), fromEpoch: epoch };
    emit({ kind: 'runStarted', runId, start: structuredClone(start) });
    if (mode !== 'paused') emit({ kind: 'runState', runId, state: 'running', epoch });
    return start;
  };

  const train = async (set: SeriesSet, past: Journal | null): Promise<void> => {
    const begun = await begin(set, past);
    for (let losses = 1; ; losses++) {
      try {
        const state = await pull();
        settle();
        emit({ kind: 'runState', runId, state, epoch });
        return;
      } catch (error) {
        if (!(error instanceof DeviceLostError) || losses >= LOSSES_BEFORE_FAILURE) throw error;
        await goOnElsewhere(begun, losses, error);
      }
    }
  };

  return {
    runId,
    async start(set, past) {
      try {
        await train(set, past);
      } catch (error) {
        settle();
        emit({ kind: 'runFailed', runId, failure: toFailure(error), lastEpoch: epoch });
        emit({ kind: 'runState', runId, state: 'failed', epoch });
      } finally {
        over = true;
        mode = 'stopping';
        setResting(true);
      }
    },
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
          return gate.acknowledge();
      }
    },
    stop: () => change('stopping'),
    record() {
      if (start === null) return null;
      if (latest) evaluated(latest);
      return { start, journal };
    },
    over: () => over,
    resting: () => resting,
    rest: () => (resting ? Promise.resolve() : new Promise((resolve) => restListeners.push(resolve))),
  };
}

/** What was reported up to `epoch`. Options that changed later are in force already, so they count from there. */
function upTo(epoch: number, past: Journal | null): Journal {
  return {
    losses: past?.losses.filter((one) => one.epoch <= epoch) ?? [],
    optionChanges: past?.optionChanges.map((one) => ({ ...one, epoch: Math.min(one.epoch, epoch) })) ?? [],
    snapshot: past?.snapshot && past.snapshot.epoch <= epoch ? past.snapshot : null,
  };
}

/** Words for beside every score. */
function protocolOf(set: SeriesSet): string {
  const pooled = `trained, fitted and scored on all ${set.n} series (pooled); labels only in the scores`;
  return set.split === null ? pooled : `${pooled}; the split in the file is not used`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
