/** A further thread of WASM under Node: takes jobs of the main thread, in its memory. */
import { parentPort } from 'node:worker_threads';
import type { Assignment } from '../engine/backend/threads/control';
import { serveJobs } from '../engine/backend/threads/serve';

parentPort!.once('message', (assignment: Assignment) => serveJobs(assignment, () => parentPort!.postMessage('ready', [])));
