/** Threads of WASM under Node. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { initialise } from '../engine/backend';
import type { ThreadPort } from '../engine/backend/threads/pool';

const require = createRequire(import.meta.url);
const MOST = 4;

/** As many threads as are worth it: up to four, at most the cores. */
export const defaultThreads = (): number => Math.min(MOST, availableParallelism());

/** A thread from a file of its own; it does not keep the process alive. */
export function nodeThread(file = new URL('./kernelThread.mjs', import.meta.url), workerData?: unknown): ThreadPort {
  const worker = new Worker(file, { execArgv: [], workerData });
  worker.unref();
  return {
    start: (assignment) => worker.postMessage(assignment, []),
    listen(ready, dead) {
      worker.once('message', ready);
      worker.once('error', ({ message }) => dead(message));
      worker.once('exit', (code) => dead(`code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}

/** From now on WASM starts with so many threads. */
export function initialiseThreads(count: number): void {
  const file = require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
  initialise(count === 1 ? {} : { wasmBinary: new Uint8Array(readFileSync(file)).buffer, threads: { count, spawn: nodeThread } });
}
