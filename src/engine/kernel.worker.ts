/** A further thread of WASM: takes jobs of the engine's thread, in its memory. */
import type { Assignment } from './backend/threads/control';
import { serveJobs } from './backend/threads/serve';

self.onmessage = ({ data }: MessageEvent<Assignment>) => serveJobs(data, () => self.postMessage('ready', { transfer: [] }));
