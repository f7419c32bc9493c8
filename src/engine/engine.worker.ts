/** The engine's thread: connects the runner to messages. */
import { initialise } from './backend';
import { workerThreads } from './backend/threads/worker';
import { toFailure } from './failure';
import { transferables, type EngineCommand, type EngineEvent } from './protocol';
import { createRunner } from './runner';
import { realServices } from './realServices';

const HEARTBEAT = 2000;

const emit = (event: EngineEvent): void => self.postMessage(event, { transfer: transferables(event) });
const runner = createRunner(emit, realServices);
let ready: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<EngineCommand>) => {
  if (data.kind === 'init') ready = Promise.resolve(initialise({ ...data, threads: workerThreads(data.threads ?? null) })).then(() => emit({ kind: 'ready' }));
  else void ready.then(() => runner.handle(data));
};
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  emit({ kind: 'engineFailed', failure: toFailure(event.reason) });
});
setInterval(() => emit({ kind: 'heartbeat', busy: runner.busy() }), HEARTBEAT);
