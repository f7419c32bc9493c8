import type { EngineCommand, EngineEvent } from '../protocol';
import type { Remembered } from './remembered';

export interface Resumption {
  /** What the subscribers are told at once. */
  announcements: EngineEvent[];
  /** What the new worker is told. */
  commands: EngineCommand[];
  /** What the subscribers should hear of an event of the new worker; null for what they know already. */
  pass(event: EngineEvent): EngineEvent | null;
}

/**
 * How a new worker takes over from one that died: it opens the data set again without anybody noticing, then goes
 * on with the run from its last checkpoint, in the state it was in. What was being read or exported is not tried
 * again, because it may have been the cause; neither is a run once `giveUp` is set.
 */
export function resumption(memory: Remembered, reason: string, giveUp: boolean): Resumption {
  const announcements: EngineEvent[] = [];
  const commands: EngineCommand[] = [];
  const { dataset, opening, run } = memory;
  const sentence = (rest: string): string => `The engine was restarted because ${reason}. ${rest}`;

  if (opening) {
    const failure = { kind: 'internal' as const, message: sentence('The file could not be read; it may be too large for the memory of this page.') };
    announcements.push({ kind: 'openFailed', requestId: opening.requestId, failure, preview: null });
  }
  for (const requestId of memory.exports) {
    announcements.push({ kind: 'exportFailed', requestId, failure: { kind: 'internal', message: sentence('Please export again.') } });
  }
  if (memory.sweep !== null) {
    announcements.push({ kind: 'sweepFailed', requestId: memory.sweep, failure: { kind: 'internal', message: sentence('The sweep over K was ended; the rows that were done are kept.') } });
  }
  if (opening || !dataset) return { announcements, commands, pass: (event) => event };

  commands.push({ kind: 'open', requestId: dataset.requestId, source: dataset.source, plan: dataset.plan });
  const live = run !== null && !run.over && !giveUp;
  if (run && !run.over && giveUp) {
    const failure = { kind: 'internal' as const, message: sentence('This has happened several times without a new epoch, so the run was ended. Try a smaller batch or another backend.') };
    announcements.push({ kind: 'runFailed', runId: run.command.runId, failure, lastEpoch: run.epoch });
    announcements.push({ kind: 'runState', runId: run.command.runId, state: 'failed', epoch: run.epoch });
  }
  const replayed = run !== null && (live || run.checkpoint !== null);
  if (replayed) {
    const { runId } = run.command;
    commands.push({ ...run.command, from: run.checkpoint ?? undefined, journal: run.journal, options: run.options, paused: run.paused || !live });
    if (!live) commands.push({ kind: 'stop', runId });
    else if (run.stepping) commands.push({ kind: 'step', runId });
    if (live) announcements.push({ kind: 'notice', runId, message: sentence(`The run goes on from epoch ${run.checkpoint?.epoch ?? 0}.`) });
  }

  let datasetKnown = false;
  let silent = replayed && !live;
  let resumed = !live;
  return {
    announcements,
    commands,
    pass(event) {
      if (!datasetKnown && 'requestId' in event && event.requestId === dataset.requestId && isReading(event)) {
        datasetKnown = event.kind === 'dataset' || event.kind === 'openFailed';
        return event.kind === 'openFailed' ? event : null;
      }
      if (!('runId' in event) || event.runId !== run?.command.runId) return event;
      if (silent) {
        silent = !(event.kind === 'runState' && event.state !== 'running' && event.state !== 'paused');
        return null;
      }
      if (event.kind === 'validity' && replayed && !live) return null;
      if (resumed || event.kind !== 'runStarted') return event;
      resumed = true;
      return { kind: 'backendChanged', runId: event.runId, backend: event.start.backend, epoch: event.start.fromEpoch };
    },
  };
}

function isReading(event: EngineEvent): boolean {
  return event.kind === 'opening' || event.kind === 'preview' || event.kind === 'dataset' || event.kind === 'openFailed';
}
