/** The main thread's handle on the engine: send, subscribe, restart, dispose. */
import { pageSurroundings } from './client/page';
import type { Port, Surroundings } from './client/port';
import { createProjections } from './client/projections';
import { asOpen, rememberCommand, rememberEvent, remembersNothing } from './client/remembered';
import { resumption, type Resumption } from './client/resumption';
import { createWatchdog } from './client/watchdog';
import type { ClientCommand, ClientEvent, Command, EngineCommand, EngineEvent, Source } from './protocol';

export interface EngineClient {
  send(command: ClientCommand): void;
  /** Returns how to unsubscribe. */
  subscribe(listener: (event: ClientEvent) => void): () => void;
  /** Ends the worker and goes on in a new one, as after a crash. */
  restart(reason?: string): void;
  dispose(): void;
}

/** Restarts without a new epoch or data set in between, after which a run is given up. */
const FRUITLESS_RESTARTS = 3;

/**
 * Starts the engine in a worker of its own and keeps it alive: a worker that dies or falls silent is replaced,
 * the data set is handed over again, and the run goes on from the last checkpoint. Latents of each snapshot go to
 * the projection worker; its maps come back among the events.
 */
export function createClient(surroundings: Surroundings = pageSurroundings()): EngineClient {
  const listeners = new Set<(event: ClientEvent) => void>();
  const memory = remembersNothing();
  const emit = (event: ClientEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const projections = createProjections(surroundings, emit);
  const wasmBinary = surroundings.wasmBinary();

  let engine: Port;
  let initialised = false;
  let threads: number | null = null;
  let outbox: EngineCommand[] = [];
  let resuming: Resumption | null = null;
  let newestOpen = -1;
  let fruitless = 0;
  let disposed = false;

  const post = (command: EngineCommand): void => {
    if (initialised) engine.postMessage(command, []);
    else outbox.push(command);
  };

  const start = (): void => {
    const port = surroundings.engine();
    engine = port;
    initialised = false;
    port.onmessage = ({ data }) => {
      if (port === engine) hear(data as EngineEvent);
    };
    port.onerror = (event) => {
      event.preventDefault?.();
      if (port === engine) restart(event.message ? `it stopped with "${event.message}"` : 'it stopped');
    };
    void wasmBinary.then((binary) => {
      if (port !== engine || disposed) return;
      const copy = binary?.slice(0) ?? null;
      port.postMessage({ kind: 'init', wasmBinary: copy, threads } satisfies EngineCommand, copy ? [copy] : []);
      initialised = true;
      for (const command of outbox.splice(0)) post(command);
    });
  };

  const hear = (event: EngineEvent): void => {
    watchdog.heard();
    const passed = resuming === null ? event : resuming.pass(event);
    if (passed === null) return;
    if (passed.kind === 'losses' || passed.kind === 'dataset') {
      fruitless = 0;
      watchdog.relax(1);
    }
    rememberEvent(memory, passed);
    emit(passed);
    feedProjections(passed);
  };

  const feedProjections = (event: EngineEvent): void => {
    if (event.kind === 'runStarted') projections.runStarted(event.runId, event.start.spec.seed);
    if (event.kind === 'runState' && event.state !== 'running') projections.rest();
    if (event.kind !== 'snapshot') return;
    projections.snapshot(event.runId, event.snapshot);
    post({ kind: 'ack', runId: event.runId, epoch: event.snapshot.epoch });
  };

  const restart = (reason = 'it was asked to'): void => {
    if (disposed) return;
    engine.terminate();
    emit({ kind: 'engineAlive', alive: false });
    fruitless += 1;
    const giveUp = fruitless > FRUITLESS_RESTARTS;
    watchdog.relax(2 ** Math.min(fruitless, FRUITLESS_RESTARTS));
    resuming = resumption(memory, reason, giveUp);
    outbox = [];
    start();
    for (const event of resuming.announcements) {
      rememberEvent(memory, event);
      emit(event);
    }
    for (const command of resuming.commands) post(command);
  };

  const watchdog = createWatchdog(surroundings, (seconds) => restart(`it had not answered for ${Math.round(seconds)} seconds`));
  start();

  const pass = (command: Command): void => {
    rememberCommand(memory, command);
    post(command);
  };

  /** Fetches a sample that is a file; drops it when something else was opened meanwhile. */
  const openSample = (command: Extract<Command, { kind: 'open' }>, file: Promise<Source>): void => {
    file.then(
      (source) => command.requestId === newestOpen && pass({ ...command, source }),
      (error: Error) => emit({ kind: 'openFailed', requestId: command.requestId, failure: { kind: 'input', message: error.message }, preview: null }),
    );
  };

  return {
    send(command) {
      if (command.kind === 'setProjection') return projections.choose(command.method, command.perplexity ?? null);
      if (command.kind === 'setThreads') {
        threads = command.threads;
        if (initialised) post(command);
        return;
      }
      if (command.kind === 'open') newestOpen = command.requestId;
      const file = command.kind === 'open' && command.source.kind === 'sample' ? surroundings.sampleFile(command.source.id) : null;
      if (command.kind === 'open' && file) return openSample(command, file);
      pass(command.kind === 'reopen' ? asOpen(memory, command) : command);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restart,
    dispose() {
      disposed = true;
      watchdog.stop();
      engine.terminate();
      projections.dispose();
      listeners.clear();
    },
  };
}
