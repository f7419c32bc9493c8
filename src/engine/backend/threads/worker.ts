import type { ThreadsOrder } from '../wasm';
import type { ThreadPort } from './pool';

const MOST = 4;

/**
 * Threads of a page whose memory may be shared: as many as were asked for, else up to four, leaving a core to the page
 * itself. null where it may not: its server decides by headers, and WebKit may hide SharedArrayBuffer all the same.
 */
export function workerThreads(count: number | null): ThreadsOrder | null {
  if (!globalThis.crossOriginIsolated || typeof SharedArrayBuffer === 'undefined') return null;
  return { count: count ?? Math.max(1, Math.min(MOST, navigator.hardwareConcurrency - 1)), spawn: workerThread };
}

/** A thread in a page, from a file of its own. */
function workerThread(): ThreadPort {
  const worker = new Worker(new URL('../../kernel.worker.ts', import.meta.url), { type: 'module', name: 'kernel' });
  return {
    start: (assignment) => worker.postMessage(assignment, { transfer: [] }),
    listen(ready, dead) {
      worker.onmessage = ready;
      worker.onerror = (event) => {
        event.preventDefault();
        dead(event.message || 'its file could not be loaded');
      };
      worker.onmessageerror = () => dead('the memory could not be handed over');
    },
    terminate: () => worker.terminate(),
  };
}
