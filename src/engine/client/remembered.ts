/** What the client remembers of the conversation, so that a new worker can take up where a dead one stopped. */
import type { Checkpoint, RunSpec } from '../../core/run';
import type { ImportPlan } from '../../core/series/reading/plan';
import type { Command, EngineEvent, Journal, Source } from '../protocol';

type OpenCommand = Extract<Command, { kind: 'open' }>;
type TrainCommand = Extract<Command, { kind: 'train' }>;

interface RememberedRun {
  command: TrainCommand;
  checkpoint: Checkpoint | null;
  journal: Journal;
  /** Changed since the run began. */
  options: RunSpec['options'];
  epoch: number;
  /** Also true while a step runs: it ends in a pause. */
  paused: boolean;
  stepping: boolean;
  over: boolean;
}

export interface Remembered {
  /** What was opened last, readable or not. */
  source: Source | null;
  dataset: { requestId: number; source: Source; plan: ImportPlan } | null;
  opening: OpenCommand | null;
  /** The run there was when the reading was ordered; it ends with the data set it was for. */
  runBefore: RememberedRun | null;
  run: RememberedRun | null;
  exports: Set<number>;
  /** The sweep that goes on. */
  sweep: number | null;
}

export function remembersNothing(): Remembered {
  return { source: null, dataset: null, opening: null, runBefore: null, run: null, exports: new Set(), sweep: null };
}

/** A plan is tried on what was opened last: so a worker that has just been started can do it, too. */
export function asOpen(memory: Remembered, command: Extract<Command, { kind: 'reopen' }>): Command {
  return memory.source ? { kind: 'open', requestId: command.requestId, source: memory.source, plan: command.plan } : command;
}

/** Notes a command on its way to the worker. */
export function rememberCommand(memory: Remembered, command: Command): void {
  const run = 'runId' in command && memory.run?.command.runId === command.runId ? memory.run : null;
  switch (command.kind) {
    case 'open':
      memory.source = command.source;
      memory.opening = command;
      memory.runBefore = memory.run;
      break;
    case 'train': {
      const past = command.journal ?? (command.from ? memory.run?.journal : undefined);
      const journal: Journal = { losses: (past?.losses ?? []).filter((one) => one.epoch <= (command.from?.epoch ?? 0)), optionChanges: [...(past?.optionChanges ?? [])], snapshot: past?.snapshot ?? null };
      memory.run = { command, checkpoint: command.from ?? null, journal, options: command.options ?? {}, epoch: command.from?.epoch ?? 0, paused: command.paused ?? false, stepping: false, over: false };
      break;
    }
    case 'pause':
      if (run) Object.assign(run, { paused: true, stepping: false });
      break;
    case 'resume':
      if (run) Object.assign(run, { paused: false, stepping: false });
      break;
    case 'step':
      if (run) Object.assign(run, { paused: true, stepping: true });
      break;
    case 'export':
      memory.exports.add(command.requestId);
      break;
    case 'sweep':
      memory.sweep = command.requestId;
      break;
  }
}

/** Notes an event on its way to the subscribers. */
export function rememberEvent(memory: Remembered, event: EngineEvent): void {
  switch (event.kind) {
    case 'dataset':
      if (memory.opening?.requestId !== event.requestId) return;
      memory.dataset = { requestId: event.requestId, source: memory.opening.source, plan: event.plan };
      closeReading(memory);
      return;
    case 'openFailed':
      if (memory.opening?.requestId !== event.requestId) return;
      memory.dataset = null;
      closeReading(memory);
      return;
    case 'exported':
    case 'exportFailed':
      memory.exports.delete(event.requestId);
      return;
    case 'swept':
    case 'sweepFailed':
      if (memory.sweep === event.requestId) memory.sweep = null;
      return;
  }
  if (!('runId' in event) || memory.run === null || memory.run.command.runId !== event.runId) return;
  const { run } = memory;
  switch (event.kind) {
    case 'losses':
      run.epoch = event.epoch;
      run.journal.losses.push({ epoch: event.epoch, losses: event.losses, seconds: event.seconds });
      break;
    case 'backendChanged':
      run.epoch = event.epoch;
      run.journal.losses = run.journal.losses.filter((one) => one.epoch <= event.epoch);
      break;
    case 'optionsChanged':
      run.options = { ...run.options, ...event.options };
      run.journal.optionChanges.push({ epoch: event.epoch, options: event.options });
      break;
    case 'snapshot':
      run.journal.snapshot = event.snapshot;
      break;
    case 'relevance':
      if (run.journal.snapshot?.epoch === event.epoch) run.journal.snapshot.relevance = event.relevance;
      break;
    case 'checkpoint':
      run.checkpoint = event.checkpoint;
      break;
    case 'runState':
      run.over = event.state === 'done' || event.state === 'stopped' || event.state === 'failed';
      if (event.state === 'paused') run.stepping = false;
      break;
  }
}

function closeReading(memory: Remembered): void {
  if (memory.run === memory.runBefore) memory.run = null;
  memory.opening = null;
  memory.runBefore = null;
}
