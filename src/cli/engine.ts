import { InputError } from '../core/lib/assert';
import type { Losses } from '../core/run';
import type { ImportPreview } from '../core/series/reading/plan';
import type { EngineCommand, EngineEvent, ExportFile, ExportMap, RunSnapshot } from '../engine/protocol';
import { realServices } from '../engine/realServices';
import { createRunner } from '../engine/runner';
import type { createProgress } from './progress';

export type Of<K extends EngineEvent['kind']> = Extract<EngineEvent, { kind: K }>;

export interface Engine {
  progress: ReturnType<typeof createProgress>;
  open(command: Extract<EngineCommand, { kind: 'open' | 'reopen' }>): Promise<Of<'dataset'> & { preview: ImportPreview }>;
  /** Losses of the last epoch, and the seconds of all. */
  train(command: Extract<EngineCommand, { kind: 'train' }>): Promise<{ losses: Losses; seconds: number }>;
  last(): RunSnapshot;
  /** The rows until it is done; `heard` is told of each event. */
  sweep(command: Extract<EngineCommand, { kind: 'sweep' }>, heard: (event: EngineEvent) => void): Promise<Of<'swept'>>;
  export(files: ExportFile[], map: ExportMap): Promise<Of<'exported'>>;
}

/** A runner whose answers are awaited. */
export function startEngine(progress: ReturnType<typeof createProgress>): Engine {
  const events: EngineEvent[] = [];
  let snapshot: RunSnapshot | null = null;
  let listener = (_: EngineEvent): void => {};
  const runner = createRunner((event) => {
    progress.hear(event);
    listener(event);
    if (event.kind === 'snapshot') {
      snapshot = event.snapshot;
      runner.handle({ kind: 'ack', runId: event.runId, epoch: event.snapshot.epoch });
    } else events.push(event);
  }, realServices);
  const settle = async (command: Parameters<typeof runner.handle>[0]): Promise<EngineEvent[]> => {
    events.length = 0;
    runner.handle(command);
    await runner.idle();
    for (const event of events) if ('failure' in event) fail(event);
    return [...events];
  };
  return {
    progress,
    async open(command) {
      const answers = await settle(command);
      const { preview } = answers.find((event) => event.kind === 'preview') as Of<'preview'>;
      return { ...(answers.find((event) => event.kind === 'dataset') as Of<'dataset'>), preview };
    },
    async train(command) {
      const told = (await settle(command)).filter((event) => event.kind === 'losses');
      return { losses: told.at(-1)?.losses ?? {}, seconds: told.reduce((sum, { seconds }) => sum + seconds, 0) };
    },
    last: () => snapshot!,
    async sweep(command, heard) {
      listener = heard;
      const answers = await settle(command);
      listener = () => {};
      return answers.find((event) => event.kind === 'swept') as Of<'swept'>;
    },
    async export(files, map) {
      const answers = await settle({ kind: 'export', requestId: 1, files, map });
      return answers.find((event) => event.kind === 'exported') as Of<'exported'>;
    },
  };
}

function fail({ failure }: Extract<EngineEvent, { failure: unknown }>): never {
  throw ['input', 'memory', 'backend'].includes(failure.kind) ? new InputError(failure.message) : new Error(failure.message);
}
