import { InputError } from '../core/lib/assert';
import { readDataset, type Dataset } from './dataset';
import { exportFiles } from './export';
import { toFailure } from './failure';
import type { Command, EngineCommand } from './protocol';
import { createRun, type ControlCommand, type Run, type TrainCommand } from './run/run';
import type { Emit, NamedBytes, Services } from './services';
import { createSweep, type Sweeping } from './sweep/sweep';

export interface Runner {
  /** True while a run is neither paused nor over, or a sweep goes on. */
  busy(): boolean;
  /** Takes a command; what comes of it is told by events. Buffers in events belong to their receiver. */
  handle(command: Exclude<EngineCommand, { kind: 'init' | 'setThreads' }>): void;
  /** Resolves when nothing is being read or written the run, if any, is paused or over, and no sweep goes on. */
  idle(): Promise<void>;
}

/**
 * The engine without its thread: commands in, events out. Holds one data set and one run at a time.
 * Reading, starting and exporting happen one after the other; pause, resume, step, stop, setOptions, stopSweep act at once.
 */
export function createRunner(emit: Emit, services: Services): Runner {
  let dataset: Dataset | null = null;
  /** What was opened last, readable or not: a changed plan is tried on it. */
  let source: NamedBytes | null = null;
  let newestOpen = -1;
  /** The newest run that was ordered, and the newest that has begun. */
  let run: Run | null = null;
  let begun: Run | null = null;
  let finished: Promise<void> = Promise.resolve();
  let sweeping: Sweeping | null = null;
  let swept: Promise<void> = Promise.resolve();
  let queue: Promise<void> = Promise.resolve();

  const enqueue = (task: () => Promise<void>): void => {
    queue = queue.then(task).catch((error: unknown) => emit({ kind: 'engineFailed', failure: toFailure(error) }));
  };

  const open = (command: Extract<Command, { kind: 'open' | 'reopen' }>): void => {
    newestOpen = command.requestId;
    const before = run;
    enqueue(async () => {
      if (command.requestId !== newestOpen) return;
      const read = await readDataset(command, source, emit, services);
      source = read.source ?? source;
      begun?.stop();
      sweeping?.stop();
      await Promise.all([finished, swept]);
      if (run === before) run = null;
      begun = null;
      dataset = read.dataset;
      if (!dataset) return;
      const { set, report, plan } = structuredClone({ set: dataset.set, report: dataset.report, plan: dataset.plan });
      emit({ kind: 'dataset', requestId: command.requestId, set, report, plan, name: dataset.source.name });
    });
  };

  const train = (command: TrainCommand): void => {
    const next = createRun(command, emit, services);
    run = next;
    sweeping?.stop();
    enqueue(async () => {
      begun?.stop();
      sweeping?.stop();
      await Promise.all([finished, swept]);
      if (!dataset) {
        const failure = toFailure(new InputError('There is no data to train on. Open a file first.'));
        return emit({ kind: 'runFailed', runId: command.runId, failure, lastEpoch: 0 });
      }
      finished = next.start(dataset.set, begun?.record()?.journal ?? null);
      begun = next;
    });
  };

  const control = (command: ControlCommand): void => {
    if (command.kind === 'resume' || command.kind === 'step') sweeping?.stop();
    if (run?.runId === command.runId) run.handle(command);
  };

  const sweep = (command: Extract<Command, { kind: 'sweep' }>): void =>
    enqueue(async () => {
      sweeping?.stop();
      await Promise.all([begun?.told(), swept]);
      if (begun?.resting() === false) {
        const failure = toFailure(new InputError('A run is under way. Pause or stop it before a sweep over K.'));
        return emit({ kind: 'sweepFailed', requestId: command.requestId, failure });
      }
      sweeping = createSweep(command, begun?.over() === false, emit, services);
      swept = sweeping.start(dataset?.set ?? null, begun?.record() ?? null);
    });

  const write = (command: Extract<Command, { kind: 'export' }>): void =>
    enqueue(async () => {
      const { requestId } = command;
      await begun?.told();
      try {
        const { files, notes } = await exportFiles(command.files, { dataset, record: begun?.record() ?? null, map: command.map, clusterNames: command.clusterNames ?? {}, version: services.version });
        emit({ kind: 'exported', requestId, files, notes });
      } catch (error) {
        emit({ kind: 'exportFailed', requestId, failure: toFailure(error) });
      }
    });

  const probe = (command: Extract<Command, { kind: 'probeBackends' }>): void =>
    enqueue(async () => {
      await begun?.told(); // another backend would take away what it is told from
      const running = begun?.over() === false ? begun.record()?.start.backend : undefined;
      emit({ kind: 'backends', requestId: command.requestId, info: running ?? (await services.chooseBackend(command.choice)) });
    });

  return {
    busy: () => begun?.resting() === false || sweeping?.over() === false,
    handle(command) {
      switch (command.kind) {
        case 'open':
        case 'reopen':
          return open(command);
        case 'train':
          return train(command);
        case 'pause':
        case 'resume':
        case 'step':
        case 'stop':
        case 'setOptions':
        case 'ack':
          return control(command);
        case 'export':
          return write(command);
        case 'sweep':
          return sweep(command);
        case 'stopSweep':
          if (sweeping?.requestId === command.requestId) sweeping.stop();
          return;
        case 'probeBackends':
          return probe(command);
      }
    },
    async idle() {
      let last: Promise<void>;
      do {
        last = queue;
        await last;
        if (begun) await begun.rest();
        await swept;
      } while (last !== queue);
    },
  };
}
