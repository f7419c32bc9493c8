/** A thread of WASM that lets some calls pass, then takes a job and never ends it. */
import { parentPort, workerData } from 'node:worker_threads';

// as in engine/backend/threads/control.ts
const [ROUND, LEFT] = [0, 1];

parentPort.once('message', ({ control }) => {
  parentPort.postMessage('ready', []);
  for (let calls = 0; ; calls++) {
    Atomics.wait(control, ROUND, Atomics.load(control, ROUND));
    const left = Atomics.load(control, LEFT);
    if (calls < workerData || left === 0 || Atomics.compareExchange(control, LEFT, left, left - 1) !== left) continue;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
});
