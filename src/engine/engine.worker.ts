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
let wasmBinary: ArrayBuffer | null = null;

self.onmessage = ({ data }: MessageEvent<EngineCommand>) => {
  if (data.kind !== 'init' && data.kind !== 'setThreads') return runner.handle(data);
  if (data.kind === 'init') wasmBinary = data.wasmBinary;
  initialise({ wasmBinary, threads: workerThreads(data.threads) });
  if (data.kind === 'init') emit({ kind: 'ready' });
};
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  emit({ kind: 'engineFailed', failure: toFailure(event.reason) });
});
setInterval(() => emit({ kind: 'heartbeat', busy: runner.busy() }), HEARTBEAT);
